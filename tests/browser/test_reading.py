"""The pages that are read, in a real browser: what the script adds, both schemes, every width, by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from generator.model import PageSplit
from tests.browser.conftest import Visit
from tests.render.built import built
from tests.render.sample import HOSTILE, calm_page, hostile_page

PAGES = (
    "/",
    "/articles/",
    "/parks/",
    "/parks/qingshan/",
    "/industries/",
    "/provinces/",
    "/years/",
    "/authors/",
    "/sources/calm/",
    "/matrix/",
    "/network/",
    "/quality/",
    "/about/",
    "/404.html",
)
CONTRAST = """() => {
  const parse = (value) => { const [r, g, b, a = 1] = value.match(/[\\d.]+/g).map(Number); return [r, g, b, a]; };
  const linear = (v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = (color) => [.2126, .7152, .0722].reduce((sum, part, at) => sum + part * linear(color[at] / 255), 0);
  const over = (under, color) => under.map((v, at) => v * (1 - color[3]) + color[at] * color[3]);
  const behind = (element) => {
    let layers = [];
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color[3] > 0) layers.push(color);
      if (color[3] === 1) break;
    }
    return layers.reverse().reduce(over, [255, 255, 255]);
  };
  const bad = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement, style = getComputedStyle(element);
    if (!node.data.trim() || !element.checkVisibility()) continue;
    if (element.closest("script, .permalink, .unseen, .skip")) continue;
    const [one, two] = [light(parse(style.color)), light(behind(element))].sort((a, b) => b - a);
    if ((one + .05) / (two + .05) < 4.5) bad.push(`${node.data.trim().slice(0, 20)} ${style.color} ${behind(element)}`);
  }
  return bad;
}"""
NAMELESS = """() => [...document.querySelectorAll("a[href], button, input:not([type=checkbox]), summary")]
  .filter((item) => item.checkVisibility() && !(item.getAttribute("aria-label") ?? item.textContent).trim()
    && !document.querySelector(`label[for="${item.id}"]`) && !item.closest("label")?.textContent.trim())
  .map((item) => item.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="session")
def pages() -> tuple[PageSplit, PageSplit]:
    return calm_page(), hostile_page()


@pytest.fixture(scope="session")
def address(
    pages: tuple[PageSplit, PageSplit], tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]
) -> str:
    """The site under a sub-path, as project sites are published."""
    place = tmp_path_factory.mktemp("reading")
    site = built(place, *pages)
    site.rename(place / "sub")
    return serve(place) + "/sub"


@pytest.fixture(scope="session")
def articles(pages: tuple[PageSplit, PageSplit]) -> tuple[str, ...]:
    """The paths of the ordinary articles; the second one has doubts."""
    return tuple(f"/articles/{item.id}/" for item in pages[0].articles)


@pytest.fixture(scope="session")
def article(articles: tuple[str, ...]) -> str:
    return articles[0]


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("light", 1280), ("dark", 360), ("dark", 1600)])
def test_every_page_can_be_read(
    visit: Callable[..., Visit], address: str, articles: tuple[str, ...], scheme: str, width: int
) -> None:
    window = visit(address, color_scheme=scheme, viewport={"width": width, "height": 800})
    for path in (*PAGES, *articles):
        window.open(path)
        assert window.page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert window.page.evaluate(CONTRAST) == [], path
        assert window.page.evaluate(NAMELESS) == [], path
    window.assert_clean()


def test_hostile_texts_do_nothing(
    visit: Callable[..., Visit], address: str, pages: tuple[PageSplit, PageSplit]
) -> None:
    window = visit(address)
    window.page.on("dialog", lambda dialog: pytest.fail(f"a source ran a script: {dialog.message}"))
    for item in pages[1].articles:
        window.open(f"/articles/{item.id}/")
        assert window.page.locator(".article__body p").count() == len(HOSTILE)
    window.open("/quality/")
    window.assert_clean()


def test_the_scheme_is_chosen_and_kept(visit: Callable[..., Visit], address: str, article: str) -> None:
    window = visit(address, color_scheme="light")
    window.open("/")
    scheme = "document.body.getAttribute('data-md-color-scheme')"
    assert window.page.evaluate(scheme) == "default"
    window.page.click("[data-scheme-toggle]")
    assert window.page.evaluate(scheme) == "slate"
    window.open(article)
    assert window.page.evaluate(scheme) == "slate"


def test_a_slash_leads_to_the_search_field(visit: Callable[..., Visit], address: str, article: str) -> None:
    window = visit(address)
    window.open(article)
    window.page.keyboard.press("/")
    window.page.keyboard.type("储能/电站")
    assert window.page.input_value("header input[name=q]") == "储能/电站"
    with window.page.expect_navigation(url="**/sub/search/?q=*"):
        window.page.keyboard.press("Enter")


def test_the_first_tab_skips_to_the_text(visit: Callable[..., Visit], address: str, article: str) -> None:
    window = visit(address)
    window.open(article)
    window.page.keyboard.press("Tab")
    window.page.keyboard.press("Enter")
    assert window.page.evaluate("document.activeElement.id") == "content"


