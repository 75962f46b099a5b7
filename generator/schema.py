"""What editors write in YAML, held against the keys that a file may have: every slip is named with its remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import NoReturn

import yaml

from generator.errors import ArchiveError
from generator.model import PartialDate, Precision

CHINESE_DATE_RE = re.compile(r"(\d{4})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号])?)?")  # 2020年8月31日
ISO_DATE_RE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")  # 2020-08-31, 2020-08, 2020
_PRECISIONS = (Precision.YEAR, Precision.MONTH, Precision.DAY)
_FIRST_YEAR, _LAST_YEAR = 1800, 2199


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a YAML file that knows its file, its line and the kind of error to raise.

    Scalars stay text: `01e5` is an id and `05` a page number, whatever YAML makes of them.
    """

    value: str | tuple[Entry, ...] | Mapping[str, Entry]
    file: str
    line: int
    error: type[ArchiveError]

    def fail(self, *, expected: str, found: str, remedy: str) -> NoReturn:
        """Raise the file's kind of error at this line."""
        raise self.error(self.file, line=self.line, expected=expected, found=found, remedy=remedy)

    def text(self, what: str) -> str:
        """The value as text, blanks at its ends dropped."""
        if not isinstance(self.value, str):
            self.fail(expected=f"{what}是一段文字", found="一组值", remedy="写成一行文字，必要时加英文引号。")
        return self.value.strip()

    def items(self, what: str) -> tuple[Entry, ...]:
        """The entries of a list."""
        if not isinstance(self.value, tuple):
            self.fail(expected=f"{what}是一个列表", found="不是列表", remedy="每项一行，行首加“- ”；或写成 [甲, 乙]。")
        return self.value

    def mapping(self, what: str, allowed: Iterable[str] | None = None) -> Mapping[str, Entry]:
        """Key → entry. With `allowed`, any other key is an error that names the nearest allowed one."""
        if isinstance(self.value, (str, tuple)):
            self.fail(expected=f"{what}由“键: 值”组成", found="没有键", remedy="每行写一个“键: 值”，冒号后空一格。")
        if allowed is not None:
            names = tuple(allowed)
            for key, entry in self.value.items():
                if key not in names:
                    entry.fail(
                        expected=f"{what}的键是 {'、'.join(names)} 之一", found=f"“{key}”", remedy=hint(key, names)
                    )
        return self.value

    def choice(self, what: str, allowed: Iterable[str]) -> str:
        """The value as one of a few words."""
        word, names = self.text(what), tuple(allowed)
        if word not in names:
            self.fail(expected=f"{what}是 {'、'.join(names)} 之一", found=f"“{word}”", remedy=hint(word, names))
        return word

    def date(self, what: str, basis: str) -> PartialDate:
        """The value as a day, a month or a year."""
        said = self.text(what)
        found = partial_date(said, basis)
        if found is None:
            self.fail(
                expected=f"{what}写作 2020-08-31、2020-08、2020 或 2020年8月31日",
                found=f"“{said}”",
                remedy="改成真有的日期；只知道年月时，只写年月。",
            )
        return found


def parse(text: str, file: str, error: type[ArchiveError]) -> Entry | None:
    """The whole file as an entry; None when it says nothing. Twice the same key is an error."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as trouble:
        line = trouble.problem_mark.line + 1 if trouble.problem_mark else None
        raise error(
            file,
            line=line,
            expected="合乎 YAML 写法",
            found=str(trouble.problem or trouble.context),
            remedy="检查这一行的缩进、冒号后的空格和引号；含冒号的文字要加英文引号。",
        ) from trouble
    except yaml.YAMLError as trouble:
        raise error(
            file, expected="合乎 YAML 写法", found=str(trouble).splitlines()[0], remedy="删去文件里看不见的控制字符。"
        ) from trouble
    return None if root is None else _entry(root, file, error)


def hint(word: str, names: Iterable[str]) -> str:
    """The remedy for a word that is not among the names: the nearest one, else how to choose.

    >>> hint("newpaper", ["newspaper", "date"])
    '是不是“newspaper”？改过来即可。'
    """
    near = get_close_matches(word, list(names), n=1, cutoff=0.6)
    return f"是不是“{near[0]}”？改过来即可。" if near else "改成上面列出的写法，或删去。"


def partial_date(said: str, basis: str) -> PartialDate | None:
    """A day, month or year as written; None where there is no such date.

    >>> partial_date("2020年8月", "").value, partial_date("2020/8/31", "").value, partial_date("2020-02-30", "")
    ('2020-08', '2020-08-31', None)
    """
    match = CHINESE_DATE_RE.fullmatch(said) or ISO_DATE_RE.fullmatch(said)
    if match is None:
        return None
    numbers = [int(group) for group in match.groups() if group]
    try:
        date(*[*numbers, 1, 1][:3])
    except ValueError:
        return None
    if not _FIRST_YEAR <= numbers[0] <= _LAST_YEAR:
        return None
    value = "-".join([f"{numbers[0]:04d}", *(f"{number:02d}" for number in numbers[1:])])
    return PartialDate(value, _PRECISIONS[len(numbers) - 1], basis)


def _entry(node: yaml.Node, file: str, error: type[ArchiveError]) -> Entry:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return Entry(tuple(_entry(child, file, error) for child in node.value), file, line, error)
    if not isinstance(node, yaml.MappingNode):
        return Entry(str(node.value), file, line, error)
    found: dict[str, Entry] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value).strip()
        at = key_node.start_mark.line + 1
        if key in found:
            raise error(
                file, line=at, expected="每个键只写一次", found=f"“{key}”写了两次", remedy="留下一处，删去另一处。"
            )
        found[key] = Entry(_entry(value_node, file, error).value, file, at, error)
    return Entry(found, file, line, error)
