"""Door in: NAME.fix.yml beside a source file to the corrections of its page."""

from __future__ import annotations

import hashlib
from pathlib import Path

from generator.errors import CorrectionError
from generator.model import (
    ArticleCorrection,
    Corrections,
    Credit,
    Facet,
    LineCorrection,
    Replacement,
    Role,
    TagChange,
)
from generator.schema import Entry, parse

PAGE_KEYS = ("articles", "lines")
ARTICLE_KEYS = ("title", "kicker", "column", "byline", "date", "newspaper", "tags", "text", "checked")
LINE_KEYS = ("role", "article")
NEW_ARTICLE = "new"
YES_NO = ("true", "false")
CREDIT_KEYS = ("name", "role", "agency")
REPLACEMENT_KEYS = ("old", "new")
CHANGE_KEYS = ("add", "remove")
ROLES = tuple(role.value for role in Role if role is not Role.UNREAD)


def read(path: Path, root: Path) -> Corrections | None:
    """The corrections of one page; None where the file is missing or says nothing.

    Raises CorrectionError naming file, line and remedy for anything that isn't understood.
    """
    if not path.is_file():
        return None
    name = path.relative_to(root).as_posix()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as trouble:
        raise CorrectionError(
            name, expected="UTF-8 编码的更正文件", found="读不通", remedy="用编辑器打开，另存为 UTF-8 编码。"
        ) from trouble
    entry = parse(text, name, CorrectionError)
    return None if entry is None else _corrections(entry, name)


def fingerprint(path: Path) -> str:
    """Changes whenever the correction file does; empty without one."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def orphan(path: Path) -> CorrectionError:
    """The error of a correction file that has no source file beside it."""
    return CorrectionError(
        str(path),
        expected="同一文件夹里有它更正的版面（.txt 或 .md）",
        found="没有这个版面",
        remedy="把更正文件改成与版面同名，或删去它。",
    )


def _corrections(entry: Entry, file: str) -> Corrections:
    said = entry.mapping("更正文件", PAGE_KEYS)
    articles = said["articles"].mapping("articles") if "articles" in said else {}
    lines = said["lines"].mapping("lines") if "lines" in said else {}
    return Corrections(
        file=file,
        articles=tuple(_article(id_, article) for id_, article in articles.items()),
        lines=tuple(_line(number, role) for number, role in lines.items()),
    )


def _line(number: str, entry: Entry) -> LineCorrection:
    """A line's correction: a bare role, or role and article."""
    line = _line_number(number, entry, "lines 下的键")
    if isinstance(entry.value, str):
        return LineCorrection(line, Role(entry.choice("行的角色", ROLES)))
    said = entry.mapping("lines 的一项", LINE_KEYS)
    goes = said["article"].text("article") if "article" in said else ""
    if "article" in said and goes != NEW_ARTICLE:
        joins = _line_number(goes, said["article"], f"article 是 {NEW_ARTICLE}（从这里另起一篇）或")
    else:
        joins = 0
    return LineCorrection(
        line,
        Role(said["role"].choice("行的角色", ROLES)) if "role" in said else None,
        begins=goes == NEW_ARTICLE,
        joins=joins,
    )


def _line_number(number: str, entry: Entry, what: str) -> int:
    if not (number.isascii() and number.isdigit() and int(number) > 0):
        entry.fail(expected=f"{what}是行号", found=f"“{number}”", remedy="写原文的行号，第一行是 1。")
    return int(number)


def _article(id_: str, entry: Entry) -> ArticleCorrection:
    said = entry.mapping(f"文章 {id_}", ARTICLE_KEYS)

    def text(key: str) -> str | None:
        return said[key].text(key) if key in said else None

    if text("title") == "":
        said["title"].fail(expected="标题不为空", found="空标题", remedy="写上标题，或删去这一行。")
    return ArticleCorrection(
        id=id_,
        title=text("title"),
        kicker=text("kicker"),
        column=text("column"),
        byline=tuple(_credit(e) for e in said["byline"].items("byline")) if "byline" in said else None,
        date=said["date"].date("date", "") if "date" in said else None,
        newspaper=text("newspaper"),
        tags=_tags(said["tags"]) if "tags" in said else (),
        text=tuple(_replacement(e) for e in said["text"].items("text")) if "text" in said else (),
        checked="checked" in said and said["checked"].choice("checked", YES_NO) == YES_NO[0],
    )


def _credit(entry: Entry) -> Credit:
    """An author: a bare name, or name with role and agency."""
    if isinstance(entry.value, str):
        said = {"name": entry.text("作者")}
    else:
        said = {key: value.text(key) for key, value in entry.mapping("作者", CREDIT_KEYS).items()}
    if not said.get("name"):
        entry.fail(expected="作者有名字（name）", found="没有名字", remedy="补上 name，或只写名字本身。")
    return Credit(**said)


def _tags(entry: Entry) -> tuple[TagChange, ...]:
    changes = []
    for facet, change in entry.mapping("tags", tuple(Facet)).items():
        said = change.mapping(f"tags 的 {facet}", CHANGE_KEYS)
        ids = {key: tuple(e.text("标签") for e in value.items(key)) for key, value in said.items()}
        both = sorted(set(ids.get("add", ())) & set(ids.get("remove", ())))
        if both:
            change.fail(expected="一个标签只加或只减", found=f"{both[0]} 又加又减", remedy="留下一处。")
        changes.append(TagChange(Facet(facet), **ids))
    return tuple(changes)


def _replacement(entry: Entry) -> Replacement:
    said = entry.mapping("text 的一项", REPLACEMENT_KEYS)
    old = said["old"].text("old") if "old" in said else ""
    if not old or "new" not in said:
        entry.fail(
            expected="text 的每项有 old（原文）和 new（改文）", found="缺一个", remedy='补上；要删去文字，new 写成 ""。'
        )
    return Replacement(old, said["new"].text("new"))
