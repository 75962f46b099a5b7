"""One page of each kind, of the archive of the samples, held against what every page must keep."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ViewportSize

from tests.archive import page_kinds
from tests.browser.conftest import Visit
from tests.browser.search_page import SETTLED, total

AXE_OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
"""Every rule that is on by default, best practices included, and the size of what a finger must hit."""
PRINTED = {"", "articles/*/", "matrix/"}
STEADY = 0.01
"""How far a page may shift while it loads (cumulative layout shift); .1 is called good."""
SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
    .observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => setTimeout(() => done(sum), 50));
})"""
OUTSIDE = """() => {
  const width = document.documentElement.clientWidth;
  const clipped = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      const held = style.overflowX !== "visible" || style.clipPath !== "none" || style.position === "fixed";
      if (held) return at !== document.body;
    }
  };
  const bad = document.documentElement.scrollWidth > width ? ["the page scrolls sideways"] : [];
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if (box.width > 1 && (box.right > width + 1 || box.left < -1) && element.checkVisibility() && !clipped(element))
      bad.push(`${element.tagName}.${element.className} ${Math.round(box.left)}…${Math.round(box.right)}`);
  }
  return bad;
}"""
PAPER: ViewportSize = {"width": 718, "height": 1000}
"""A4 within margins of a centimetre, in CSS pixels."""
CUT_OFF = """() => [...document.querySelectorAll("body *")]
  .filter((item) => item.checkVisibility() && item.scrollWidth > item.clientWidth + 1
    && ["auto", "scroll"].includes(getComputedStyle(item).overflowX))
  .map((item) => `${item.tagName}.${item.className} ${item.clientWidth} of ${item.scrollWidth}`)"""
"""What could be scrolled to on a screen and is lost on paper."""
FAINT_ON_PAPER = """() => {
  const linear = (v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const bad = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility() || element.closest("script, .unseen, .skip")) continue;
    const style = getComputedStyle(element);
    if (style.printColorAdjust === "exact") continue;
    const parts = style.color.match(/[\\d.]+/g).map(Number);
    const light = .2126 * linear(parts[0] / 255) + .7152 * linear(parts[1] / 255) + .0722 * linear(parts[2] / 255);
    if (1.05 / (light + .05) < 4.5) bad.push(`${element.tagName}.${element.className} ${node.data.trim()}`);
  }
  return bad;
}"""
"""Texts that can't be read on white paper: where a page doesn't insist, browsers leave background colours out."""


@pytest.fixture(scope="module")
def archive(samples: Path, tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    """The address of the samples' site, under a sub-path as project sites are published."""
    place = tmp_path_factory.mktemp("archive")
    (place / "sub").symlink_to(samples, target_is_directory=True)
    return serve(place) + "/sub"


@pytest.fixture(scope="module")
def kinds(samples: Path) -> dict[str, str]:
    found = page_kinds(samples)
    assert {"", "404.html", "articles/*/", "parks/*/", "years/*/", "sources/*/", "search/", "matrix/"} <= set(found)
    return found


def show(window: Visit, url: str) -> None:
    """Open a page and wait until it is as its reader sees it."""
    window.open("/" + url)
    if url.startswith("search/?"):
        window.page.wait_for_selector(SETTLED)


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_axe_finds_no_violation(
    visit: Callable[..., Visit], archive: str, kinds: dict[str, str], scheme: str, width: int
) -> None:
    """Both schemes and both shapes of the page; that the two depend on one another is left to `make audit`."""
    window = visit(archive, color_scheme=scheme, viewport={"width": width, "height": 900})
    violations = {}
    for kind, url in kinds.items():
        show(window, url)
        for rule in Axe().run(window.page, options=AXE_OPTIONS).response["violations"]:
            violations[kind, rule["id"]] = [node["html"][:120] for node in rule["nodes"][:3]]
    assert violations == {}


@pytest.mark.parametrize(("width", "other"), [(390, 360), (1280, 1600)])
def test_a_page_is_calm_and_fits(
    visit: Callable[..., Visit], archive: str, kinds: dict[str, str], width: int, other: int
) -> None:
    """Nothing moves while it loads, nothing stands out sideways, no error, no other host."""
    window = visit(archive, viewport={"width": width, "height": 900})
    faults: dict[object, object] = {}
    for kind, url in kinds.items():
        window.page.set_viewport_size({"width": width, "height": 900})
        show(window, url)
        if (shift := window.page.evaluate(SHIFT)) > STEADY:
            faults[kind, "shift"] = shift
        for wide in (width, other):
            window.page.set_viewport_size({"width": wide, "height": 900})
            if outside := window.page.evaluate(OUTSIDE):
                faults[kind, wide] = outside[:3]
    assert faults == {}
    window.assert_clean()


def test_a_page_can_be_printed(visit: Callable[..., Visit], archive: str, kinds: dict[str, str]) -> None:
    """Also from a dark screen: dark text on paper, the text of the page and not the site's furniture."""
    window = visit(archive, color_scheme="dark")
    window.page.emulate_media(media="print")
    window.page.set_viewport_size(PAPER)
    faults: dict[object, object] = {}
    for kind, url in kinds.items():
        show(window, url)
        if faint := window.page.evaluate(FAINT_ON_PAPER):
            faults[kind] = faint[:3]
        if outside := window.page.evaluate(OUTSIDE) + window.page.evaluate(CUT_OFF):
            faults[kind, "outside"] = outside[:3]
        assert window.page.locator("h1").is_visible(), kind
        for furniture in (".masthead__nav", ".masthead__search", "[data-scheme-toggle]"):
            assert not window.page.locator(furniture).is_visible(), (kind, furniture)
        assert kind not in PRINTED or window.page.pdf().startswith(b"%PDF-"), kind
    assert faults == {}


def test_hubs_are_reached_without_scripts(visit: Callable[..., Visit], archive: str, kinds: dict[str, str]) -> None:
    window = visit(archive, java_script_enabled=False)
    for kind, url in kinds.items():
        window.open("/" + url)
        assert window.page.locator("h1").is_visible(), kind
        assert window.page.locator("nav.masthead__nav a").count() >= 10, kind
    window.open("/search/")
    assert "JavaScript" in window.page.inner_text("noscript")
    for hub in ("parks", "industries"):
        window.open("/search/")
        window.page.click(f"noscript a[href$='{hub}/']")
        assert window.page.url == f"{archive}/{hub}/"
        window.page.click(".directory a >> nth=0")
        window.page.click(".entry__title >> nth=0")
        assert window.page.locator(".article__body p").count() > 0


def test_a_cell_of_the_matrix_counts_what_search_finds(visit: Callable[..., Visit], archive: str) -> None:
    window = visit(archive)
    window.open("/matrix/")
    cells = window.page.locator("td a").evaluate_all("all => all.map((a) => [a.href, Number(a.textContent)])")
    assert len(cells) > 20
    for address, count in cells[:: len(cells) // 4]:
        window.page.goto(address)
        window.page.wait_for_selector(SETTLED)
        assert total(window) == count, address
