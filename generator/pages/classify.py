"""What each block is on its page, headline, byline, caption or body, with the reasons; nothing is moved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from generator.chinese import ends_sentence, is_han, letters, nearly_equal, stray_blanks
from generator.language import language, symbols, word_gain
from generator.model import Block, Page, Passage, Reason, Role
from generator.pages.patterns import (
    ADVERT,
    ADVERT_BODY,
    ADVERT_OFFER,
    ADVERT_SIGNS,
    CAPTION_OPENING,
    CELL_NAMES,
    CELLS,
    COLUMN_NAME,
    COLUMN_WORDS,
    CONTINUED_FROM,
    CONTINUED_ON,
    COUNTED,
    CREDIT,
    CREDITS,
    DUTIES,
    FURNITURE,
    INDEX_ENTRY,
    INVITATION,
    LABELLED,
    LISTED,
    MADE_BY,
    MARKS,
    ROLE_WORD,
    SECTION,
    TABLE_ROW,
    TABLE_TITLE,
    TABLE_UNIT,
    author_with_office,
    byline_names,
    dateline_end,
    is_scene,
    is_view,
    page_head,
    signed_by_editors,
    spaced_names,
    split_names,
    tail_byline,
)

HEAD_LENGTH = 44
"""A headline line has at most this many characters."""


def classify(page: Page) -> Page:
    """The page with a role for each block; blocks that hold two things (dateline and body, body and names) are cut."""
    blocks = _bold_questions(page, before_heads(page))
    for rule in (_above_headline, _heads, _picture_titles, _columns, _duplicates):
        blocks = rule(blocks)
    return replace(page, blocks=tuple(blocks))


def before_heads(page: Page) -> list[Block]:
    """The page's blocks with the roles that sure signs give; what is left is body or head."""
    following = [*(block.text for block in page.blocks[1:]), ""]
    story = "\n".join(block.text for block in page.blocks if ends_sentence(block.text) or len(block.text) > HEAD_LENGTH)
    blocks = [
        part for block, after in zip(page.blocks, following, strict=False) for part in _parts(block, after, story)
    ]
    for rule in (_sections, _tables, _sure, _adverts, _captions, _bare_bylines, _repeats):
        blocks = rule(blocks)
    return blocks


# -- cutting ---------------------------------------------------------------------------------------------------


def _parts(block: Block, after: str, story: str) -> Iterator[Block]:
    """The block, cut where a dateline ends, where names follow the last sentence, and at 上接/下转 notes.

    after: the text of the block below; what goes on there is no name. story: the running text of the page; whom it
    tells of has not written it.
    """
    text = block.text
    begin, end = 0, len(text)
    dateline = dateline_end(text)
    if dateline and (dateline == len(text) or split_names(text[dateline:])):
        yield _cut(block, 0, len(text), Role.DATELINE, "dateline")
        return
    if dateline and not block.level:
        begin = dateline
        yield _cut(block, 0, begin, Role.DATELINE, "dateline")
    note = CONTINUED_FROM.match(text, begin)
    if note and note.end() < len(text):
        yield _cut(block, begin, note.end(), Role.FURNITURE, "continued from")
        begin = note.end()
    onward = [m for m in CONTINUED_ON.finditer(text, begin) if m.end() == len(text)]
    if onward and onward[0].start() > begin:
        end = onward[0].start()
    names = tail_byline(text[:end])
    stop = end
    if names > begin and len(text[begin:names]) >= 12:
        name = text[names:end].strip()
        end = end if _goes_on(name, after) or _told_of(name, story) else names
    if (begin, end) == (0, len(text)):
        yield block
        return
    if begin < end:
        yield _cut(block, begin, end)
    if end < stop:
        yield _cut(block, end, stop, Role.BYLINE, "names after the last sentence")
    if stop < len(text):
        yield _cut(block, stop, len(text), Role.FURNITURE, "continued on")


_SAYS = ("说", "表示", "介绍", "告诉", "认为", "指出", "坦言", "称", "透露", "强调", "在", "，", ",", "、", "的")


_EDITORS_NOTE = re.compile("(?:编后|编者|回复|答复|回音|.{2,4}(?:读者|同志|先生|女士))[^，。]{0,6}[:：]")


def _goes_on(name: str, after: str) -> bool:
    """True where names don't end the story: an editor's note follows, or the text below goes on with a bare name."""
    if _EDITORS_NOTE.match(after):
        return True
    if not after or not _BARE_NAME.fullmatch(name):
        return False
    return after.startswith(_SAYS) or word_gain(name, after) > 0


def _told_of(name: str, story: str) -> bool:
    """True for one bare name, or the begin of one, that stands amid a sentence somewhere: what follows is cut away."""
    if not _BARE_NAME.fullmatch(name):
        return False
    return (
        re.search(rf"(?<!记者)(?<!讯员)(?<![ \u3000（(、\n]){name}(?![ \u3000）)/／、摄供文图\n]|$)", story) is not None
    )


_BARE_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")


def _cut(block: Block, start: int, end: int, role: Role = Role.UNREAD, rule: str = "") -> Block:
    """Part of a block as a block; only the first part keeps the blank lines above."""
    passage = block.passage.cut(start, end)
    reasons = (Reason(rule, 1.0, passage.text[:20]),) if rule else ()
    gap = 0 if start else block.gap
    return replace(block, passage=passage, role=role, gap=gap, reasons=block.reasons + reasons)


# -- sure signs ------------------------------------------------------------------------------------------------


def _empty(block: Block) -> str:
    return "nothing but marks" if not block.text.strip() else ""


def _table(block: Block) -> str:
    text = block.text
    return "cells" if text.count("|") >= 2 or re.fullmatch(r"[-|:+= ]{3,}", text) else ""


def _furniture(block: Block) -> str:
    """A masthead, page number, date line, hotline or the names of those who made the page."""
    text = block.text
    if page_head(text, edge=False) or any(p.fullmatch(text) for p in (DUTIES, LABELLED, CREDITS)):
        return text
    if len(text) > 70:
        return ""
    found = FURNITURE.search(text) or INVITATION.search(text)
    told = "，" in text and not re.search("[:：@]|责编|编辑", text)
    if not found or told or (ends_sentence(text) and len(text) > 30):
        return ""
    return found.group()


def _continued(block: Block) -> str:
    found = next((m for p in (CONTINUED_ON, CONTINUED_FROM, INDEX_ENTRY) if (m := p.fullmatch(block.text))), None)
    return found.group() if found else ""


