"""Door in: folders of source files to pages, with the facts of issue.yml beside them."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path

from generator.chinese import is_han
from generator.errors import SourceError
from generator.model import IssueFacts, Page
from generator.schema import Entry, hint, parse

Folder = Path
"""For rooms that hand a place on without touching the disk themselves."""
DEFAULT_LIMIT = 5_000_000
"""Largest source file in bytes, unless the caller says otherwise."""
SUFFIXES = (".txt", ".md")
ISSUE_FILE = "issue.yml"
CORRECTION_SUFFIX = ".fix.yml"
AUTHORITY_FOLDER = "authority"
"""A folder of this name beside the sources holds the users' own authority files, no pages."""
ISSUE_KEYS = ("newspaper", "date", "page", "files")
_NO_PAGES = {"readme"}
_UNSAFE_IN_STEMS = set('#?%\\"<>|*')
_FREQUENT = set("的一是在不了有和人这中大为上个国年到以地会我要时出这與為個國這來對時們後會業發園區企高新")
"""Characters that any Chinese text of some length has, in both scripts; a wrong encoding yields hardly one."""
_FREQUENT_SHARE = 0.02
_ENOUGH_HAN = 50
_BROKEN_SHARE = 0.05
_CONTROL_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A source file on disk, found under one of the seeds folders."""

    path: Path
    root: Path
    stem: str

    @property
    def name(self) -> str:
        """Path below the seeds folder, with /."""
        return self.path.relative_to(self.root).as_posix()

    @property
    def correction(self) -> Path:
        """Where its corrections stand, if there are any."""
        return self.path.with_name(self.path.stem + CORRECTION_SUFFIX)


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in the seeds folders: pages to read, correction files without a page, and what is wrong at once."""

    files: tuple[SourceFile, ...]
    """By stem, no two alike."""
    orphans: tuple[Path, ...]
    errors: tuple[SourceError, ...]


def find(seeds: Iterable[Path], root: Path | None = None) -> Found:
    """All source files in folders and single files, nested folders included.

    `root` is the folder from which stems of single files are counted; by default the file's own folder.
    README files, hidden files and folders and a folder `authority` are no pages.
    """
    files: dict[Path, SourceFile] = {}
    orphans: list[Path] = []
    errors: list[SourceError] = []
    for seed in seeds:
        if seed.is_dir():
            pages, lone, wrong = _walk(seed)
            orphans += lone
            errors += wrong
            if not pages:
                errors.append(_nothing(seed))
        elif root is not None and seed.resolve().is_relative_to(root.resolve()):
            pages = [_source_file(seed.resolve(), root.resolve())]
        else:
            pages = [_source_file(seed, seed.parent)]
        for page in pages:
            files.setdefault(page.path.resolve(), page)
    kept, clashes = _apart(files.values())
    return Found(tuple(kept), tuple(orphans), (*errors, *clashes))


def read(path: Path, root: Path, limit: int = DEFAULT_LIMIT) -> Page:
    """One source file as a page without blocks; its text is the decoded file, line ends kept, without BOM.

    Raises SourceError for a file that is empty, binary, too large or in no known encoding, and for a wrong issue.yml.
    """
    source = _source_file(path, root)
    if path.suffix.lower() not in SUFFIXES:
        raise SourceError(
            source.name,
            expected="扩展名是 .txt 或 .md 的文本文件",
            found=f"扩展名“{path.suffix}”",
            remedy="先用 OCR 或“另存为”得到纯文本，再放进来。",
        )
    if bad := _UNSAFE_IN_STEMS & set(source.stem) or {c for c in source.stem if ord(c) < 32}:
        raise SourceError(
            source.name,
            expected="文件名能用作网址",
            found=f"含有 {' '.join(sorted(bad))}",
            remedy="给文件改名，去掉这些符号。",
        )
    data = _bytes(path, source.name, limit)
    return Page(
        stem=source.stem,
        source=source.name,
        sha256=hashlib.sha256(data).hexdigest(),
        text=decode(data, source.name),
        facts=_facts(path, root),
    )


