"""What search takes for the same: width, case, quote form, traditional or simplified, and blanks beside Chinese."""

from __future__ import annotations

import re
import unicodedata

from generator import chinese
from generator.variants import SIMPLIFIED, TRADITIONAL

_SIMPLIFY = str.maketrans(TRADITIONAL, SIMPLIFIED)
_BLANKS = re.compile(r" +")
_SILENT_BLANK = re.compile(r"(?<![a-z0-9]) | (?![a-z0-9])")
"""A blank that does not part two Latin words or numbers: AMOLED 产品 is AMOLED产品, silicon valley stays two words."""


class _FoldTable(dict[int, str]):
    """Translation table for `str.translate`, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char.isspace():
            folded = " "
        elif unicodedata.category(char) == "Cf":
            folded = ""
        else:
            folded = chinese.fold(char).translate(_SIMPLIFY)
        self[code] = folded
        return folded


_TABLE = _FoldTable()


def fold_text(text: str) -> str:
    """Text as search compares it. Character by character, so that the browser can point back into the original.

    `fold.js` does the same to the query and to the texts it shows.

    >>> fold_text("“ＡＭＯＬＥＤ 產業” 園區")
    '"amoled产业"园区'
    >>> fold_text("Silicon  Valley 的 1,465.3亿元")
    'silicon valley的1,465.3亿元'
    """
    folded = text.translate(_TABLE)
    if " " not in folded:
        return folded
    return _SILENT_BLANK.sub("", _BLANKS.sub(" ", folded))
