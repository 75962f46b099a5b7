"""The Chinese of newspapers, as far as text alone shows it: widths, sentence ends, numerals."""

from __future__ import annotations

import re
import unicodedata

HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ffff]"
HAN_RE = re.compile(HAN)
TERMINAL = "。！？!?…"
"""A sentence may end in one of these."""
CLOSERS = "”’」』）)》】〉］]\"'"
"""May follow the end of a sentence."""

_QUOTES = str.maketrans(
    {**dict.fromkeys("“”„‟«»『』「」＂〝〞", '"'), **dict.fromkeys("‘’‚‛＇", "'"), **dict.fromkeys("—–―‐‑−－", "-")}
)


def is_han(char: str) -> bool:
    """True for one Chinese character.

    >>> is_han("园"), is_han("A"), is_han("，")
    (True, False, False)
    """
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or "\U00020000" <= char <= "\U0002ffff"


def fold(text: str) -> str:
    """Text for comparing: width, quote form, dashes, case and blanks folded away.

    >>> fold("“ＡＭＯＬＥＤ ”项目") == fold('"amoled"项目')
    True
    """
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text.translate(_QUOTES)).translate(_QUOTES)).lower()


def ends_sentence(text: str) -> bool:
    """True where the text stops at the end of a sentence, closing quotes and brackets allowed for.

    >>> ends_sentence("项目开工。”"), ends_sentence("项目开"), ends_sentence("“项目”")
    (True, False, False)
    """
    return text.rstrip().rstrip(CLOSERS).endswith(tuple(TERMINAL))
