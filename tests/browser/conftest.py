"""A real Chromium, a built site on 127.0.0.1, and a record of what a page did besides what it should."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import playwright
import pytest
from playwright.sync_api import Browser, BrowserType, Page, Request, Route, sync_playwright

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPLICATIONS = tuple(f"/Applications/{name}.app/Contents/MacOS/{name}" for name in ("Google Chrome", "Chromium"))
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder without a line on stderr for each request."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    """Else every answer, sent in two writes, waits 40 ms for the acknowledgement of the first."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the base class's
        """Say nothing."""


def chromium_path(kind: BrowserType) -> str | None:
    """The Chromium of this machine or of Playwright; None when there is neither."""
    found = filter(None, map(shutil.which, (*CHROMIUM_NAMES, *MAC_APPLICATIONS)))
    path = next(found, None) or kind.executable_path
    return path if Path(path).exists() else None


def driver_trouble() -> str:
    """Why the program that Playwright brings does not run here; empty when it runs. A bare Linux lacks libatomic."""
    program = Path(playwright.__file__).parent / "driver" / "node"
    if not program.exists():
        return ""
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return done.stderr.strip() if done.returncode else ""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this machine."""
    if trouble := driver_trouble():
        pytest.skip(f"Playwright cannot start on this machine: {trouble}")
    with sync_playwright() as started:
        path = chromium_path(started.chromium)
        if path is None:
            pytest.skip("no Chromium on this machine: browser tests need one (package chromium)")
        browser = started.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves a folder on 127.0.0.1 until the tests end; gives its address without a slash at the end."""
    servers: list[ThreadingHTTPServer] = []

    def start(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@dataclass
class Visit:
    """A page of the site open in the browser, and what went wrong on it."""

    page: Page
    address: str
    """Address of the site, without a slash at the end."""
    foreign: list[str] = field(default_factory=list)
    """Addresses on other hosts that the page asked for; none was answered."""
    complaints: list[str] = field(default_factory=list)
    """Errors on the console and uncaught exceptions."""
    requests: list[str] = field(default_factory=list)
    """All addresses asked for, in order."""

    def open(self, path: str) -> None:
        """Go to a path of the site."""
        self.page.goto(self.address + path)

    def assert_clean(self) -> None:
        """No request left the host, no error was logged."""
        assert self.foreign == []
        assert self.complaints == []


def watched(page: Page, address: str) -> Visit:
    """The page, its requests to other hosts refused and recorded."""
    visit = Visit(page, address)

    def guard(route: Route, request: Request) -> None:
        visit.requests.append(request.url)
        if request.url.startswith((address, "data:", "blob:")):
            route.continue_()
        else:
            visit.foreign.append(request.url)
            route.abort()

    page.route("**/*", guard)
    page.on("console", lambda message: visit.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    return visit


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens a fresh window on a site: visit(address, viewport=..., color_scheme=...)."""
    contexts = []

    def open_window(address: str, **options: Any) -> Visit:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = chromium.new_context(locale="zh-CN", **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return watched(context.new_page(), address)

    yield open_window
    for context in contexts:
        context.close()