def test_evidence_is_marked_where_it_stands(visit: Callable[..., Visit], address: str, article: str) -> None:
    window = visit(address)
    window.open(article)
    window.page.click("[data-mark-evidence]")
    marks = window.page.locator("mark[data-kind=evidence]")
    assert marks.all_inner_texts() == ["储能", "青杉高新区"]
    assert window.page.evaluate("document.querySelector('#p1 mark').previousSibling.data") == "近日"
    window.page.click("[data-mark-evidence]")
    assert marks.count() == 0


def test_a_chip_opens_by_keyboard_and_closes_on_escape(visit: Callable[..., Visit], address: str, article: str) -> None:
    window = visit(address)
    window.open(article)
    summary = window.page.locator(".chip__evidence summary").first
    summary.focus()
    window.page.keyboard.press("Enter")
    phrase = window.page.locator(".chip__evidence[open] a")
    assert phrase.inner_text() == "青杉高新区"
    window.page.keyboard.press("Escape")
    assert phrase.count() == 0
    assert summary.evaluate("item => item === document.activeElement")


def test_an_opened_chip_marks_its_own_phrases(visit: Callable[..., Visit], address: str, article: str) -> None:
    window = visit(address)
    window.open(article)
    marks = window.page.locator("mark[data-kind=evidence]")
    chips = window.page.locator(".chip__evidence > summary")
    chips.nth(0).click()
    assert marks.all_inner_texts() == ["青杉高新区"]
    chips.nth(1).focus()
    window.page.keyboard.press("Enter")
    window.page.wait_for_function("document.querySelector('h1 mark')")
    assert marks.all_inner_texts() == ["储能"]
    window.page.keyboard.press("Escape")
    window.page.wait_for_function("!document.querySelector('mark')")
    chips.nth(0).click()
    window.page.click(".chip__evidence[open] [data-evidence]")
    assert window.page.evaluate("location.hash") == "#p1"
    assert marks.all_inner_texts() == ["青杉高新区"]


def test_a_wrong_tag_can_be_reported(visit: Callable[..., Visit], address: str, article: str) -> None:
    window = visit(address, permissions=["clipboard-read", "clipboard-write"])
    window.open(article)
    window.page.click(".chip__evidence > summary")
    window.page.click(".chip__panel .fix > summary")
    window.page.click(".chip__panel [data-copy]")
    copied = yaml.safe_load(window.page.evaluate("navigator.clipboard.readText()"))
    assert copied == {"articles": {article.split("/")[2]: {"tags": {"park": {"remove": ["qingshan"]}}}}}


def test_selected_words_go_into_the_correction_file(visit: Callable[..., Visit], address: str, article: str) -> None:
    window = visit(address)
    window.open(article)
    window.page.evaluate(
        """() => {
          const text = document.querySelector("#p3").firstChild, at = text.data.lastIndexOf("电池柜");
          getSelection().setBaseAndExtent(text, at, text, at + 3);
        }"""
    )
    window.page.click(".fix--article > summary")
    lines = window.page.inner_text("[data-fix]").splitlines()
    assert lines[0] == "articles:"
    row = next(line for line in lines if line.startswith("    text: "))
    (change,) = yaml.safe_load(row)["text"]
    assert change["old"] == change["new"]
    assert "电池柜" in change["old"]
    whole = window.page.inner_text("h1") + window.page.inner_text(".article__kicker, .article__body")
    whole += "".join(window.page.locator(".article__body :is(p, h2)").all_inner_texts())
    assert whole.count(change["old"]) == 1


def test_the_text_before_its_correction_can_be_read(
    visit: Callable[..., Visit], address: str, articles: tuple[str, ...]
) -> None:
    window = visit(address)
    window.open(articles[1])
    window.page.add_style_tag(content=".permalink { display: none }")
    text = window.page.locator("#p1")
    now, was = "封装产线明年投产。", "封装产先明年投产。"
    assert text.inner_text().endswith(now)
    window.page.focus(".switch input:checked")
    window.page.keyboard.press("ArrowRight")
    assert text.inner_text().endswith(was)
    window.page.keyboard.press("ArrowRight")
    assert "产先线明年" in text.inner_text()
    window.page.keyboard.press("ArrowRight")
    assert text.inner_text().endswith(now)
    window.assert_clean()


def test_both_forms_show_without_scripts(visit: Callable[..., Visit], address: str, articles: tuple[str, ...]) -> None:
    window = visit(address, java_script_enabled=False)
    window.open(articles[1])
    assert "产先线明年" in window.page.locator("#p1").inner_text()
    assert not window.page.locator(".switch").is_visible()


def test_every_paragraph_has_its_address(visit: Callable[..., Visit], address: str, article: str) -> None:
    window = visit(address)
    window.open(article)
    assert window.page.locator(".permalink").evaluate_all("links => links.map((link) => link.hash)") == [
        "#p1",
        "#p2",
        "#p3",
    ]
    window.page.focus("#p3 .permalink")
    window.page.keyboard.press("Enter")
    assert window.page.evaluate("location.hash") == "#p3"