def _advert(block: Block) -> str:
    text = block.text
    found = ADVERT.search(text) if len(text) <= 60 and (not ends_sentence(text) or ADVERT_BODY.search(text)) else None
    return found.group() if found else ""


def _offer(block: Block) -> str:
    """What makes a whole paragraph a small advertisement: several of its words, and nothing of a report."""
    text = block.text
    offer = ADVERT_OFFER.search(text) if len(text) <= ADVERT_LENGTH and not _REPORTS.search(text) else None
    signs = set(ADVERT_SIGNS.findall(text)) if offer else set()
    return " ".join(sorted(signs)) if len(signs) >= ADVERT_LEAST else ""


_REPORTS = re.compile("[“”]|记者|昨[天日]|近日|日前")
ADVERT_LENGTH = 160
"""A small advertisement in one paragraph has at most this many characters …"""
ADVERT_LEAST = 3
"""… and at least this many words of ADVERT_SIGNS."""


def _signed_byline(block: Block) -> str:
    """A byline by its mark (►), by a role word (本报记者) or by what each has made (文/某某 图/某某)."""
    text = block.text
    if signed_by_editors(text):
        return text
    names = byline_names(text)
    if not names:
        return ""
    signed = text[:1] in MARKS or ROLE_WORD.search(text) is not None or MADE_BY.search(text) is not None
    return " ".join(names) if signed else ""


def _bare_bylines(blocks: Sequence[Block]) -> list[Block]:
    """Lines of nothing but names: bylines where they stand below a headline or after a story's last sentence."""
    done = list(blocks)
    for i, block in enumerate(blocks):
        bare = block.role is Role.UNREAD and not block.level and not block.text.endswith(("：", ":"))
        names = byline_names(block.text) if bare else None
        if not names:
            below = i > 0 and (
                _may_head(blocks[i - 1]) or _below_a_head(blocks, i - 1) or done[i - 1].role is Role.BYLINE
            )
            spaced = spaced_names(block.text) if bare and below else []
            if spaced:
                done[i] = _as(block, Role.BYLINE, "characters set apart", " ".join(spaced))
                continue
            if bare and below and author_with_office(block.text):
                done[i] = _as(block, Role.BYLINE, "author with office", block.text)
            continue
        before = next((b for b in reversed(done[:i]) if b.role is not Role.CAPTION), None)
        subtitle = i > 0 and _below_a_head(blocks, i - 1)
        below_head = before is not None and (_may_head(before) or subtitle or before.role is Role.BYLINE)
        ended = before is not None and ends_sentence(before.text)
        after = blocks[i + 1].text if i + 1 < len(blocks) else ""
        several = len(names) > 1 and all(len(name) == FULL_NAME for name in names)
        if below_head or several or (ended and not _goes_on(block.text, after)):
            done[i] = _as(block, Role.BYLINE, "nothing but names", " ".join(names))
    return done


FULL_NAME = 3
"""Most names have three characters; two such side by side are hardly anything else."""


def _column(block: Block) -> str:
    text = re.sub(r"\s", "", block.text.strip(f"【】[]{MARKS} "))
    text = re.sub(r"^[A-Za-z&]+(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[A-Za-z&]+$", "", text)
    words = list(COLUMN_WORDS.finditer(text))
    last = words[-1] if words and (words[-1].end() == len(text) or len(text) <= 4) else None
    found = COLUMN_NAME.fullmatch(text) or last
    return found.group() if found and 2 <= len(text) <= 8 and not ends_sentence(text) else ""


_SURE: tuple[tuple[Role, Callable[[Block], str]], ...] = (
    (Role.FURNITURE, _empty),
    (Role.TABLE, _table),
    (Role.FURNITURE, _continued),
    (Role.ADVERT, _advert),
    (Role.FURNITURE, _furniture),
    (Role.BYLINE, _signed_byline),
)
"""Signs that one line alone shows, first match wins; each gives what it saw, empty for no."""


def _sections(blocks: Sequence[Block]) -> list[Block]:
    """The section's name, and the number of the sheet, among the first lines of a page or at its foot."""
    done = list(blocks)
    for i, block in enumerate(blocks):
        top = i < TOP_LINES and not any(ends_sentence(b.text) for b in blocks[:i])
        if block.role is not Role.UNREAD or block.level or not (top or i >= len(blocks) - FOOT_LINES):
            continue
        if (SECTION.match(block.text) and (top or block.text[-1].isdigit())) or page_head(block.text, edge=True):
            done[i] = _as(block, Role.FURNITURE, "section name", block.text)
    return done


TOP_LINES = 4
FOOT_LINES = 2


def _tables(blocks: Sequence[Block]) -> list[Block]:
    """Rows of a table: lines one below the other of which at least two end in a figure; their title with them.

    Where blank lines part the rows, three of them make a table.
    """
    done = list(blocks)
    for chunk in _line_chunks(blocks):
        for i in _rows(blocks, chunk):
            done[i] = _as(blocks[i], Role.TABLE, "rows of figures", blocks[i].text)
    for start, end in _row_runs(done):
        for i in range(start, end):
            if done[i].role is Role.UNREAD:
                done[i] = _as(blocks[i], Role.TABLE, "rows of figures", blocks[i].text)
    for i, block in enumerate(blocks):
        beside = {b.role for b in (*done[i + 1 : i + 2], *done[max(0, i - 1) : i])}
        if block.role is Role.UNREAD and done[i].role is Role.UNREAD and Role.TABLE in beside:
            titles = done[i + 1 : i + 2] and done[i + 1].role is Role.TABLE and TABLE_TITLE.search(block.text)
            if titles or TABLE_UNIT.match(block.text):
                done[i] = _as(block, Role.TABLE, "beside rows of figures", block.text)
    return done


def _rows(blocks: Sequence[Block], chunk: Sequence[int]) -> Sequence[int]:
    """The lines of a chunk that are a table: two rows with figures or more, and the title and cells' names above."""
    if any(blocks[i].role is not Role.UNREAD for i in chunk):
        return []
    rows = [i for i in chunk if TABLE_ROW.match(blocks[i].text)]
    if len(rows) >= 2 and len(rows) >= len(chunk) - 1:
        return chunk
    rows = [i for i in chunk if CELLS.match(blocks[i].text) or TABLE_ROW.match(blocks[i].text)]
    above = [i for i in chunk if rows and i < rows[0]]
    whole = len(rows) >= 2 and len(above) + len(rows) == len(chunk) and len(above) <= MOST_ABOVE
    told = all(TABLE_UNIT.match(blocks[i].text) or CELL_NAMES.match(blocks[i].text) for i in above[1:])
    return chunk if whole and told and not any(ends_sentence(blocks[i].text) for i in above) else []


