"""The addresses of the site, relative to its root: what contracts promise to readers and to other programs."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote, urlencode

from generator.model import Facet

FOLDERS = {
    Facet.PARK: "parks",
    Facet.INDUSTRY: "industries",
    Facet.TOPIC: "topics",
    Facet.PROVINCE: "provinces",
}
_SAFE = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff_-]*")
_DIGEST = 10


def segment(name: str) -> str:
    """One path segment for an id or a name: itself where it is plain, else a digest, so that no text becomes a path.

    >>> segment("xiamen-torch"), segment("福建省"), "/" in segment("../x")
    ('xiamen-torch', '福建省', False)
    """
    if _SAFE.fullmatch(name):
        return name
    return "x" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[: _DIGEST - 1]


def digest(name: str) -> str:
    """A path segment for a name that comes from the sources: never the name itself."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]


def url_of(folder: str) -> str:
    """The URL of a page whose index.md stands in the folder: quoted, with the closing slash."""
    return quote(folder) + "/"


def article_url(article: str) -> str:
    """The page of an article."""
    return f"articles/{article}/"


def facet_folder(facet: Facet, name: str) -> str:
    """The folder of a park, an industry, a topic or a province."""
    return f"{FOLDERS[facet]}/{segment(name)}"


def source_folder(stem: str) -> str:
    """The folder of a source page. Stems are file names: only what a file name can't hold is replaced."""
    return "sources/" + (stem if stem not in {"", ".", ".."} and "/" not in stem else digest(stem))


def newspaper_folder(name: str) -> str:
    """The folder of a newspaper."""
    return f"newspapers/{digest(name)}"


def author_folder(name: str) -> str:
    """The folder of an author."""
    return f"authors/{digest(name)}"


def year_folder(year: str) -> str:
    """The folder of a year."""
    return f"years/{year}"


def search_url(*pairs: tuple[str, str], **filters: str) -> str:
    """The search page with its state; `pairs` are for a facet that is given twice.

    >>> search_url(park="a", industry="b"), search_url(("park", "a"), ("park", "b"))
    ('search/?park=a&industry=b', 'search/?park=a&park=b')
    """
    return "search/?" + urlencode([*pairs, *filters.items()])