def test_a_citation_is_copied(visit: Callable[..., Visit], address: str, article: str) -> None:
    window = visit(address, permissions=["clipboard-read", "clipboard-write"])
    window.open(article)
    for summary in window.page.locator(".cite summary").all():
        summary.click()
    buttons = window.page.locator(".cite [data-copy]").all()
    buttons[0].click()
    line = window.page.evaluate("navigator.clipboard.readText()")
    head = r"林一木, 何二川\. 青杉高新区储能电站并网发电\[N/OL\]\. 山海日报, 2020-08-31"
    assert re.fullmatch(head + r"\[\d{4}-\d\d-\d\d\]\. https://archive\.example/sub/articles/\w+/", line)
    for button in buttons:
        button.click()
    copied = window.page.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[:4] == ["TY  - NEWS", "TI  - 青杉高新区储能电站并网发电", "AU  - 林一木", "AU  - 何二川"]
    assert copied.rstrip().endswith("ER  -")


def test_the_directory_is_filtered(visit: Callable[..., Visit], address: str) -> None:
    window = visit(address)
    window.open("/parks/")
    shown = window.page.locator(".directory li:visible")
    everything = shown.count()
    assert everything == 3
    window.page.fill("#filter-field", "青杉园")
    assert shown.all_inner_texts() == ["青杉高新区\n2\n国家高新区"]
    assert window.page.inner_text(".filter output") == "显示 1 项"
    window.page.fill("#filter-field", "")
    window.page.click("[data-kind=国家经开区]")
    assert window.page.locator(".directory li:visible a").all_inner_texts() == ["白禾经开区"]
    window.page.click("[data-kind=国家经开区]")
    assert shown.count() == everything


def test_nothing_moves_while_a_page_loads(visit: Callable[..., Visit], address: str, article: str) -> None:
    window = visit(address, viewport={"width": 390, "height": 800})
    for path in ("/", article, "/parks/", "/parks/qingshan/"):
        window.open(path)
        moved = window.page.evaluate(
            """() => new Promise((done) => {
              let sum = 0;
              new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
                .observe({type: "layout-shift", buffered: true});
              setTimeout(() => done(sum), 200);
            })"""
        )
        assert moved < 0.01, path


def test_the_archive_can_be_read_without_scripts(visit: Callable[..., Visit], address: str, article: str) -> None:
    window = visit(address, java_script_enabled=False)
    window.open(article)
    assert window.page.locator(".article__body p").count() == 2
    assert not window.page.locator("[data-mark-evidence]").is_visible()
    assert not window.page.locator("[data-copy]").first.is_visible()
    window.page.locator(".chip__evidence summary").first.click()
    assert window.page.locator(".chip__evidence[open] a").is_visible()


def test_hits_of_a_search_are_marked_on_the_article(visit: Callable[..., Visit], address: str, article: str) -> None:
    window = visit(address)
    window.open(f"{article}?hl=储能电站")
    window.page.wait_for_selector("mark.pn-hit")
    hits = window.page.locator("mark.pn-hit")
    assert set(hits.all_inner_texts()) == {"储能电站"}
    assert hits.count() == 3
    assert window.page.locator(".article__foot mark").count() == 0
    window.assert_clean()


def test_the_first_hit_that_can_be_seen_is_brought_into_view(
    visit: Callable[..., Visit], address: str, article: str
) -> None:
    """The phrases in a closed tag stand before the text; here the headline has no hit either."""
    window = visit(address, viewport={"width": 1280, "height": 300})
    window.open(article)
    window.page.locator("h1").evaluate("heading => heading.remove()")
    mark = "async (url) => (await import(url)).markTerms(document.querySelector('[data-highlight]'), ['青杉高新区'])"
    window.page.evaluate(mark, f"{address}/assets/search/mark.js")
    assert not window.page.locator("mark.pn-hit").first.is_visible()
    window.page.wait_for_function("document.querySelector('#p1 mark.pn-hit').getBoundingClientRect().bottom < 300")


def test_hits_are_marked_in_either_form_of_a_corrected_text(
    visit: Callable[..., Visit], address: str, articles: tuple[str, ...]
) -> None:
    window = visit(address)
    hits = window.page.locator("#p1 mark.pn-hit")
    chosen = window.page.locator(".switch input:checked")
    for term, form, marked in (("产线明年", "now", "产线明年"), ("产先明年", "both", "产先明年")):
        window.open(f"{articles[1]}?hl={term}")
        window.page.wait_for_selector("#p1 mark.pn-hit")
        assert "".join(hits.all_inner_texts()) == marked
        window.page.wait_for_function(f"document.querySelector('.switch input:checked').value === '{form}'")
        assert chosen.get_attribute("value") == form
    window.assert_clean()


def test_a_doubt_leads_to_its_line(visit: Callable[..., Visit], address: str, articles: tuple[str, ...]) -> None:
    window = visit(address)
    window.open(articles[1])
    window.page.click(".doubts a")
    window.page.wait_for_url("**/sources/calm/#L9")
    assert window.page.locator("#L9").is_visible()
