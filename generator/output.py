"""Door out: site files and exports to disk; the only writer, and it writes only what changed."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from generator.errors import OutputError
from generator.model import SiteFile

MANIFEST = ".generated"
"""Lists the generated files of a folder, one path a line; hand-written files are never in it."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a run did to the disk, in files."""

    changed: int
    same: int
    removed: int


def write(files: Iterable[SiteFile], docs: Path) -> Written:
    """Put the files under docs, each whole or not at all, and remove those of earlier runs that are no longer made.

    A path is noted in the manifest before its file appears, so a run that was cut off leaves nothing unknown behind.
    Raises OutputError for a path outside docs, a path made twice, or a hand-written file in the way.
    """
    docs.mkdir(parents=True, exist_ok=True)
    home = docs.resolve()
    manifest = docs / MANIFEST
    known = _listed(manifest)
    made: set[str] = set()
    changed = same = 0
    with manifest.open("a", encoding="utf-8", newline="\n") as log:
        for file in files:
            target = _inside(home, file.path)
            if file.path in made:
                raise OutputError(
                    file.path, expected="每个文件只生成一次", found="生成了两次", remedy="程序有误，请报告这个路径。"
                )
            made.add(file.path)
            if _holds(target, file.content):
                same += 1
                if file.path not in known:
                    log.write(file.path + "\n")
                continue
            if file.path not in known:
                if target.exists():
                    raise _in_the_way(docs, file.path)
                log.write(file.path + "\n")
                log.flush()
            replace_file(target, file.content)
            changed += 1
    removed = sum(_remove(home, path) for path in sorted(known - made))
    listing = "".join(f"{path}\n" for path in sorted(made)).encode()
    if not _holds(manifest, listing):
        replace_file(manifest, listing)
    return Written(changed, same, removed)


def export(files: Iterable[SiteFile], folder: Path) -> None:
    """Put files in a folder of the user's; those that don't change are left alone, and nothing is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    home = folder.resolve()
    for file in files:
        target = _inside(home, file.path)
        if not _holds(target, file.content):
            replace_file(target, file.content)


def write_lines(target: Path, lines: Iterable[str]) -> None:
    """Write lines, each with its line end, to one file as they come; it appears when the last is written."""
    with _whole(target) as out:
        for line in lines:
            out.write(line.encode())


def replace_file(target: Path, content: bytes) -> None:
    """Write one file whole or not at all."""
    with _whole(target) as out:
        out.write(content)


@contextlib.contextmanager
def _whole(target: Path) -> Iterator[BinaryIO]:
    """A temporary file beside the target, renamed over it at the end; gone if the end is not reached."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _listed(manifest: Path) -> set[str]:
    if not manifest.is_file():
        return set()
    return {line for line in manifest.read_text(encoding="utf-8").split("\n") if line}


def _inside(home: Path, path: str) -> Path:
    """The place of a relative path under home. Raises OutputError where it leads elsewhere, links included."""
    parts = PurePosixPath(path)
    target = home / parts
    bad = parts.is_absolute() or ".." in parts.parts or not parts.parts or path == MANIFEST or "\n" in path
    if bad or not target.parent.resolve().is_relative_to(home):
        raise OutputError(
            path, expected="docs 文件夹里的相对路径", found="指向别处", remedy="程序有误，请报告这个路径。"
        )
    return target


def _in_the_way(docs: Path, path: str) -> OutputError:
    return OutputError(
        str(docs / path),
        expected="这个位置留给生成的文件",
        found="已有一个手写的、内容不同的文件",
        remedy=f"给它改名或移走；若它也是生成的，删去后重来（make clean 会删去所有生成的文件和 {MANIFEST}）。",
    )


def _holds(target: Path, content: bytes) -> bool:
    """True where the file is there with exactly these bytes."""
    try:
        return target.stat().st_size == len(content) and target.read_bytes() == content
    except (FileNotFoundError, NotADirectoryError):
        return False


def _remove(home: Path, path: str) -> int:
    """Remove a generated file and the folders that it leaves empty; 1 if it was there."""
    target = _inside(home, path)
    try:
        target.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return 0
    for folder in target.parents:
        if folder == home or any(folder.iterdir()):
            break
        folder.rmdir()
    return 1