def decode(data: bytes, name: str) -> str:
    """The text of a source file: UTF-8 with or without BOM, else GB18030. Raises SourceError naming the file."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(
            name,
            expected="UTF-8 或 GB18030 编码的文本",
            found="UTF-16 编码",
            remedy="用编辑器打开，另存为 UTF-8 编码。",
        )
    if b"\0" in data:
        raise _binary(name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        text = _decode_gb18030(data, name, trouble)
    if not text.strip():
        raise SourceError(
            name, expected="版面的文字", found="空文件，或只有空白", remedy="放入 OCR 得到的文字，或删去这个文件。"
        )
    controls = sum(1 for c in text if ord(c) < 32 and c not in "\t\n\v\f\r")
    if controls > _CONTROL_SHARE * len(text):
        raise _binary(name)
    return text


def _decode_gb18030(data: bytes, name: str, trouble: UnicodeDecodeError) -> str:
    """The text as GB18030, unless the bytes are damaged UTF-8 or another encoding that merely happens to decode."""
    mended = data.decode("utf-8-sig", errors="replace")
    damaged = mended.count("\ufffd")
    if damaged < _BROKEN_SHARE * sum(1 for c in mended if ord(c) > 127 and c != "\ufffd"):
        raise SourceError(
            name,
            line=data[: trouble.start].count(b"\n") + 1,
            expected="完好的 UTF-8 文本",
            found=f"{damaged} 处字节损坏，这一行是第一处",
            remedy="用编辑器打开，补好损坏的字，再存为 UTF-8 编码。",
        ) from trouble
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as other:
        raise _undecodable(name) from other
    han = [c for c in text if is_han(c)]
    if len(han) >= _ENOUGH_HAN and sum(c in _FREQUENT for c in han) < _FREQUENT_SHARE * len(han):
        raise _undecodable(name)
    return text


def _undecodable(name: str) -> SourceError:
    return SourceError(
        name,
        expected="UTF-8 或 GB18030（GBK、GB2312）编码的文本",
        found="按这两种编码都读不通",
        remedy="用编辑器按原来的编码（如 Big5）打开，另存为 UTF-8 编码。",
    )


def _binary(name: str) -> SourceError:
    return SourceError(
        name,
        expected="纯文本",
        found="二进制内容（图片、PDF 或 Word 文件？）",
        remedy="先用 OCR 或“另存为”得到纯文本，再放进来。",
    )


def _nothing(folder: Path) -> SourceError:
    return SourceError(
        str(folder),
        expected="文件夹里有 .txt 或 .md 版面文件",
        found="一个也没有",
        remedy="检查文件夹的名字和文件的扩展名。",
    )


def _bytes(path: Path, name: str, limit: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > limit:
            raise SourceError(
                name,
                expected=f"不超过 {limit / 1e6:g} MB",
                found=f"{size / 1e6:.1f} MB",
                remedy="按版面分成几个文件；确实是一个版面的，用 --max-mb 放宽。",
            )
        return path.read_bytes()
    except OSError as trouble:
        raise SourceError(
            name,
            expected="能读的文件",
            found=trouble.strerror or str(trouble),
            remedy="检查文件的权限，或是否已被移走。",
        ) from trouble


def _walk(folder: Path) -> tuple[list[SourceFile], list[Path], list[SourceError]]:
    """Source files below a folder, correction files without a page, and wrong issue.yml files."""
    pages: list[SourceFile] = []
    lone: list[Path] = []
    errors: list[SourceError] = []
    for base, folders, names in os.walk(folder):
        here = Path(base)
        folders[:] = sorted(
            f for f in folders if not f.startswith(".") and not (here == folder and f == AUTHORITY_FOLDER)
        )
        mine = [here / name for name in sorted(names) if _is_page(name)]
        pages += [_source_file(path, folder) for path in mine]
        stems = {path.stem for path in mine}
        lone += [
            here / name
            for name in sorted(names)
            if name.endswith(CORRECTION_SUFFIX) and name.removesuffix(CORRECTION_SUFFIX) not in stems
        ]
        if ISSUE_FILE in names:
            try:
                _check_named_files(here / ISSUE_FILE, folder, {path.name for path in mine})
            except SourceError as error:
                errors.append(error)
    return pages, lone, errors


def _is_page(name: str) -> bool:
    path = Path(name)
    return not name.startswith(".") and path.suffix.lower() in SUFFIXES and path.stem.casefold() not in _NO_PAGES


def _source_file(path: Path, root: Path) -> SourceFile:
    parts = path.relative_to(root).with_suffix("").parts
    return SourceFile(path, root, unicodedata.normalize("NFC", "__".join(parts)))


def _apart(files: Iterable[SourceFile]) -> tuple[list[SourceFile], list[SourceError]]:
    """The files by stem; those that share a stem (letter case aside, as some disks see it) are left out as errors."""
    by_stem: dict[str, list[SourceFile]] = {}
    for file in files:
        by_stem.setdefault(file.stem.casefold(), []).append(file)
    errors = [
        SourceError(
            " 和 ".join(str(file.path) for file in same),
            expected="每个版面一个名字（不算扩展名和大小写）",
            found=f"{len(same)} 个文件都叫“{same[0].stem}”",
            remedy="给其中的文件改名，或删去多余的一份。",
        )
        for same in by_stem.values()
        if len(same) > 1
    ]
    return sorted((same[0] for same in by_stem.values() if len(same) == 1), key=lambda file: file.stem), errors


def _facts(path: Path, root: Path) -> IssueFacts:
    """What the issue.yml files from the seeds folder down to the file's own say; the nearer one wins, key by key."""
    facts = IssueFacts()
    for folder in reversed([path.parent, *path.parent.parents]):
        if folder.is_relative_to(root) and (folder / ISSUE_FILE).is_file():
            whole, by_name = _issue(folder / ISSUE_FILE, root)
            facts = _over(facts, whole)
            if folder == path.parent:
                facts = _over(facts, by_name.get(path.name) or by_name.get(path.stem) or IssueFacts())
    return facts


