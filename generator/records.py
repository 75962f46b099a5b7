"""Door in: JSON records, both articles to be tagged and the exports of earlier runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.errors import SourceError

HALF_CHARACTER = re.compile(r"[\ud800-\udfff]")
"""Half of a pair of UTF-16, which JSON may spell but no text has."""


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that are not blank, one at a time, with their numbers from 1 on.

    Raises SourceError where the file can't be read or a line is not UTF-8.
    """
    number = 0
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
                if text.strip():
                    yield number, text
    except (OSError, UnicodeDecodeError) as problem:
        raise _unreadable(path, problem, number or None) from problem


def _unreadable(path: Path, problem: OSError | UnicodeDecodeError, line: int | None) -> SourceError:
    if isinstance(problem, UnicodeDecodeError):
        return SourceError(
            str(path), line=line, expected="UTF-8 编码的文本", found="别的编码", remedy="另存为 UTF-8 编码。"
        )
    found = "一个文件夹" if path.is_dir() else f"读不出来（{problem.strerror}）"
    return SourceError(str(path), expected="可以读取的文件", found=found, remedy="写出一个文件的路径，检查读取权限。")


def article(text: str, path: Path, line: int) -> dict[str, Any]:
    """A line of {id, title, body: [paragraphs]}. Raises SourceError for anything else."""
    record = _object(text, path, line)
    wrong = _wrong(record)
    if wrong:
        raise SourceError(
            str(path),
            line=line,
            expected="有 id、title（文字）和 body（段落的列表）",
            found=wrong,
            remedy='补上或改正；body 写成 ["第一段", "第二段"]，只有一段也放在方括号里。',
        )
    return record


def _wrong(record: Mapping[str, Any]) -> str:
    """What keeps a record from being an article; empty where nothing does."""
    missing = [key for key in ("id", "body") if key not in record]
    if missing:
        return f"缺 {'、'.join(missing)}"
    if not isinstance(record["id"], str | int):
        return f"id 是 {json.dumps(record['id'])[:20]}，不是文字"
    if not isinstance(record.get("title") or "", str):
        return "title 不是文字"
    body = record["body"]
    if not isinstance(body, list):
        return f"body 是{'一段文字' if isinstance(body, str) else ' ' + json.dumps(body)[:20]}，不是列表"
    if not all(isinstance(paragraph, str) for paragraph in body):
        return "body 的列表里有不是文字的项"
    whole = "".join([str(record["id"]), record.get("title") or "", *body])
    return "有半个字符（\\ud800 之类）" if HALF_CHARACTER.search(whole) else ""


def exported(path: Path) -> dict[str, Mapping[str, Any]]:
    """Articles by id, from an export folder of `articles` or from the site's data/articles.jsonl."""
    if path.is_dir():
        pages = (_object(_text(page), page, None) for page in sorted(path.glob("*.json")))
        found = [article for page in pages for article in articles_of(page)]
    else:
        found = [_object(line, path, number) for number, line in lines(path)]
    known = {str(article["id"]): article for article in found if "id" in article}
    if not known:
        raise SourceError(
            str(path),
            expected="articles 命令写出的文件夹，或网站的 data/articles.jsonl",
            found="没有一篇文章",
            remedy="先用 articles SEEDS --out 写一份，再来比较。",
        )
    return known


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise _unreadable(path, problem, None) from problem


def articles_of(page: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The articles of an exported page."""
    articles = page.get("articles")
    return [article for article in articles if isinstance(article, dict)] if isinstance(articles, list) else []


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
