"""The citations on built pages, read by programs that read citations."""

from __future__ import annotations

import html
import re

import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from generator.render.phrases import title_of
from tests.render.built import ORIGIN, built
from tests.render.sample import calm_page, hostile_page

PRE = re.compile(r'<pre tabindex="0">(.*?)</pre>', re.DOTALL)


@pytest.fixture(scope="module")
def citations(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The three citations of each article, by its id."""
    site = built(tmp_path_factory.mktemp("citations"), calm_page(), hostile_page())
    found = {}
    for page in (calm_page(), hostile_page()):
        for item in page.articles:
            text = (site / "articles" / item.id / "index.html").read_text(encoding="utf-8")
            cite = text[text.index('class="cite"') :]
            found[item.id] = [html.unescape(re.sub(r"<[^>]+>", "", part)) for part in PRE.findall(cite)]
    return found


def test_bibtex_is_read_by_bibtexparser(citations: dict[str, list[str]]) -> None:
    library = parse_string("\n\n".join(texts[1] for texts in citations.values()))
    assert library.failed_blocks == []
    assert {entry.key for entry in library.entries} == {f"park{id_}" for id_ in citations}
    first = calm_page().articles[0]
    entry = library.entries_dict[f"park{first.id}"]
    assert entry.entry_type == "article"
    assert entry["title"] == "{青杉高新区储能电站并网发电}"
    assert entry["author"] == "{林一木} and {何二川}"
    assert (entry["journal"], entry["year"], entry["date"]) == ("山海日报", "2020", "2020-08-31")
    assert entry["url"] == f"{ORIGIN}articles/{first.id}/"


def test_ris_is_read_by_rispy(citations: dict[str, list[str]]) -> None:
    for page in (calm_page(), hostile_page()):
        for item in page.articles:
            (entry,) = rispy.loads(citations[item.id][2])
            assert entry["type_of_reference"] == "NEWS"
            assert entry["title"] == title_of(item)
            assert entry["urls"] == [f"{ORIGIN}articles/{item.id}/"]
    (entry,) = rispy.loads(citations[calm_page().articles[0].id][2])
    assert entry["authors"] == ["林一木", "何二川"]
    assert (entry["secondary_title"], entry["date"]) == ("山海日报", "2020/08/31")


def test_the_national_form_ends_with_the_address(citations: dict[str, list[str]]) -> None:
    for id_, (line, *_) in citations.items():
        assert line.endswith(f". {ORIGIN}articles/{id_}/")
        assert "[N/OL]. " in line
