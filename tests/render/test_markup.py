"""Whatever a source says, its page shows exactly that and nothing happens."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import markdown
import yaml
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils import meta

from generator.render.markup import clean, document, escape_html, escape_markdown
from tests.render.sample import HOSTILE

EXTENSIONS = ["toc", "tables", "fenced_code", "attr_list", "def_list", "footnotes", "abbr", "admonition", "md_in_html"]
"""What the site has and what an editor might add."""

awkward = st.text(
    alphabet=st.sampled_from(list("#*_`[]()!<>&{}|:=~^$+-.\\\"'/1a甲 \t\n\u3000%@;,\x02\x03")), max_size=40
)
anything = st.one_of(st.text(max_size=60), awkward, st.sampled_from(HOSTILE))


class Text(HTMLParser):
    """The visible text of HTML and the tags in it."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.ids: list[str | None] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(source: str) -> Text:
    return Text(markdown.Markdown(extensions=EXTENSIONS).convert(source))


@given(anything)
def test_a_paragraph_shows_exactly_its_text(text: str) -> None:
    if not clean(text):
        return
    page = shown(f"{escape_markdown(text)}\n{{: #p1 }}")
    assert clean(page.text) == clean(text)
    assert page.tags == ["p"]
    assert page.ids == ["p1"]


@given(anything)
def test_a_subhead_shows_exactly_its_text(text: str) -> None:
    if not clean(text):
        return
    page = shown(f"## {escape_markdown(text)} {{: #p1 }}")
    assert clean(page.text) == clean(text)
    assert (page.tags, page.ids) == (["h2"], ["p1"])


@given(st.lists(anything, max_size=5))
def test_paragraphs_do_not_disturb_each_other(texts: list[str]) -> None:
    texts = [text for text in texts if clean(text)]
    page = shown("\n\n".join(f"{escape_markdown(text)}\n{{: #p{at} }}" for at, text in enumerate(texts)))
    assert page.tags == ["p"] * len(texts)
    assert clean(page.text) == clean(" ".join(map(clean, texts)))


@given(anything)
def test_html_shows_exactly_its_text(text: str) -> None:
    page = shown(f"<figure><figcaption>{escape_html(text)}</figcaption></figure>")
    assert clean(page.text) == clean(text)
    assert page.tags == ["figure", "figcaption"]


@given(anything)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(anything, st.integers(), st.booleans()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abc"), inner, max_size=3)),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["title", "tags", "date", "rows"]), values, max_size=4), anything)
def test_front_matter_comes_back_as_it_went_in(front: dict[str, Any], body: str) -> None:
    written = document(front, escape_markdown(body)).decode()
    read_by_mkdocs = meta.get_data(written)[1]
    expected = {key: cleaned for key, value in front.items() if (cleaned := tidy(value)) not in (None, "", [], {})}
    assert read_by_mkdocs == expected
    assert (yaml.safe_load(written.split("\n---\n")[0].removeprefix("---")) or {}) == expected


def tidy(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [tidy(item) for item in value]
    return {key: tidy(item) for key, item in value.items()} if isinstance(value, dict) else value
