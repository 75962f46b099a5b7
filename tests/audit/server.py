"""Serves a site as static hosts do: compressed, with a validator and ten minutes of cache."""

from __future__ import annotations

import gzip
import hashlib
import threading
from functools import cache, partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from tests.browser.conftest import QuietHandler

COMPRESSED = {".html", ".css", ".js", ".json", ".jsonl", ".svg", ".xml", ".txt", ".csv"}


@cache
def body_of(path: Path) -> tuple[bytes, str, bool]:
    """(bytes on the wire, entity tag, whether they are compressed) of a file."""
    content = path.read_bytes()
    compressed = path.suffix in COMPRESSED
    sent = gzip.compress(content, 6, mtime=0) if compressed else content
    return sent, f'"{hashlib.sha256(content).hexdigest()[:16]}"', compressed


class HostHandler(QuietHandler):
    """One request; folders have no listing, what is missing is the site's 404 page."""

    def do_GET(self) -> None:  # noqa: N802  the name is the base class's
        """Answer with the file, or with "not modified" to whoever has it."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        status = 200
        if not path.is_file():
            path, status = Path(self.directory) / "404.html", 404
        sent, tag, compressed = body_of(path)
        if self.headers.get("If-None-Match") == tag:
            sent, status = b"", 304
        self.send_response(status)
        self.send_header("ETag", tag)
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Vary", "Accept-Encoding")
        if status != 304:
            kind = self.guess_type(str(path))
            self.send_header("Content-Type", kind + ("; charset=utf-8" if kind.startswith("text/") else ""))
            self.send_header("Content-Length", str(len(sent)))
            if compressed:
                self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(sent)


def started(folder: Path) -> ThreadingHTTPServer:
    """A running server of the folder on a free port of 127.0.0.1; the folder may be filled later."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(HostHandler, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