MOST_ABOVE = 3
"""Lines above a table's rows: its title, the unit, the names of the cells."""
LEAST_ROWS = 3


def _row_runs(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Half-open ranges of blocks that are rows of figures, LEAST_ROWS or more in a row."""
    start = 0
    for i in range(len(blocks) + 1):
        row = i < len(blocks) and blocks[i].role in {Role.UNREAD, Role.TABLE} and TABLE_ROW.match(blocks[i].text)
        if row:
            continue
        if i - start >= LEAST_ROWS:
            yield start, i
        start = i + 1


def _sure(blocks: Sequence[Block]) -> list[Block]:
    done = []
    for block in blocks:
        role, seen, rule = block.role, "", ""
        if role is Role.UNREAD:
            for candidate, sign in _SURE:
                seen = sign(block)
                if seen:
                    role, rule = candidate, sign.__name__.strip("_")
                    break
        done.append(_as(block, role, rule, seen) if seen else block)
    return done


def _adverts(blocks: Sequence[Block]) -> list[Block]:
    """The text below the title of an advertisement, as far down as it speaks like one."""
    done = list(blocks)
    for i, block in enumerate(blocks):
        signed = i > 0 and blocks[i - 1].role in {Role.BYLINE, Role.DATELINE}
        offer = _offer(block) if block.role is Role.UNREAD and not signed else ""
        if offer:
            done[i] = _as(block, Role.ADVERT, "small advertisement", offer)
        if block.role is not Role.ADVERT:
            continue
        last = i
        while last + 1 < len(blocks) and blocks[last + 1].gap == 0 and blocks[last + 1].line > block.line:
            if block.gap == 0 or blocks[last + 1].role not in {Role.UNREAD, Role.ADVERT, Role.FURNITURE, Role.TABLE}:
                break
            last += 1
        for j in range(i + 1, min(i + 1 + ADVERT_BLOCKS, len(blocks))):
            if blocks[j].role not in {Role.UNREAD, Role.ADVERT, Role.FURNITURE}:
                break
            if blocks[j].role is Role.UNREAD and ADVERT_BODY.search(blocks[j].text):
                last = max(last, j)
        while last > i and last + 1 < len(blocks) and _closes_notice(blocks[last + 1]):
            last += 1
        for j in range(i + 1, last + 1):
            if done[j].role is Role.UNREAD:
                done[j] = _as(blocks[j], Role.ADVERT, "below the title of an advertisement", block.text)
    return done


def _closes_notice(block: Block) -> bool:
    """True for a row of figures, or for who gives notice and when, below the text of a notice."""
    rows = CELLS.match(block.text) or CELL_NAMES.match(block.text)
    return block.role is Role.UNREAD and bool(
        rows or _OFFICE_NAME.fullmatch(block.text) or page_head(block.text, edge=True)
    )


_OFFICE_NAME = re.compile(r"[\u4e00-\u9fff（）]{4,24}(?:[局厅]|管委会|委员会|公司|法院|办公室|政府)")
ADVERT_BLOCKS = 5
"""An advertisement has at most this many blocks below its title."""


def _as(block: Block, role: Role, rule: str, seen: str = "", weight: float = 1.0) -> Block:
    return replace(block, role=role, reasons=(*block.reasons, Reason(rule, weight, seen)))


# -- captions --------------------------------------------------------------------------------------------------

CAPTION_LENGTH = 90
PHOTO_STORY = 200
"""A picture with a title and a text of its own has at most this many characters of text."""


def _captions(blocks: Sequence[Block]) -> list[Block]:
    """Captions and credits: by their own words, or as the other lines of a chunk that holds a credit."""
    done = list(blocks)
    bullets = _bullets(blocks)
    for chunk in chain.from_iterable(_captions_in(blocks, lines) for lines in _line_chunks(blocks)):
        text = "".join(blocks[i].text for i in chunk)
        if len(text) > (PHOTO_STORY if _photo_item(blocks, chunk) else CAPTION_LENGTH) or any(
            blocks[i].role not in {Role.UNREAD, Role.BYLINE} for i in chunk
        ):
            continue
        credit = next((m for i in chunk if (m := CREDIT.search(blocks[i].text))), None)
        opening = None if text[:1] in bullets else CAPTION_OPENING.match(text)
        last = chunk[-1]
        signed = [blocks[i].text for i in chunk if blocks[i].role is Role.BYLINE]
        if signed and (not credit or any("文" in line and MADE_BY.search(line) for line in signed)):
            continue
        scene = len(chunk) == 1 and _amid_text(blocks, chunk[0]) and _pictured(blocks, chunk[0])
        if credit or scene or (opening and len(text) <= 60):
            sign = credit or opening
            rule = "photo credit" if credit else "caption opening" if opening else "scene"
        elif (
            blocks[chunk[0]].gap >= 3
            and len(text) <= 50
            and not blocks[chunk[0]].level
            and _apart(blocks, chunk[0], last)
        ):
            sign, rule = None, "short line set apart"
        else:
            continue
        for i in chunk:
            done[i] = _as(replace(blocks[i], role=Role.UNREAD), Role.CAPTION, rule, sign.group() if sign else "")
    return done


def _pictured(blocks: Sequence[Block], i: int) -> bool:
    """True for a line that tells what a picture shows; of dated ones and mere names only amid a broken sentence."""
    text = blocks[i].text
    broken = not ends_sentence(blocks[i - 1].text)
    return (is_scene(text) and (broken or not text[:1].isdigit())) or (broken and is_view(text))


def _amid_text(blocks: Sequence[Block], i: int) -> bool:
    """True between two blocks of running text."""
    beside = (*blocks[max(0, i - 1) : i], *blocks[i + 1 : i + 2])
    return len(beside) == 2 and all(b.role is Role.UNREAD and not _may_head(b) for b in beside)


def _captions_in(blocks: Sequence[Block], chunk: Sequence[int]) -> Iterator[Sequence[int]]:
    """The lines that may be a caption together: a chunk, or of one with more lines than a caption has …

    … each line with a credit, and where it holds nothing else the one above that is no running text; each other line.
    """
    if len(chunk) < MANY_LINES:
        yield chunk
        return
    first = 0
    for last, i in enumerate(chunk):
        if CREDIT.search(blocks[i].text):
            above = blocks[chunk[last - 1]].text if last > first else ""
            whole = len(blocks[i].text) > CREDIT_ALONE or not 0 < len(above) <= HEAD_LENGTH
            yield chunk[last if whole else last - 1 : last + 1]
            first = last + 1
        elif last:
            yield chunk[last : last + 1]


MANY_LINES = 4
"""A chunk of so many lines is a page without blank lines, and its captions are told line by line."""
CREDIT_ALONE = 14
"""A line with a credit and more than this many characters has a caption in it."""


def _bullets(blocks: Sequence[Block]) -> frozenset[str]:
    """Marks (△) that begin two or more whole reports without a credit: bullets there, pointing to no picture."""
    firsts = [
        b.text[0]
        for b in blocks
        if b.role is Role.UNREAD
        and ends_sentence(b.text)
        and CAPTION_OPENING.match(b.text)
        and not CREDIT.search(b.text)
    ]
    return frozenset(first for first in firsts if first in MARKS and firsts.count(first) >= 2)


def _photo_item(blocks: Sequence[Block], chunk: Sequence[int]) -> bool:
    """True for one line of text right below a possible headline with a line of nothing but the credit under it."""
    if len(chunk) != 2 or not chunk[0]:
        return False
    text, credit = (blocks[i].text for i in chunk)
    return _may_head(blocks[chunk[0] - 1]) and ends_sentence(text) and len(credit) <= 24 and bool(CREDIT.search(credit))


def _apart(blocks: Sequence[Block], first: int, last: int) -> bool:
    """True where the running text before and after those blocks is broken in mid-sentence by them."""
    before = blocks[first - 1].text if first else ""
    return bool(before) and len(before) > HEAD_LENGTH and not ends_sentence(before) and last + 1 < len(blocks)


def _line_chunks(blocks: Sequence[Block]) -> Iterator[list[int]]:
    """Indexes of blocks that stand on lines without a blank line between them."""
    chunk: list[int] = []
    for i, block in enumerate(blocks):
        if chunk and (block.gap > 0 or block.line == blocks[i - 1].line):
            if block.line == blocks[i - 1].line and block.gap == 0:
                chunk.append(i)
                continue
            yield chunk
            chunk = []
        chunk.append(i)
    if chunk:
        yield chunk


# -- text that stands twice ------------------------------------------------------------------------------------

GRAM = 4
"""Characters in a row that count as repeated; short enough to survive a misread character."""


def _repeats(blocks: Sequence[Block]) -> list[Block]:
    """Pull quotes and leads: a block of a sentence or two nearly all of which stands in one longer block of body."""
    folded = [letters(b.text) if b.role is Role.UNREAD else "" for b in blocks]
    grams = [[text[k : k + GRAM] for k in range(len(text) - GRAM + 1)] for text in folded]
    often = Counter(chain.from_iterable(grams))
    places: dict[str, set[int]] = {}
    for i, row in enumerate(grams):
        for gram in row:
            if often[gram] > 1:
                places.setdefault(gram, set()).add(i)
    done = list(blocks)
    for i, text in enumerate(folded):
        opener = _before_head(blocks, i)
        below = blocks[i + 1] if i + 1 < len(blocks) else None
        led = below is not None and (_may_head(below) or opener)
        if led and _DASHES.search(blocks[i].text) and len(text) >= 16 and blocks[i].role is Role.UNREAD:
            done[i] = _as(blocks[i], Role.KICKER, "lead above a headline", blocks[i].text[-4:])
            continue
        short = 6 <= len(text) < 20 and _QUOTED.fullmatch(blocks[i].text) is not None
        if short and any(text in other and len(other) >= len(text) + 8 for other in folded):
            done[i] = _as(blocks[i], Role.PULL_QUOTE, "quoted in the body", blocks[i].text)
            continue
        if not 20 <= len(text) <= 200 or _may_head(blocks[i]) or not ends_sentence(blocks[i].text):
            continue
        if not opener and _opens_or_goes_on(blocks, i):
            continue
        shares = Counter(j for gram in grams[i] for j in places.get(gram, ()))
        twins = [j for j, n in shares.items() if n >= 0.75 * len(grams[i]) and done[j].role is Role.UNREAD and j != i]
        twins = [j for j in twins if opener or _begins_a_clause(text, blocks[j].text)]
        twins = [j for j in twins if opener or _ornament(blocks, i, len(text)) > _ornament(blocks, j, len(folded[j]))]
        if twins:
            role = Role.KICKER if opener else Role.PULL_QUOTE
            done[i] = _as(blocks[i], role, "stands in the body again", f"第{blocks[twins[0]].line}行")
    return done


def _begins_a_clause(text: str, whole: str) -> bool:
    """True where the text, given in letters, stands in the whole from the begin of a clause on: what is quoted does.

    Its first letters may be misread.
    """
    places = [(k, letter) for k, char in enumerate(whole) for letter in letters(char)]
    folded = "".join(letter for _, letter in places)
    for skipped in range(MISREAD + 1):
        found = folded.find(text[skipped : skipped + GRAM])
        if found >= skipped:
            first = places[found - skipped][0]
            return first == 0 or not letters(whole[first - 1])
    return False


MISREAD = 2
"""Letters at the begin of a quote that may be misread."""


def _opens_or_goes_on(blocks: Sequence[Block], i: int) -> bool:
    """True for a lead, right below a byline, and for text that completes a word or a figure above it."""
    above = next((b for b in reversed(blocks[:i]) if b.role is not Role.CAPTION), None)
    if above is None or above.role in {Role.BYLINE, Role.DATELINE}:
        return above is not None
    cut = above.text[-1:].isdigit() and _UNIT.match(blocks[i].text) is not None
    return cut or (not ends_sentence(above.text) and word_gain(above.text, blocks[i].text) > CUT_WORD)


_UNIT = re.compile(r"[年月日时%％℃]|[个多余]?[十百千万亿]|[元家个人次台吨公平]")
"""2010 | 年出口30万吨: a figure cut from its unit"""
_QUOTED = re.compile(r"[“\"][^“”\"]*[。！？…][”\"]")
"""“最贵的不是设备，是等设备的人。” a sentence in quotes and nothing else"""


def _ornament(blocks: Sequence[Block], i: int, length: int) -> tuple[int, int, int]:
    """Of two blocks with the same text the one with the larger value is the ornament.

    That is the shorter one, of two of a length the one that breaks a sentence in two, else the later.
    """
    before = next((b for b in reversed(blocks[:i]) if b.role is not Role.CAPTION), None)
    broken = (
        before is not None
        and before.role is Role.UNREAD
        and (not _may_head(before) or "，" in before.text)
        and not ends_sentence(before.text)
    )
    return (-(length // 8), int(broken), i)


_DASHES = re.compile(r"(?:——|--)\s*$")


def _before_head(blocks: Sequence[Block], i: int) -> bool:
    """True for a block that stands at the top of the page or after a story's end, right above a possible headline."""
    after = next((b for b in blocks[i + 1 :] if b.role not in {Role.CAPTION, Role.FURNITURE}), None)
    before = next((b for b in reversed(blocks[:i]) if b.role not in {Role.CAPTION, Role.FURNITURE}), None)
    return after is not None and _may_head(after) and (before is None or before.role is Role.BYLINE)


# -- heads -----------------------------------------------------------------------------------------------------


def _may_head(block: Block) -> bool:
    """True for a line that can be a line of a headline or a subhead by its own shape."""
    text = block.text
    if block.role is not Role.UNREAD or not (any(map(is_han, text)) or _LATIN_HEAD.fullmatch(text)):
        return False
    if "。" in text or len(text) > (2 if block.level else 1) * HEAD_LENGTH or _SPEAKS.match(text):
        return False
    if _IN_BRACKETS.fullmatch(text) or text[-1] in "“《（(":
        return False
    if block.level:
        return len(text) <= 30 or len(re.findall("[，,；]", text)) < 2
    return text[-1] not in "…；;，,、" and text[0] not in "，、；：！？”’）》,;)"


_IN_BRACKETS = re.compile(r"[（(][^（()）]{6,}[)）]|《[^》]+》[ \u3000]*[（(][^（()）]*\d+[^（()）]*[)）]")
"""（光明日报记者 某某）; 《光明日报》（2018年4月25日 7版）: where a text is from stands below it, never above"""
_LATIN_HEAD = re.compile(
    r"(?=(?:.*\b[A-Z][a-z]+){2})(?!.*(?:@|www|http))[A-Z0-9][^\u4e00-\u9fff。，]{6,43}[^.,;:\u4e00-\u9fff]"
)
"""New Plant Rolls Out Its First Car: the headline once more in another language"""
_SPEAKS = re.compile(r"(?:问|答|[QA]|记者|主持人|采访者|本报记者)[:：]")
"""问：……; a line of an interview is text, be it as short as it will"""

Feature = tuple[str, float, str]
"""Name, value (usually 0…1), and what was seen."""

FRAGMENT_WEIGHTS = {
    "always": -4.37,
    "joins next": 0.21,
    "joins word with next": 0.95,
    "joins before": 0.14,
    "before is open": -1.29,
    "next starts open": 0.05,
    "next is byline or dateline": -7.06,
    "byline or dateline soon": -1.74,
    "page has marks": 2.20,
    "has comma": 2.80,
    "open quote or bracket": 2.75,
    "length": 4.95,
    "starts like a paragraph": 0.37,
    "ends with a colon above body": 5.87,
    "ends a sentence": 1.70,
    "ends with a function word": 0.51,
    "begins with a function word": 0.56,
    "ends as a sentence does, 1": -0.22,
    "ends as a sentence does, 2": -0.37,
    "has a 的": 0.57,
}
"""Log-odds that an unmarked short line is a piece of body and no head; fitted by tests/bench/fit_fragments.py."""


def has_marks(blocks: Sequence[Block]) -> bool:
    """True for a page whose heads are marked; a box or two with marks among many bare heads says nothing of those."""
    marks = sum(b.level > 0 for b in blocks)
    bare = sum(not b.level and _may_head(b) for b in blocks)
    return marks >= 2 and BARE_TO_MARKED * marks >= bare


BARE_TO_MARKED = 3


def fragment_features(blocks: Sequence[Block], i: int, marked: bool) -> list[Feature]:
    """What speaks for blocks[i] as a piece of body."""
    text = _running_text(blocks[i].passage).text
    before = _running(blocks, i, -1)
    after = _running(blocks, i, 1)
    nearest = blocks[i + 1] if i + 1 < len(blocks) else None
    own = symbols(text)
    last = own.rstrip('"')
    model = language()
    joins = sum(model.links(own, symbols(after[:4]))) if after and not ends_sentence(text) else 0.0
    words = word_gain(text, after) if after and not ends_sentence(text) else 0.0
    open_before = bool(before) and not ends_sentence(before)
    return [
        ("always", 1.0, ""),
        ("joins next", max(-6.0, min(joins, 15.0)), after[:4]),
        ("joins word with next", min(words, 20.0) / 4, after[:4]),
        (
            "joins before",
            max(-6.0, min(sum(model.links(symbols(before[-4:]), own)), 15.0)) if open_before else 0.0,
            before[-4:],
        ),
        ("before is open", float(open_before), before[-4:]),
        ("next starts open", max(-4.0, min(-model.opens(symbols(after)), 4.0)) if after else 0.0, after[:4]),
        ("next is byline or dateline", float(nearest is not None and nearest.role in {Role.BYLINE, Role.DATELINE}), ""),
        (
            "byline or dateline soon",
            float(any(b.role in {Role.BYLINE, Role.DATELINE} for b in blocks[i + 2 : i + 3])),
            "",
        ),
        ("page has marks", float(marked), ""),
        ("has comma", float(bool(re.search(r"[，,；;]", text))), ""),
        ("open quote or bracket", float(_unbalanced(text)), ""),
        ("length", min(len(text), 24) / 20, str(len(text))),
        ("starts like a paragraph", max(-4.0, min(model.opens(own), 4.0)), text[:3]),
        (
            "ends with a colon above body",
            float(text[-1] in "：:" and nearest is not None and nearest.role is Role.UNREAD and not _may_head(nearest)),
            text[-1:],
        ),
        ("ends a sentence", float(ends_sentence(text)), text[-1:]),
        ("ends as a sentence does, 1", _before_a_stop(last[-1:]), last[-1:]),
        ("ends as a sentence does, 2", _before_a_stop(last[-2:]), last[-2:]),
        ("has a 的", float("的" in text), ""),
        ("begins with a function word", float(text[0] in _FUNCTION_WORDS), text[:1]),
        ("ends with a function word", float(text[-1] in _FUNCTION_WORDS), text[-1:]),
    ]


def _before_a_stop(end: str) -> float:
    """How much more often than chance these characters stand before a full stop: a log ratio.

    0 where the last is not Chinese.
    """
    return max(-SURE, min(language().link(end, "。"), SURE)) if is_han(end[-1:]) else 0.0


SURE = 3.0
"""How far it counts that characters often or never stand before a full stop: a log ratio."""
_FUNCTION_WORDS = frozenset("在从而并但其对与及和或的了是也就又还且则被把于之此该这那他她它们着过得地等")


def _unbalanced(text: str) -> bool:
    """True where a quote or bracket is opened and not closed, or the other way."""
    pairs = (("“", "”"), ("（", "）"), ("《", "》"), ("「", "」"))
    return any(text.count(a) != text.count(b) for a, b in pairs) or text.count('"') % 2 == 1


def _running_text(passage: Passage) -> Passage:
    """The passage without stray blanks."""
    return passage.without(stray_blanks(passage.text))


def _running(blocks: Sequence[Block], i: int, step: int) -> str:
    """The nearest running text before or after blocks[i], captions passed over; empty at a head or byline."""
    j = i + step
    while 0 <= j < len(blocks):
        block = blocks[j]
        if block.role in {Role.CAPTION, Role.PULL_QUOTE, Role.FURNITURE}:
            j += step
            continue
        if block.role is not Role.UNREAD or (block.level and _may_head(block)):
            return ""
        return _running_text(block.passage).text
    return ""


def score(features: Sequence[Feature], weights: dict[str, float]) -> tuple[float, tuple[Reason, ...]]:
    """Sum of weight times value, and the parts that count as reasons."""
    parts = [Reason(name, round(weights[name] * value, 3), seen) for name, value, seen in features if value]
    return sum(r.weight for r in parts), tuple(r for r in parts if abs(r.weight) >= 0.05)


def _above_headline(blocks: Sequence[Block]) -> list[Block]:
    """Kickers and first lines of headlines: what stands right above a head line that a byline or dateline follows.

    The text before must have ended: else the line may as well be that text's next piece.
    """
    done = list(blocks)
    marked = has_marks(blocks)
    items = _items(blocks)
    for i, block in enumerate(blocks[:-2]):
        if (
            block.role is not Role.UNREAD
            or i in items
            or block.level
            or not (_signed_head(blocks, i + 1) or (blocks[i + 1].level and _may_head(blocks[i + 1])))
        ):
            continue
        text, head = block.text, blocks[i + 1]
        before = _text_before(blocks, done, i)
        closed = before is None or before.role is not Role.UNREAD or ends_sentence(before.text)
        clauses = re.search("[，；]", text) is not None
        first = all(b.role is Role.FURNITURE and not CONTINUED_FROM.match(b.text) for b in done[:i])
        odds, _ = score(fragment_features(blocks, i, marked), FRAGMENT_WEIGHTS)
        if len(text) <= FIRST_LINE and text[-1] in "，," and "，" not in text[:-1] and odds < 0:
            done[i] = _as(block, Role.SUBHEAD, "goes on in the headline below", head.text)
        elif first and ends_sentence(text) and len(text) <= KICKER_LENGTH and not _may_head(block):
            done[i] = _as(block, Role.KICKER, "at the top, above a headline", head.text)
        elif (
            _may_head(block)
            and odds < (MOST_ODDS_AT_TOP if first else MOST_ODDS)
            and (
                closed
                or (odds < MOST_ODDS_BROKEN and not clauses and not word_gain(before.text if before else "", text))
            )
            and not _begins_a_piece(blocks, i)
        ):
            kicker = closed and (clauses or head.level > 0 or _QUOTE_ALONE.fullmatch(text) is not None)
            done[i] = _as(block, Role.KICKER if kicker else Role.SUBHEAD, "right above a headline", head.text)
    return done


def _text_before(blocks: Sequence[Block], done: Sequence[Block], i: int) -> Block | None:
    """The nearest block above blocks[i], captions and the title of a picture passed over."""
    for j in range(i - 1, -1, -1):
        titles = j + 1 < i and blocks[j + 1].role is Role.CAPTION and _may_head(blocks[j])
        if done[j].role not in {Role.CAPTION, Role.PULL_QUOTE} and not titles:
            return done[j]
    return None


def _begins_a_piece(blocks: Sequence[Block], i: int) -> bool:
    """True for a line that is rather the first line of a paragraph cut by the column's end than a kicker."""
    text = blocks[i].text
    clauses = re.search("[，；]", text) is not None
    if _QUOTE_ALONE.fullmatch(text):
        return False
    if text[0] in "（(" or _unbalanced(text):
        return True
    later = [b.text for b in blocks[i + 2 :] if b.role is Role.UNREAD and not _may_head(b)]
    if clauses and language().opens(symbols(text)) > 1:
        return any(language().opens(symbols(after)) < GOES_ON for after in later)
    return any(word_gain(text, after) > CUT_WORD for after in later)


GOES_ON = -1.0
"""A block below that looks less like the begin of a paragraph may be what a line that breaks off goes on in."""
MOST_ODDS, MOST_ODDS_AT_TOP, MOST_ODDS_BROKEN = 3.0, 5.0, 2.0
"""By its shape alone a kicker, a clause or two, looks rather like text; up to these odds its place counts for more:

anywhere, at the top of the page, and below a text that breaks off.
"""
CUT_WORD = 6.0
"""A line whose last word is completed below, so much likelier in nats, is a piece of text."""
FIRST_LINE = 12
KICKER_LENGTH = 90
_QUOTE_ALONE = re.compile("“[^“”]+”")


def _signed_head(blocks: Sequence[Block], i: int) -> bool:
    """True where a headline begins at i and a byline or dateline follows its last line."""
    end = i
    while end < min(i + HEADLINE_LINES, len(blocks)) and (
        _may_head(blocks[end]) or (end > i and _below_a_head(blocks, end))
    ):
        end += 1
    return i < end < len(blocks) and blocks[end].role in {Role.BYLINE, Role.DATELINE}


HEADLINE_LINES = 3
"""Lines of a headline, its kicker aside."""


def _heads(blocks: Sequence[Block]) -> list[Block]:
    """Body or head for what has no role yet. Heads are subheads or headlines; stitch decides which."""
    marked = has_marks(blocks)
    asked = _speakers(blocks)
    items = _items(blocks)
    done = list(blocks)
    for i, block in enumerate(blocks):
        if block.role is not Role.UNREAD:
            continue
        spoken = i in asked or _spoken(blocks, i)
        if _below_a_head(blocks, i):
            done[i] = _as(block, Role.SUBHEAD, "in brackets below a head", block.text[:4])
            continue
        if spoken or i in items or not _may_head(block):
            body = _as(block, Role.BODY, "somebody speaks", block.text[-4:]) if spoken else block
            body = _as(body, Role.BODY, LISTED, block.text[:6]) if i in items else body
            done[i] = replace(body, role=Role.BODY, passage=_running_text(block.passage))
            continue
        if block.level:
            done[i] = _as(block, Role.SUBHEAD, "marked", "#" * block.level)
            continue
        placed = _head_by_place(blocks, i)
        if placed:
            done[i] = _as(block, Role.SUBHEAD, placed, block.text[:4])
            continue
        odds, reasons = score(fragment_features(blocks, i, marked), FRAGMENT_WEIGHTS)
        if odds > 0:
            done[i] = replace(
                block, role=Role.BODY, reasons=block.reasons + reasons, passage=_running_text(block.passage)
            )
        else:
            done[i] = replace(block, role=Role.SUBHEAD, reasons=block.reasons + reasons)
    return done


def _head_by_place(blocks: Sequence[Block], i: int) -> str:
    """What makes the line a head whatever its words are: a dash or Latin beside a head, a column's name, a caption."""
    text = blocks[i].text
    before = blocks[i - 1] if i else None
    after = blocks[i + 1] if i + 1 < len(blocks) else None
    heads = [b for b in (before, after) if b is not None and _may_head(b)]
    signed = any(b is not None and b.role is Role.BYLINE for b in (before, after))
    closed = before is None or before.role is not Role.UNREAD or ends_sentence(before.text)
    below = after if closed else None
    signs = (
        ("begins with a dash beside a head", _DASH_FIRST.match(text) and (heads or signed)),
        ("Latin beside a head", _LATIN_HEAD.fullmatch(text) and heads),
        ("below a column name", before is not None and before.role is Role.UNREAD and _column(before)),
        ("column name above a head", below is not None and _may_head(below) and _column(blocks[i])),
        (
            "above a line that begins with a dash",
            below in heads and below is not None and _DASH_FIRST.match(below.text),
        ),
        (
            "above a caption",
            below is not None
            and below.role is Role.CAPTION
            and len(text) <= PICTURE_TITLE
            and not re.search("[，,；]", text),
        ),
        ("from one to the other", closed and _from_to(text)),
    )
    return next((name for name, seen in signs if seen), "")


def _from_to(text: str) -> bool:
    """True for 从“卖机器”到“卖里程”: two ends of one length and nothing else, a common form of subheads."""
    ends = re.fullmatch("从([^，。到]{2,})到([^，。]{2,})", text)
    return ends is not None and abs(len(ends[1]) - len(ends[2])) <= 1


_DASH_FIRST = re.compile(r"[—―–-]{1,2}[\u4e00-\u9fff“《].{3,}[^。！？]$")
PICTURE_TITLE = 16


def _bold_questions(page: Page, blocks: Sequence[Block]) -> list[Block]:
    """The questions of an interview, set bold, two or more: text. A short bold question to nobody is a subhead."""
    bold = {
        i
        for i, b in enumerate(blocks)
        if b.role is Role.UNREAD and not b.level and b.text.endswith(("？", "?")) and _is_bold(page.text, b)
    }
    asked = {i for i in bold if len(blocks[i].text) >= LONG_QUESTION or _ASKED.search(blocks[i].text)}
    if len(asked) < 2:
        return list(blocks)
    return [_as(b, Role.BODY, "question in bold", b.text[-4:]) if i in bold else b for i, b in enumerate(blocks)]


LONG_QUESTION = 18
_ASKED = re.compile("[您你]|请问|请谈|[吗呢][？?]")


def _is_bold(text: str, block: Block) -> bool:
    start = block.passage.spans[0][0]
    return text.startswith(("**", "__"), start)


def _below_a_head(blocks: Sequence[Block], i: int) -> bool:
    """True for a subtitle in brackets right below a head: （一位工人的十二小时）."""
    return i > 0 and _may_head(blocks[i - 1]) and _SUBTITLE.fullmatch(blocks[i].text) is not None


_SUBTITLE = re.compile("[（(][^（()）。：:]{6,30}[)）]")


def _items(blocks: Sequence[Block]) -> set[int]:
    """Short lines in a row that all begin with a date or an hour, or all name a figure: items, not heads."""
    found: set[int] = set()
    short = [b.role is Role.UNREAD and not b.level and len(b.text) <= HEAD_LENGTH for b in blocks]
    for sort, least in _ITEM_FORMS:
        run: list[int] = []
        for i in range(len(blocks) + 1):
            if i < len(blocks) and short[i] and sort.match(blocks[i].text):
                run.append(i)
                continue
            if len(run) >= least:
                found.update(run)
            run = []
    return found


_ITEM_FORMS = (
    (
        re.compile(
            r"(?:\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?|\d{4}[.-]\d{1,2}(?:[.-]\d{1,2})?)"
            r"[ \u3000，：:]"
        ),
        2,
    ),
    (re.compile(r"\d{1,2}[:：]\d{2}[ \u3000]"), 2),
    (re.compile(r"[^，。：:]{2,14}[：:][^，。：:]{0,12}\d[^。：:]{0,20}$"), 2),
    (re.compile(r"[\d,.]+[%％万亿个家项倍 ][^，。：:]{0,8}[：:]"), 2),
    (re.compile(r"[^，。：:\s]{2,8}[：:][^，。：:]{1,8}$"), 3),
    (re.compile(r"\d{1,2}[.、．][^，。？?]{2,30}$"), 3),
)
"""Forms of items, and how many must stand in a row: 1992年3月 某园获批; 04:00 开门; 市场主体：167户→28.6万户;

37%：产值增速; 学制：两年; 3.河口某厂
"""


def _speakers(blocks: Sequence[Block]) -> set[int]:
    """Lines that begin with one and the same speaker (某报：, 某某：), three or more on the page."""
    said: dict[str, set[int]] = {}
    for i, block in enumerate(blocks):
        name = _SPEAKER.match(block.text)
        if name and block.role is Role.UNREAD and not block.level:
            said.setdefault(name.group(), set()).add(i)
    return set().union(*(lines for lines in said.values() if len(lines) >= TURNS))


_SPEAKER = re.compile(r"[\u4e00-\u9fff]{2,6}[:：](?=.)")
TURNS = 3
_QUESTION = re.compile(
    r"(?:为什么|为何|怎么办|怎么回事|何以如此|何以见得|原因何在|结果呢|后来呢|现在呢|然后呢|为啥)[？?]"
)


def _spoken(blocks: Sequence[Block], i: int) -> bool:
    """True for a whole sentence in quotes, or a question of two or three characters, between lines of body."""
    text = blocks[i].text
    if blocks[i].level or not (_QUESTION.fullmatch(text) or (_QUOTED.fullmatch(text) and len(text) <= SPOKEN)):
        return False
    beside = [b for b in (*blocks[i - 1 : i], *blocks[i + 1 : i + 2]) if not _may_head(b)]
    return len(beside) == 2 and all(b.role is Role.UNREAD for b in beside)


SPOKEN = 20


def _picture_titles(blocks: Sequence[Block]) -> list[Block]:
    """A head with a picture's sentence and credit right below it and no text of its own: it belongs to the picture."""
    done = list(blocks)
    for i, block in enumerate(blocks):
        below = i + 1
        while below < len(blocks) and blocks[below].role is Role.CAPTION:
            below += 1
        caption = "".join(b.text for b in blocks[i + 1 : below])
        while below < len(blocks) and blocks[below].role in {Role.ADVERT, Role.FURNITURE, Role.TABLE}:
            below += 1
        lonely = below < len(blocks) and blocks[below].role in {Role.SUBHEAD, Role.KICKER}
        before = blocks[i - 1] if i else None
        alone = before is not None and (before.role is Role.BYLINE or ends_sentence(before.text))
        if block.role is Role.SUBHEAD and lonely and alone and "。" in caption and CREDIT.search(caption):
            done[i] = _as(block, Role.CAPTION, "title of a picture", caption[:12])
    return done


def _columns(blocks: Sequence[Block]) -> list[Block]:
    """Column names: a head of a few characters with a column's word in it, and another head right after."""
    done = list(blocks)
    for i, block in enumerate(blocks):
        seen = _column(block) if block.role is Role.SUBHEAD else ""
        after = blocks[i + 1] if i + 1 < len(blocks) else None
        counted = COUNTED.search(block.text) is not None and after is not None and after.role is Role.DATELINE
        below = {Role.SUBHEAD, Role.KICKER, Role.DATELINE}
        if i and blocks[i - 1].role is Role.SUBHEAD and COLUMN_NAME.fullmatch(block.text):
            below.add(Role.BYLINE)
        if seen and after is not None and after.role in below and not counted:
            done[i] = _as(block, Role.COLUMN, "column name", seen)
        elif _stands_over_heads(blocks, i):
            done[i] = _as(block, Role.COLUMN, "a few words marked above heads", after.text[:12] if after else "")
    return done


def _stands_over_heads(blocks: Sequence[Block], i: int) -> bool:
    """True for a few words right above a headline whose mark is lower, though it is no headline's mark itself."""
    block, after = blocks[i], blocks[i + 1] if i + 1 < len(blocks) else None
    above = blocks[i - 1].role if i else Role.FURNITURE
    if block.role is not Role.SUBHEAD or not block.level or after is None or after.role is not Role.SUBHEAD:
        return False
    few = len(block.text) <= FEW_WORDS and _PLAIN_WORDS.fullmatch(block.text) is not None
    highest = min(b.level for b in blocks if b.level)
    return few and highest < block.level < after.level and above not in {Role.SUBHEAD, Role.KICKER, Role.COLUMN}


FEW_WORDS = 8
_PLAIN_WORDS = re.compile(r"[\u4e00-\u9fff]+")


def _duplicates(blocks: Sequence[Block]) -> list[Block]:
    """Stray copies of headlines: of equal heads the one that a story follows is the headline."""
    heads = [i for i, b in enumerate(blocks) if b.role is Role.SUBHEAD]
    texts = {i: letters(blocks[i].text) for i in heads}
    lines = {k: letters(b.text) for k, b in enumerate(blocks) if len(b.text) <= HEAD_LENGTH}
    done = list(blocks)
    for i in heads:
        for j in heads:
            if j == i or done[j].role is Role.DUPLICATE_HEADLINE or len(texts[i]) < 6:
                continue
            last = j if nearly_equal(texts[i], texts[j]) else _second_line(texts[i], j, i, lines)
            if last is None:
                continue
            told = (_story_follows(blocks, last if last == j + 1 else j), _told_below(blocks, j), j)
            if told > (_story_follows(blocks, i), _told_below(blocks, i), i):
                done[i] = _as(blocks[i], Role.DUPLICATE_HEADLINE, "stands again", f"第{blocks[j].line}行")
                break
    return done


def _second_line(whole: str, j: int, i: int, lines: Mapping[int, str]) -> int | None:
    """Index of the line below line j that makes `whole`, which stands in line i, together with it; or None.

    lines: the letters of the page's short lines.
    """
    if whole[:3] != lines.get(j, "")[:3]:
        return None
    return next((k for k, text in lines.items() if k > j and k != i and _two_lines(whole, lines[j], text)), None)


def _two_lines(whole: str, first: str, second: str) -> bool:
    """True where `whole` is the two lines one after the other."""
    return (
        abs(len(whole) - len(first) - len(second)) <= 2
        and whole[:3] == first[:3]
        and nearly_equal(whole, first + second)
    )


def _story_follows(blocks: Sequence[Block], i: int) -> int:
    """How near below a head its story stands: 3 a byline or dateline, 2 one below other head lines or a body, 0 none.

    A copy stands above the headline of another story more often than a headline of several lines is copied in part.
    """
    for j in range(i + 1, min(i + 4, len(blocks))):
        role = blocks[j].role
        if role in {Role.BYLINE, Role.DATELINE}:
            return 3 if j == i + 1 else 2
        if role is Role.BODY:
            return 2 if j == i + 1 else 0
        if role is not Role.SUBHEAD:
            return 0
    return 0


def _told_below(blocks: Sequence[Block], i: int) -> float:
    """Share of the head's character pairs that stand in the next blocks of body, in tenths."""
    head = letters(blocks[i].text)
    text = "".join([letters(b.text) for b in blocks[i + 1 :] if b.role is Role.BODY][:TOLD_IN])
    pairs = {head[k : k + 2] for k in range(len(head) - 1)}
    return round(sum(pair in text for pair in pairs) / max(1, len(pairs)), 1)


TOLD_IN = 3
"""Blocks of body below a head in which its words are looked for."""
