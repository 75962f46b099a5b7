"""The Chinese of newspapers, as far as text alone shows it: widths, sentence ends, numerals."""

from __future__ import annotations

import re
import unicodedata

from generator.variants import SIMPLIFIED, TRADITIONAL

HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ffff]"
HAN_RE = re.compile(HAN)
TERMINAL = "。！？!?…"
"""A sentence may end in one of these."""
CLOSERS = "”’」』）)》】〉］]\"'"
"""May follow the end of a sentence."""

_COMPOUND = (
    "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 司徒 夏侯 端木 宇文 长孙 呼延 "
    "申屠 拓跋 南宫 独孤 第五 澹台 公冶 轩辕 闻人 百里 东郭 赫连 钟离 鲜于 司空"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND.split())
"""复姓: surnames of two characters."""

_BLANKS = re.compile(r"\s+")
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
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text).translate(_QUOTES)).lower()


def letters(text: str) -> str:
    """The text's letters and figures alone, width and case folded away.

    >>> letters("“ＡＭＯＬＥＤ ”项目！")
    'amoled项目'
    """
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", text).lower())


_NO_LETTERS = re.compile(r"\W+")


def nearly_equal(a: str, b: str) -> bool:
    """True for equal texts, given in letters; in texts of eight and more a few may be misread.

    >>> nearly_equal("高新区新添两座研发大楼", "高新区新添两座研发大楼一")
    True
    """
    if a == b:
        return True
    if abs(len(a) - len(b)) > 2 or min(len(a), len(b)) < 8:
        return False
    pairs_a, pairs_b = ({t[k : k + 2] for k in range(len(t) - 1)} for t in (a, b))
    return len(pairs_a & pairs_b) >= 0.8 * max(len(pairs_a), len(pairs_b))


def ends_sentence(text: str) -> bool:
    """True where the text stops at the end of a sentence, closing quotes and brackets allowed for.

    >>> ends_sentence("项目开工。”"), ends_sentence("项目开"), ends_sentence("“项目”")
    (True, False, False)
    """
    return text.rstrip().rstrip(CLOSERS).endswith(tuple(TERMINAL))


HALF_TO_FULL = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
_HALF = re.compile(f"[{re.escape(''.join(HALF_TO_FULL))}]")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60“”‘’—…·\U00020000-\U0002ffff]")


def is_wide(char: str) -> bool:
    """True for a character of Chinese text: Han, or punctuation that is set full width."""
    return _WIDE.match(char) is not None


def stray_blanks(text: str) -> list[int]:
    """Offsets of blanks that running Chinese text does not have.

    A blank between Chinese characters, or between Chinese and a figure, is left over from a line end; one beside
    a Latin word is kept, a single one.

    >>> text = "西永微电 园有 AMOLED  产品 12 条"
    >>> "".join(c for i, c in enumerate(text) if i not in stray_blanks(text))
    '西永微电园有 AMOLED 产品12条'
    """
    stray: list[int] = []
    for match in re.finditer(r"\s+", text):
        start, end = match.span()
        before = text[start - 1] if start else ""
        after = text[end] if end < len(text) else ""
        left = re.search(r"[A-Za-z0-9.]*$", text[:start])
        right = re.match(r"[A-Za-z0-9.]*", text[end:])
        latin = any(token and re.search("[A-Za-z]", token.group()) for token in (left, right))
        keep = bool(before and after) and latin and not (before in "\"'" or after in "\"'" or after in HALF_TO_FULL)
        if before in HALF_TO_FULL and (start < 2 or not text[start - 2].isascii()):
            keep = False
        stray += range(start + 1 if keep else start, end)
    return stray


