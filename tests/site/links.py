"""Where the links of a built site lead: `python -m tests.site.links site` lists those that lead nowhere."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

from tests.site.leaf import Leaf, leaves_of

IN_STYLES = re.compile(r"""url\(["']?(?!data:)([^"')]+)""")
IN_SCRIPTS = re.compile(r"""(?:^import .*?from |^export .*?from |import\()["'](\.[^"']+)["']""", re.MULTILINE)
ASTRAY = "articles/there-is/no-such/page/"
"""404.html is shown under any address, however deep: what it needs must not depend on where it is shown."""
OWN_STYLES_AND_SCRIPTS = ("assets/site.css", "assets/site.js", "assets/search/*")


def links_of(site: Path, leaves: dict[str, Leaf]) -> Iterator[tuple[str, str]]:
    """(URL below the root, link as it is written there) of pages, styles, scripts, feeds, sitemap and data."""
    for url, leaf in leaves.items():
        yield from ((url, link) for link in leaf.links)
    for pattern in OWN_STYLES_AND_SCRIPTS:
        for path in sorted(site.glob(pattern)):
            found = (IN_STYLES if path.suffix == ".css" else IN_SCRIPTS).findall(path.read_text(encoding="utf-8"))
            yield from ((path.relative_to(site).as_posix(), link) for link in found)
    for path in sorted([*site.rglob("feed.xml"), site / "sitemap.xml"]):
        tree = ElementTree.parse(path)  # noqa: S314 - ours
        for element in tree.iter():
            if element.tag.rpartition("}")[2] in {"link", "loc"} and (link := element.get("href") or element.text):
                yield path.relative_to(site).as_posix(), link
    for path in sorted(site.rglob("feed.json")):
        feed = json.loads(path.read_bytes())
        for link in (feed["home_page_url"], feed["feed_url"], *(item["url"] for item in feed["items"])):
            yield path.relative_to(site).as_posix(), link
    for line in (site / "data" / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        yield "data/articles.jsonl", json.loads(line)["url"]
    for resource in json.loads((site / "data" / "datapackage.json").read_bytes())["resources"]:
        yield "data/datapackage.json", resource["path"]
    for link in re.findall(r"^Sitemap: (\S+)$", (site / "robots.txt").read_text(encoding="utf-8"), re.MULTILINE):
        yield "robots.txt", link


def broken_links(site: Path, origin: str, leaves: dict[str, Leaf]) -> list[tuple[str, str]]:
    """The links that lead to no file or anchor of the site. `origin` is the site's address, with the slash at its end.

    A link to another host is broken too: the archive needs none.
    """
    root, broken = urlsplit(origin).path, []
    for url, link in links_of(site, leaves):
        astray = url == "404.html" and not link.startswith("#")
        target, anchor = urldefrag(urljoin(origin + (ASTRAY if astray else quote(url)), link))
        path = unquote(urlsplit(target).path).removeprefix(root)
        here = path in leaves if not path or path.endswith("/") else (site / path).is_file()
        if not target.startswith(origin) or not here or (anchor and unquote(anchor) not in leaves[path].ids):
            broken.append((url, link))
    return broken


def main(arguments: list[str]) -> int:
    """Print the broken links of a site; its address is read from the sitemap."""
    site = Path(arguments[0])
    first = ElementTree.parse(site / "sitemap.xml").find("./{*}url/{*}loc")  # noqa: S314 - ours
    assert first is not None
    broken = broken_links(site, first.text or "", leaves_of(site))
    for url, link in broken:
        print(f"{url or '/'}: {link}")
    print(f"{len(broken)} broken links")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
