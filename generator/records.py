"""Door in: JSON records, both articles to be tagged and the exports of earlier runs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.errors import SourceError


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that are not blank, one at a time, with their numbers from 1 on."""
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield number, line


def article(text: str, path: Path, line: int) -> dict[str, Any]:
    """A line of {id, title, body: [paragraphs]}. Raises SourceError for anything else."""
    record = _object(text, path, line)
    wrong = _wrong(record)
    if wrong:
        raise SourceError(
            str(path),
            line=line,
            expected="有 id、title 和 body（段落的列表）",
            found=wrong,
            remedy='补上缺的键；body 写成 ["第一段", "第二段"]，只有一段也放在方括号里。',
        )
    return record


def _wrong(record: Mapping[str, Any]) -> str:
    """What keeps a record from being an article; empty where nothing does."""
    missing = [key for key in ("id", "body") if key not in record]
    if missing:
        return f"缺 {'、'.join(missing)}"
    body = record["body"]
    if not isinstance(body, list):
        return f"body 是{'一段文字' if isinstance(body, str) else ' ' + json.dumps(body)[:20]}，不是列表"
    return "" if all(isinstance(paragraph, str) for paragraph in body) else "body 的列表里有不是文字的项"


def exported(path: Path) -> dict[str, Mapping[str, Any]]:
    """Articles by id, from an export folder of `articles` or from the site's data/articles.jsonl."""
    if path.is_dir():
        pages = (_object(page.read_text(encoding="utf-8"), page, None) for page in sorted(path.glob("*.json")))
        found = [article for page in pages for article in articles_of(page)]
    else:
        found = [_object(line, path, number) for number, line in lines(path)]
    return {str(article["id"]): article for article in found if "id" in article}


def articles_of(page: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The articles of an exported page."""
    articles = page.get("articles")
    return articles if isinstance(articles, list) else []


def _object(text: str, path: Path, line: int | None) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise SourceError(
            str(path),
            line=line,
            expected="一个 JSON 对象",
            found=text.strip()[:40] or "空行",
            remedy="改正或删去这一行。",
        )
    return value
