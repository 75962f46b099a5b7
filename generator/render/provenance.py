"""Where the authority file has a park from, and what its editors remark, in words that readers understand."""

from __future__ import annotations

import re

from generator.chinese import full_width
from generator.render.glossary import WORDS, say
from generator.render.markup import clean

_PART = re.compile(r"\s*[;；]\s*")
_LIST_COMMA = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))")
_CODES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"GB/T ?37028-2018"), "origin_standard"),
    (re.compile(r"zhwiki名单.*"), "origin_wiki_list"),
    (re.compile(r"zhwiki镜像(?P<x>.+)"), "origin_wiki"),
    (re.compile(r"湖南商务厅(?P<x>\d+)名单.*"), "origin_hunan"),
    (re.compile(r"(?P<x>\d+)家名单.*"), "origin_list"),
    (re.compile(r"S\d{3}"), "origin_page"),
    (re.compile(r"seed\d+文中自述(?P<x>.+)"), "origin_page_says"),
    (re.compile(r"P:(?P<x>.+)"), "origin_web"),
    (re.compile(r"条目(?P<x>.+)"), "origin_encyclopedia"),
    (re.compile(r"K\((?P<x>.+)\)"), "origin_known_from"),
    (re.compile(r"K|自有知识"), "origin_known"),
)
"""(code in the column `source`, how the glossary words it): a part between semicolons that is none says it itself."""
_JARGON = {"parent": WORDS["fact_parent"], "自有知识": WORDS["origin_known"], "样本": WORDS["origin_page"]}
"""Words of the editors' room in the column `note`."""


def source_words(source: str) -> str:
    """The column `source` of a park, part by part in words, equal ones once.

    >>> source_words("S000;S004;K")
    '报纸版面；编者所知'
    >>> source_words("国函〔2022〕54号;条目1991")
    '国函〔2022〕54号；百科条目（1991）'
    """
    parts = (_part_words(part) for part in _PART.split(clean(source)) if part)
    return "；".join(dict.fromkeys(parts))


def note_words(note: str) -> str:
    """The column `note` of a park as readers see it.

    >>> note_words("文中只称“渤龙湖”,parent为自有知识(未核),2018年")
    '文中只称“渤龙湖”，上级园区为编者所知（未核），2018年'
    """
    text = clean(note)
    for word, said in _JARGON.items():
        text = text.replace(word, said)
    return _full_width(text)


def _part_words(part: str) -> str:
    for code, word in _CODES:
        if found := code.fullmatch(part):
            return say(word, **{name: _full_width(value) for name, value in found.groupdict().items()})
    return _full_width(part)


def _full_width(text: str) -> str:
    return _LIST_COMMA.sub("，", full_width(text))