def full_width(text: str) -> str:
    """Half-width punctuation made full width where the context is Chinese; a figure keeps its own.

    Never changes the length.

    >>> full_width("产值1,465.3亿元,比分3:2;园区(二期)增长12%,AI: yes")
    '产值1,465.3亿元，比分3:2；园区（二期）增长12%，AI: yes'
    """
    chars = list(text)
    for match in _HALF.finditer(text):
        i, char = match.start(), match.group()
        wide = HALF_TO_FULL[char]
        before = next((c for c in reversed(text[:i]) if not c.isspace()), "")
        after = next((c for c in text[i + 1 :] if not c.isspace()), "")
        if before.isdigit() and after.isdigit() and char in ",:":
            if char == "," and is_list_comma(text, i) and any(map(is_han, text)):
                chars[i] = wide
            continue
        if char == ")":
            opened = text.rfind("(", 0, i)
            if (opened >= 0 and chars[opened] == "（") or (opened < 0 and (is_wide(before) or is_wide(after))):
                chars[i] = wide
            continue
        if char == "(":
            inside = text[i + 1 : text.find(")", i)] if ")" in text[i:] else text[i + 1 :]
            if is_wide(before) or is_wide(after) or any(map(is_han, inside)):
                chars[i] = wide
            continue
        if (
            is_wide(before)
            or is_wide(after)
            or (before == "%" and char in ",;")
            or (before in "\"')]" and not after.isascii())
        ):
            chars[i] = wide
    return "".join(chars)


def is_list_comma(text: str, at: int) -> bool:
    """True where the comma at that offset between two digits is no thousands separator.

    >>> is_list_comma("1,465", 1), is_list_comma("2019,20家", 4)
    (False, True)
    """
    after = re.match(r"\d+", text[at + 1 :])
    before = re.search(r"\d+$", text[:at])
    return not (after and len(after.group()) == 3 and before and len(before.group()) <= 3)


def curly_quotes(text: str) -> str:
    """Straight quotes made curly by turns, a quote at a break of sense by its neighbours. Never changes the length.

    >>> curly_quotes('他说:"项目"已"开工"。')
    '他说:“项目”已“开工”。'
    """
    if '"' not in text and "＂" not in text:
        return text
    chars = list(text)
    open_now = False
    for i, char in enumerate(chars):
        if char in "“”":
            open_now = char == "“"
        if char not in '"＂':
            continue
        before = text[i - 1] if i else ""
        after = text[i + 1] if i + 1 < len(text) else ""
        if not open_now and i and (not after or after in "，。；、！？,;!?)）") and before not in "，：,:（(":
            chars[i] = "”"
        elif open_now and before in "：:（(" and after:
            chars[i] = "“"
        else:
            chars[i] = "”" if open_now else "“"
            open_now = not open_now
    return "".join(chars)


_COMPARED = re.compile(r"[^\s\"'“”‘’「」『』()（）\[\]［］【】〔〕《》〈〉<>·•・‧—–―‐‑−－~～-]+")
_WIDE_LATIN = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_NARROW_LATIN = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}


_SOME_TRADITIONAL = re.compile(f"[{TRADITIONAL}]")
_SIMPLER = str.maketrans(TRADITIONAL, SIMPLIFIED)


def simplified(text: str) -> str:
    """Text with traditional characters made simplified, one by one: the length stays.

    >>> simplified("蘇州工業園區")
    '苏州工业园区'
    """
    return text.translate(_SIMPLER) if _SOME_TRADITIONAL.search(text) else text


def squeeze(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Text for looking names up in: blanks, quotes, brackets, dashes, middle dots dropped; case, width, script folded.

    The second value lists (offset in the result, offset in the text) where a one-to-one run begins, ascending.

    >>> squeeze("中国（上海） 自贸区")
    ('中国上海自贸区', ((0, 0), (2, 3), (4, 7)))
    """
    kept, runs = kept_runs(text)
    return folded(kept), runs


def kept_runs(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """What `squeeze` keeps of a text, not folded yet: several texts are folded at once more quickly."""
    runs: list[tuple[int, int]] = []
    kept: list[str] = []
    length = 0
    for match in _COMPARED.finditer(text):
        start, end = match.span()
        runs.append((length, start))
        kept.append(match.group())
        length += end - start
    return "".join(kept), tuple(runs)


def folded(kept: str) -> str:
    """Kept text with case, width and script folded, character by character.

    >>> folded("ＡＩ蘇州İ")
    'ai苏州İ'
    """
    text = simplified(kept)
    if _WIDE_LATIN.search(text):
        text = text.translate(_NARROW_LATIN)
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(char if len(char.lower()) > 1 else char.lower() for char in text)
