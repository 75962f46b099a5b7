"""The citations on built pages, read by programs that read citations."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from generator.model import PartialDate, Passage, Precision
from generator.render.citation import citation_of
from generator.render.phrases import date_words, title_of
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


@pytest.mark.parametrize(
    ("value", "precision", "year", "said"),
    [
        ("2020-08-31", Precision.DAY, "2020", ""),
        ("2020-08", Precision.MONTH, "2020", ""),
        ("2021-06-01/2021-12-31", Precision.WINDOW, "2021", "2021年6月1日至12月31日之间"),
        ("2020-06-03/2022-06-18", Precision.WINDOW, "", "2020年6月3日至2022年6月18日之间"),
        ("", Precision.UNKNOWN, "", ""),
    ],
)
def test_a_year_is_cited_where_it_is_known(value: str, precision: Precision, year: str, said: str) -> None:
    cite = citation_of(replace(calm_page().articles[0], date=PartialDate(value, precision)))
    fields = dict(field.split(" = ", 1) for field in cite["bibtex"])
    assert fields.get("year", "{}") == f"{{{year}}}"
    assert said in fields.get("note", "")
    ris = dict(field.split(" ", 1) for field in cite["ris"])
    assert ris.get("PY", "") == year
    assert said in ris.get("N1", "")
    assert ("note" in fields, "N1" in ris) == (bool(said), bool(said))
    assert date_words(PartialDate(value, precision)) in cite["gbt"][0] or value in cite["gbt"][0]


def test_no_mark_of_tex_is_left_to_act() -> None:
    cite = citation_of(replace(calm_page().articles[0], headline=Passage.invented("甲~乙^丙")))
    assert cite["bibtex"][0] == r"title = {{甲\textasciitilde 乙\textasciicircum 丙}}"
