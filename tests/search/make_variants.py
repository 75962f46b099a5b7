"""Derive the table of traditional characters and their simplified forms from OpenCC; run it to write both copies.

python -m tests.search.make_variants
"""

from __future__ import annotations

from pathlib import Path

import opencc

ROOT = Path(__file__).resolve().parents[2]
PYTHON_TABLE = ROOT / "generator/variants.py"
BROWSER_TABLE = ROOT / "overrides/assets/search/variants.js"
URO = range(0x4E00, 0xA000)
"""The CJK Unified Ideographs block: what newspapers print."""
FOLDED_ANYWAY = "後於夥徵菸麽"
"""In GB 2312, yet hardly met in simplified print: searching by either form is worth more than telling them apart."""
ROW = 100
"""Characters a line in the Python table."""


def in_gb2312(char: str) -> bool:
    """True for characters of everyday simplified print."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def derive() -> tuple[str, str]:
    """(traditional, simplified), two strings of equal length.

    A character that simplified print uses itself (乾 of 乾坤) is no variant; neither is one whose simplified
    form is outside GB 2312: too rare to be worth its bytes.
    """
    convert = opencc.OpenCC("t2s").convert
    pairs = [(char, convert(char)) for char in map(chr, URO)]
    kept = [
        (traditional, simplified)
        for traditional, simplified in pairs
        if simplified != traditional
        and len(simplified) == 1
        and in_gb2312(simplified)
        and (traditional in FOLDED_ANYWAY or not in_gb2312(traditional))
    ]
    return "".join(t for t, _ in kept), "".join(s for _, s in kept)


def rows(text: str) -> str:
    """The string as lines of an implicit concatenation."""
    return "\n".join(f'    "{text[at : at + ROW]}"' for at in range(0, len(text), ROW))


def python_table() -> str:
    """The module for the index."""
    traditional, simplified = derive()
    return (
        '"""Traditional characters and their simplified forms, derived from OpenCC by tests.search.make_variants."""'
        "\n\n"
        f"TRADITIONAL = (\n{rows(traditional)}\n)\nSIMPLIFIED = (\n{rows(simplified)}\n)\n"
    )


def browser_table() -> str:
    """The module for the search page."""
    traditional, simplified = derive()
    return (
        "// Traditional characters and their simplified forms, derived from OpenCC by tests/search/make_variants.py.\n"
        f'export const TRADITIONAL =\n  "{traditional}";\nexport const SIMPLIFIED =\n  "{simplified}";\n'
    )


if __name__ == "__main__":
    PYTHON_TABLE.write_text(python_table(), encoding="utf-8")
    BROWSER_TABLE.write_text(browser_table(), encoding="utf-8")