def _over(below: IssueFacts, above: IssueFacts) -> IssueFacts:
    """Facts of which those stated above win."""
    return replace(below, **{f.name: value for f in fields(IssueFacts) if (value := getattr(above, f.name))})


def _check_named_files(path: Path, root: Path, names: set[str]) -> None:
    """Raise SourceError when issue.yml speaks of a file that isn't beside it."""
    for name, entry in _files_of(_issue_entry(path, root)):
        if name not in names and name not in {Path(n).stem for n in names}:
            entry.fail(
                expected="files 下是同一文件夹里的文件名", found=f"没有文件“{name}”", remedy=hint(name, sorted(names))
            )


def _issue(path: Path, root: Path) -> tuple[IssueFacts, Mapping[str, IssueFacts]]:
    """An issue.yml: what it says of all files beside and below it, and of single ones."""
    return _issue_at(path, root, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _issue_at(path: Path, root: Path, _changed: int) -> tuple[IssueFacts, Mapping[str, IssueFacts]]:
    entry = _issue_entry(path, root)
    if entry is None:
        return IssueFacts(), {}
    file = path.relative_to(root).as_posix()
    return _stated(entry, file, ISSUE_KEYS), {name: _stated(e, file, ISSUE_KEYS[:3]) for name, e in _files_of(entry)}


def _issue_entry(path: Path, root: Path) -> Entry | None:
    name = path.relative_to(root).as_posix()
    return parse(decode(path.read_bytes() or b"#", name), name, SourceError)


def _files_of(entry: Entry | None) -> Iterator[tuple[str, Entry]]:
    if entry is not None and (files := entry.mapping(ISSUE_FILE, ISSUE_KEYS).get("files")) is not None:
        yield from files.mapping("files").items()


def _stated(entry: Entry, file: str, keys: tuple[str, ...]) -> IssueFacts:
    said = entry.mapping(ISSUE_FILE, keys)
    facts = IssueFacts(
        newspaper=said["newspaper"].text("newspaper") if "newspaper" in said else "",
        date=said["date"].date("date", "").value if "date" in said else "",
        page_number=said["page"].text("page") if "page" in said else "",
    )
    return replace(facts, file=file) if facts != IssueFacts() else facts
