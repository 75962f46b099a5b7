"""What a page of HTML is made of, as far as tests ask: tags, ids, links, data for machines, text."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

ADDRESSES = {"href", "src", "action", "poster", "data"}


class Leaf(HTMLParser):
    """One page, read."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.data: list[str] = []
        """The texts of scripts of type application/ld+json."""
        self.text = ""
        self._script = ""
        self.feed(path.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        found = {name: value or "" for name, value in attrs}
        self.attributes += found.items()
        if "id" in found:
            self.ids.append(found["id"])
        self.links += [value for name, value in found.items() if name in ADDRESSES]
        self._script = found.get("type", "text/javascript") if tag == "script" else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._script = ""

    def handle_data(self, data: str) -> None:
        if self._script == "application/ld+json":
            self.data.append(data)
        elif not self._script:
            self.text += data


def leaves_of(site: Path) -> dict[str, Leaf]:
    """Every page by its URL below the root."""
    paths = sorted(site.rglob("*.html"))
    return {path.relative_to(site).as_posix().removesuffix("index.html"): Leaf(path) for path in paths}
