"""The pictures of the README: every kind of page on one sheet, narrow and wide, light and dark, and three larger ones.

`python -m tests.audit.contact_sheet SITE docs/assets` makes them of a site that is built already. With `--each DIR` the
single screenshots, of whole pages, are kept too, to be looked at one by one.
"""

from __future__ import annotations

import argparse
import base64
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from tests.archive import page_kinds
from tests.audit.server import started
from tests.browser.conftest import ARGUMENTS, chromium_path
from tests.browser.search_page import SETTLED

WIDTHS = {390: 844, 1280: 900}
"""Width of the window and how much of the page is shown, in CSS pixels."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
NAMES = {
    "": "首页",
    "articles/*/": "文章",
    "articles/": "全部报道",
    "parks/": "园区目录",
    "parks/*/": "园区",
    "industries/": "产业目录",
    "industries/*/": "产业",
    "topics/*/": "主题",
    "provinces/": "省份目录",
    "provinces/*/": "省份",
    "years/": "年份目录",
    "years/*/": "年份",
    "newspapers/*/": "报纸",
    "authors/*/": "作者",
    "sources/*/": "原版",
    "matrix/": "园区与产业",
    "network/": "园区关系",
    "search/?q=…": "检索",
    "search/?q=nothing": "没有结果",
    "quality/": "质量",
    "about/": "关于",
    "404.html": "找不到",
}
"""In the order of the sheet. Directories that look like one of these are left out; others follow under their URL."""
ALIKE = {"topics/", "newspapers/", "authors/", "sources/", "search/"}
COLUMNS, HEIGHT, QUALITY = 2, 300, 0.55
"""Page kinds in a row, height of a picture in pixels of the sheet, quality of the coding."""
FRONT = ("", "articles/*/", "search/?q=…")
FRONT_WINDOW, FRONT_WIDTH, FRONT_QUALITY = (940, 1040), 570, 0.85
"""Window of the three pages that stand at the head of the README, their width there, quality of the coding."""
SHEET = """<!doctype html><meta charset="utf-8"><style>
  body {{ margin: 0; padding: 24px; width: max-content; background: #e9e6df; }}
  body {{ font: 15px "Noto Sans CJK SC", sans-serif; }}
  main {{ display: grid; grid-template-columns: repeat({columns}, auto); gap: 24px 28px; }}
  figure {{ margin: 0; }} figcaption {{ padding-bottom: 6px; color: #333; }}
  div {{ display: grid; grid-template-columns: {tracks}; gap: {gap}px; align-items: start; }}
  img {{ width: 100%; display: block; box-shadow: 0 0 0 1px #0002; }}
</style><main>{figures}</main>"""
ENCODE = """async ([data, quality]) => {
  const image = new Image();
  image.src = data;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", quality).split(",")[1];
}"""


def main(arguments: list[str]) -> int:
    """Build the sheet of a site that is built already."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("out", type=Path, help="folder for the pictures")
    parser.add_argument("--each", type=Path)
    options = parser.parse_args(arguments)
    server = started(options.site.resolve())
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(playwright.chromium), args=ARGUMENTS)
        kinds = page_kinds(options.site)
        pictures = {
            "screenshot.webp": front(browser, address, kinds),
            "contact-sheet.webp": sheet(browser, dict(screenshots(browser, address, kinds, options.each))),
        }
        browser.close()
    server.shutdown()
    options.out.mkdir(parents=True, exist_ok=True)
    for name, content in pictures.items():
        (options.out / name).write_bytes(content)
        print(f"{len(content) / 1000:.0f} kB: {options.out / name}")
    return 0


def front(browser: Browser, address: str, kinds: dict[str, str]) -> bytes:
    """Three pages side by side, as WebP."""
    width, height = FRONT_WINDOW
    context = browser.new_context(locale="zh-CN", color_scheme="light", viewport={"width": width, "height": height})
    page = context.new_page()
    shots = []
    for kind in FRONT:
        opened(page, address + kinds[kind])
        shots.append(page.screenshot())
    context.close()
    figures = "<div>" + "".join(map(picture, shots)) + "</div>"
    html = SHEET.format(columns=1, tracks=f"repeat(3, {FRONT_WIDTH}px)", gap=14, figures=figures)
    return composed(browser, html, FRONT_QUALITY)


def opened(page: Page, address: str) -> None:
    """Go there and wait until the page is as its reader sees it."""
    page.goto(address)
    if "?" in address:
        page.wait_for_selector(SETTLED)


def screenshots(
    browser: Browser, address: str, kinds: dict[str, str], each: Path | None
) -> Iterator[tuple[tuple[str, int, str], bytes]]:
    """(kind, width, scheme) and the picture of the first screen; whole pages go to `each`."""
    for scheme in SCHEMES:
        for width, height in WIDTHS.items():
            context = browser.new_context(
                locale="zh-CN", color_scheme=scheme, viewport={"width": width, "height": height}
            )
            page = context.new_page()
            for kind, url in kinds.items():
                opened(page, address + url)
                if each:
                    each.mkdir(parents=True, exist_ok=True)
                    name = "".join(letter if letter.isalnum() else "-" for letter in kind) or "home"
                    page.screenshot(path=each / f"{name}.{width}.{scheme}.png", full_page=True)
                if kind not in ALIKE:
                    yield (kind, width, scheme), page.screenshot()
            context.close()


def sheet(browser: Browser, shots: dict[tuple[str, int, str], bytes]) -> bytes:
    """The pictures side by side, one figure a kind, as WebP."""
    order = list(NAMES)
    found = sorted({kind for kind, *_ in shots}, key=lambda kind: (order.index(kind) if kind in order else 99, kind))
    figures = "".join(
        f"<figure><figcaption>{NAMES.get(kind, kind)}</figcaption><div>"
        + "".join(picture(shots[kind, width, scheme]) for scheme in SCHEMES for width in WIDTHS)
        + "</div></figure>"
        for kind in found
    )
    tracks = " ".join(f"{round(HEIGHT * width / height)}px" for _ in SCHEMES for width, height in WIDTHS.items())
    return composed(browser, SHEET.format(columns=COLUMNS, tracks=tracks, gap=5, figures=figures), QUALITY)


def composed(browser: Browser, html: str, quality: float) -> bytes:
    """A page of pictures as one picture, in WebP: the browser codes it, so that no picture library is needed."""
    page = browser.new_page()
    page.set_content(html)
    page.evaluate("() => Promise.all([...document.images].map((image) => image.decode()))")
    whole = page.locator("body").screenshot()
    page.goto("about:blank")
    coded = page.evaluate(ENCODE, [f"data:image/png;base64,{base64.b64encode(whole).decode()}", quality])
    page.close()
    return base64.b64decode(coded)


def picture(png: bytes) -> str:
    return f'<img alt="" src="data:image/png;base64,{base64.b64encode(png).decode()}">'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
