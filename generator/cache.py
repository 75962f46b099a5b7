"""Door to what earlier runs have worked out: pages taken apart, kept under a key that names all they depend on."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from generator.model import PageSplit

KEPT_SECONDS = 7 * 24 * 3600
_CODE = Path(__file__).resolve().parent


def code_fingerprint() -> str:
    """Changes whenever the generator, its tables, Python or an installed package does.

    The authority files are left out: they are in the key of their own.
    """
    digest = hashlib.sha256(sys.version.encode())
    for package in sorted(f"{found.name} {found.version}\n" for found in metadata.distributions()):
        digest.update(package.encode())
    for path in sorted(p for p in _CODE.rglob("*") if p.is_file()):
        parts = path.relative_to(_CODE).parts
        if parts[0] != "authority" and "__pycache__" not in parts:
            digest.update("/".join(parts).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def key_of(parts: Iterable[str]) -> str:
    """The key for a value that depends on these texts, in this order."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]


@dataclass(frozen=True, slots=True)
class Cache:
    """Pages on disk, all from one state of the code."""

    folder: Path
    put: Callable[[Path, bytes], None]
    """Writes a file whole or not at all."""

    def holds(self, key: str) -> bool:
        """True where a page is kept."""
        return (self.folder / key).is_file()

    def load(self, key: str) -> PageSplit:
        """The page of a key that is held."""
        split = pickle.loads((self.folder / key).read_bytes())  # noqa: S301 our own files, in our own folder
        if not isinstance(split, PageSplit):
            raise TypeError(f"{self.folder / key} holds no page")
        return split

    def save(self, key: str, split: PageSplit) -> None:
        """Keep a page."""
        self.put(self.folder / key, pickle.dumps(split, protocol=5))


def open_cache(folder: Path, put: Callable[[Path, bytes], None], *, fresh: bool = False) -> Cache:
    """The cache of this state of the code in a folder of caches; emptied first if it is to be fresh.

    Those of other states go once they are a week old: not at once, since another run may be using one.
    """
    state = folder / code_fingerprint()
    if fresh:
        shutil.rmtree(state, ignore_errors=True)
    state.mkdir(parents=True, exist_ok=True)
    os.utime(state)
    for other in sorted(folder.iterdir()):
        if other.is_dir() and other != state and other.stat().st_mtime < time.time() - KEPT_SECONDS:
            shutil.rmtree(other, ignore_errors=True)
    return Cache(state, put)
