"""Every internal link and anchor of a built site leads somewhere; none leads to another host."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import quote, unquote, urldefrag, urljoin

import pytest

from tests.archive import SAMPLES, SHARED, archive_site
from tests.render.built import ORIGIN
from tests.site.leaf import Leaf, leaves_of
from tests.site.links import broken_links, links_of


def test_the_samples_have_no_broken_link(samples: Path, leaves: dict[str, Leaf]) -> None:
    assert len(list(links_of(samples, leaves))) > 100 * len(leaves) ** 0.5
    assert broken_links(samples, ORIGIN, leaves) == []


def test_a_site_at_the_root_of_its_host_has_no_broken_link(tmp_path: Path) -> None:
    """There the address of the root is a single slash, which is also what 404.html begins its addresses with."""
    origin = "https://archive.example/"
    (tmp_path / "in").mkdir()
    shutil.copy(SAMPLES / "sample-05-bare.txt", tmp_path / "in")
    site = archive_site(tmp_path / "in", tmp_path, origin)
    assert broken_links(site, origin, leaves_of(site)) == []


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="../shared is not here")
def test_the_shared_pages_have_no_broken_link(tmp_path: Path) -> None:
    site = archive_site(SHARED / "seeds", tmp_path)
    assert broken_links(site, ORIGIN, leaves_of(site)) == []


@pytest.mark.parametrize(
    "link", ["nowhere/", "#nowhere", "assets/nowhere.png", "https://elsewhere.example/", "/", "about/#nowhere"]
)
def test_a_broken_link_is_seen(samples: Path, leaves: dict[str, Leaf], tmp_path: Path, link: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(f'<a href="{link}">x</a>', encoding="utf-8")
    assert ("", link) in broken_links(samples, ORIGIN, {**leaves, "": Leaf(page)})


def test_every_page_is_reached_from_the_home_page(leaves: dict[str, Leaf]) -> None:
    """By links in the pages themselves, as readers without scripts and robots follow them."""
    seen, ahead = {""}, [""]
    while ahead:
        url = ahead.pop()
        for link in leaves[url].links:
            target = unquote(urldefrag(urljoin(ORIGIN + quote(url), link))[0]).removeprefix(ORIGIN)
            if target in leaves and target not in seen:
                seen.add(target)
                ahead.append(target)
    assert set(leaves) - seen == {"404.html"}
