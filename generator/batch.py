"""Many source files through the pipeline: those known from earlier runs, the rest in parallel, all errors gathered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context

from generator import authority, corrections, sources
from generator.authority import Authority
from generator.cache import Cache, key_of
from generator.errors import ArchiveError, CorrectionError, SourceError
from generator.model import Page, PageSplit
from generator.pipeline import articles_of
from generator.sources import Folder, Found, SourceFile

PROCESSES_FROM = 24
"""Fewer new pages than this are done before other processes have loaded their tables."""
_CHUNK = 4


@dataclass(frozen=True, slots=True)
class Setting:
    """What taking a page apart needs beside its file."""

    extra: Folder | None
    """Folder of the user's own authority files."""
    kept: Cache
    limit: int
    """Largest file in bytes."""
    corrected: bool = True
    """False: correction files are left aside."""


Progress = Callable[[Iterable["Result"], int], Iterable["Result"]]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one source file: the key of its articles in the cache, or the error."""

    stem: str
    key: str
    error: ArchiveError | None = None


@dataclass(frozen=True, slots=True)
class Splits:
    """Pages taken apart, by stem; each is loaded when its turn comes, so memory does not grow with their number."""

    keys: tuple[str, ...]
    cache: Cache

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[PageSplit]:
        return map(self.cache.load, self.keys)


@dataclass(frozen=True, slots=True)
class Batch:
    """A run over the seeds: the pages that could be taken apart, and what was wrong with the others."""

    splits: Splits
    errors: tuple[ArchiveError, ...]
    """Each once, in the order of the files."""
    fresh: int
    """Pages that were not in the cache."""


@cache
def authority_of(extra: Folder | None) -> Authority:
    """The authority files with the user's own; loaded once a process."""
    return authority.load(extra)


def split_all(found: Found, setting: Setting, jobs: int = 1, progress: Progress = lambda results, _: results) -> Batch:
    """Take every page apart, or fetch it from the cache. The result is the same for any number of jobs.

    Raises AuthorityError at once; errors of single files are gathered.
    """
    known = [_look_up(file, setting) for file in found.files]
    missing = [file for file, result in zip(found.files, known, strict=True) if result is None]
    fresh = _each(partial(split_one, setting=setting), missing, jobs)
    made = {result.stem: result for result in progress(fresh, len(missing))}
    results = [result or made[file.stem] for file, result in zip(found.files, known, strict=True)]
    wrong: list[ArchiveError] = [*found.errors, *(corrections.orphan(path) for path in found.orphans)]
    wrong += [result.error for result in results if result.error is not None]
    return Batch(
        splits=Splits(tuple(result.key for result in results if result.error is None), setting.kept),
        errors=tuple({str(error): error for error in wrong}.values()),
        fresh=len(missing),
    )


def split_one(file: SourceFile, setting: Setting) -> Result:
    """Take one page apart and keep it in the cache."""
    try:
        page = sources.read(file.path, file.root, setting.limit)
        fix = corrections.read(file.correction, file.root) if setting.corrected else None
        split = articles_of(page, authority_of(setting.extra), fix)
    except (SourceError, CorrectionError) as error:
        return Result(file.stem, "", error)
    key = _key(page, file, setting)
    setting.kept.save(key, split)
    return Result(file.stem, key)


def _look_up(file: SourceFile, setting: Setting) -> Result | None:
    """The file's result if it needs no work: kept from an earlier run, or unreadable. None otherwise."""
    try:
        page = sources.read(file.path, file.root, setting.limit)
    except SourceError as error:
        return Result(file.stem, "", error)
    key = _key(page, file, setting)
    return Result(file.stem, key) if setting.kept.holds(key) else None


def _key(page: Page, file: SourceFile, setting: Setting) -> str:
    known = authority_of(setting.extra).fingerprint
    fix = corrections.fingerprint(file.correction) if setting.corrected else ""
    return key_of([known, page.stem, page.source, page.sha256, repr(page.facts), fix])


def _each(work: Callable[[SourceFile], Result], files: Sequence[SourceFile], jobs: int) -> Iterator[Result]:
    """The results in the order of the files."""
    if jobs < 2 or len(files) < PROCESSES_FROM:
        yield from map(work, files)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, files, chunksize=_CHUNK)
