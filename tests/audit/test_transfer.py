"""What a reader of articles downloads: kilobytes on the wire, compressed, with the browser's cache."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.audit.conftest import Archive

FIRST_KB, NEXT_KB = 120, 25
"""Goals for the first article of a visit, and for the next one; kilobytes of 1,000 bytes, headers included."""


@pytest.fixture
def fresh(chromium: Browser) -> Iterator[Page]:
    """A page with an empty cache. Not `visit`: a browser whose requests are intercepted has no cache at all."""
    context = chromium.new_context(locale="zh-CN")
    yield context.new_page()
    context.close()


def kilobytes(page: Page, address: str) -> float:
    """What opening the address moves."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    moved: list[float] = []
    wire.on("Network.loadingFinished", lambda event: moved.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    wire.detach()
    assert moved
    return sum(moved) / 1000


def test_an_article_is_light(big: Archive, fresh: Page, tell: Callable[[str], None]) -> None:
    """The longest article first, then the next longest."""
    folders = (path for path in (big.site / "articles").iterdir() if path.is_dir())
    longest = sorted(folders, key=lambda path: (path / "index.html").stat().st_size, reverse=True)[:2]
    first, then = (kilobytes(fresh, f"{big.address}articles/{path.name}/") for path in longest)
    again = kilobytes(fresh, f"{big.address}articles/{longest[0].name}/")
    tell(f"Longest article: first visit {first:.1f} kB · next article {then:.1f} kB · the first again {again:.1f} kB")
    assert first <= FIRST_KB
    assert then <= NEXT_KB


def test_hubs_are_light(big: Archive, fresh: Page, tell: Callable[[str], None]) -> None:
    """A hub has no goal of its own; it may not be heavier than two first visits to an article."""
    for kind in ("", "parks/*/", "industries/*/", "parks/", "matrix/", "articles/", "sources/*/"):
        moved = kilobytes(fresh, big.address + big.kinds[kind])
        tell(f"{kind or 'home'} after the pages above it: {moved:.1f} kB")
        assert moved <= 2 * FIRST_KB, kind
