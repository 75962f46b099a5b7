"""The cases of tests/cases/pages: a page of a few lines, and the articles that must come of it.

A case, in YAML, for whoever finds a page that comes out wrong (no Python needed):

    - name: what the case shows, in Chinese
      page: the page as its file has it
      articles:                       # in the page's order; all of them
        - title: 标题，两行之间一个空格
          title_stands: false         # where the title stands nowhere on the page
          kicker: 引题
          column: 栏目
          names: [作者, 作者]
          kind: article, brief or photo
          truncated: head, tail or gap
          captions: [图片说明]
          text:
            - 一段正文
            - 小标题: 一个小标题
      unplaced:                       # what belongs to no article, in the page's order
        - furniture: 责任编辑 某某    # role: text
      fails: why it comes out wrong today; take the line away when it no longer does

Only what a case gives is checked.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.articles.credit import credit
from generator.model import Article, Role
from tests.pages.made_up import misplaced, passages_of, split_of

CASES = Path(__file__).resolve().parents[1] / "cases" / "pages"
FIELDS = {"title", "title_stands", "kicker", "column", "names", "kind", "truncated", "captions", "text"}


def cases() -> list[Any]:
    """Every case as a pytest parameter, known failures marked."""
    found = []
    for path in sorted(CASES.glob("*.yml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            marks = [pytest.mark.xfail(strict=True, reason=case["fails"])] if "fails" in case else []
            found.append(pytest.param(case, id=f"{path.stem}: {case['name']}", marks=marks))
    return found


def told(article: Article) -> dict[str, Any]:
    """An article in the words of a case."""
    return {
        "title": article.title,
        "title_stands": bool(article.headline.spans),
        "kicker": article.kicker.text if article.kicker else None,
        "column": article.column,
        "names": [author.name for author in article.credits],
        "kind": article.kind.value,
        "truncated": article.truncated,
        "captions": [caption.text for caption in article.captions],
        "text": [p.text if p.role is Role.BODY else {"小标题": p.text} for p in article.paragraphs],
    }


@pytest.mark.parametrize("case", cases())
def test_page(case: dict[str, Any]) -> None:
    assert set(case) <= {"name", "page", "articles", "unplaced", "fails"}
    split = credit(split_of(case["page"]))
    assert misplaced(case["page"], [span for passage in passages_of(split) for span in passage.spans]) == []
    wanted: list[dict[str, Any]] = case["articles"]
    given = [told(article) for article in split.articles]
    assert [{key: article[key] for key in want} for article, want in zip(given, wanted, strict=False)] == wanted
    assert len(given) == len(wanted), [article["title"] for article in given]
    assert all(set(want) <= FIELDS for want in wanted)
    if "unplaced" in case:
        assert [{item.role.value: item.passage.text} for item in split.unplaced] == case["unplaced"]


def test_cases_have_different_names() -> None:
    names = [case.id for case in cases()]
    assert len(set(names)) == len(names) > 30
