"""Which newspaper a page is from and when it appeared, as far as issue.yml or its text says; no day is invented."""

from __future__ import annotations

import calendar
import datetime
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from generator.model import Newspaper, PageSplit, PartialDate, Precision, Role

Day = datetime.date  # the module's own `date` is the stage


def date(split: PageSplit) -> PageSplit:
    """The page and each of its articles with newspaper and date; a page appeared on one day, so they share it."""
    paper, issue = newspaper_of(split), date_of(split)
    articles = tuple(replace(a, newspaper=paper, date=issue) for a in split.articles)
    return replace(split, newspaper=paper, date=issue, articles=articles)


def newspaper_of(split: PageSplit) -> Newspaper:
    """The newspaper by issue.yml, else by the masthead, else by datelines and bylines that name it as their own."""
    facts = split.page.facts
    if facts.newspaper:
        return Newspaper(facts.newspaper, f"据 {facts.file or 'issue.yml'}：{facts.newspaper}。")
    for line in _furniture(split):
        if match := _MASTHEAD.match(line.strip()):
            return Newspaper(match[1], f"据报头：“{line.strip()}”。")
    own = Counter(found for line in _credit_lines(split) for found in _OWN_NAME.findall(line))
    if not own:
        return Newspaper("", "issue.yml 没有写明报纸，版面上也没有报名。")
    (name, count), *others = own.most_common(2)
    if others and others[0][1] == count:
        return Newspaper("", f"版面上“{name}”和“{others[0][0]}”都有，定不下是哪一家。")
    return Newspaper(name, f"据版面上的电头或署名：“{name}”出现{count}次。")


def date_of(split: PageSplit) -> PartialDate:
    """The date by issue.yml, else by a date line of the page, else a window that the texts of the page allow."""
    facts = split.page.facts
    if facts.date:
        return PartialDate(facts.date, _precision(facts.date), f"据 {facts.file or 'issue.yml'}：{facts.date}。")
    for line in _furniture(split):
        if stated := _stated(line):
            return stated
    return _inferred(split)


_PAPER = r"[\u4e00-\u9fff]{1,9}(?:日报|晚报|早报|晨报|时报|商报|导报|周报|快报|都市报|青年报|经济报|科技报|工人报|样报)"
_MASTHEAD = re.compile(rf"^[《]?({_PAPER}(?:（[^（）]{{1,6}}）)?)[》]?(?=$|[\s\d第])")
"""科技日报; 园区样报（样例） 2022年8月12日"""
_OWN_NAME = re.compile(rf"(?:^|[（(\s◎□■►▶])({_PAPER})(?=[^\s]{{0,8}}?(?:讯|电|记者|通讯员))")
"""科技日报讯（某某）; 科技日报昆明8月3日电; 科技日报记者"""
_ISSUE_DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日(?:\s*星期([一二三四五六日天]))?")
"""2021年4月16日 星期五"""
_WEEKDAYS = "一二三四五六日"
_FIRST_YEAR, _LAST_YEAR = 1872, 2100
"""申报 began in 1872."""


def _precision(value: str) -> Precision:
    if "/" in value:
        return Precision.WINDOW
    return (Precision.YEAR, Precision.MONTH, Precision.DAY)[min(value.count("-"), 2)]


def _furniture(split: PageSplit) -> Iterator[str]:
    for item in split.unplaced:
        if item.role is Role.FURNITURE:
            yield from unicodedata.normalize("NFKC", item.passage.text).translate(_BRACKETS).splitlines()


_BRACKETS = str.maketrans("()", "（）")


def _credit_lines(split: PageSplit) -> Iterator[str]:
    for article in split.articles:
        yield from (passage.text for passage in (*article.dateline, *article.byline))
        for paragraph in article.paragraphs[:1]:
            yield from re.findall(rf"[，。]({_PAPER}记者)", paragraph.text)


def _stated(line: str) -> PartialDate | None:
    """The issue date that a line of page furniture states; None without one or where there is no such day."""
    match = _ISSUE_DATE.search(line)
    if match is None:
        return None
    day = _day(int(match[1]), int(match[2]), int(match[3]))
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return None
    basis = f"据版面上的日期行：“{line.strip()}”。"
    if match[4] and _WEEKDAYS.index(match[4].replace("天", "日")) != day.weekday():
        basis += "这一天不是行中写的星期几，请核对。"
    return PartialDate(day.isoformat(), Precision.DAY, basis)


def _day(year: int, month: int, day: int) -> Day | None:
    """A day, None where the calendar has none."""
    if not (1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return Day(year, month, day)


# --- what a text says of its time -------------------------------------------------------------------------------------


class Setting(StrEnum):
    """How a year is spoken of; the paper's own year follows each at another distance."""

    DATED_OPENING = "dated opening"
    """4月 or 4月9日 of that year is the news in the opening."""
    OPENING = "opening"
    YEAR_END = "year end"
    """截至2019年底."""
    FIGURES = "figures"
    """2019年，产值同比增长一成: the clause begins with it and tells what it came to."""
    DAY = "day"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Hints:
    """What one article's text says of the time it was written in."""

    past_year: int | None = None
    """The latest year it speaks of as present or past."""
    setting: Setting = Setting.OTHER
    """How it speaks of that year."""
    future_year: int | None = None
    """The next year it speaks of as to come."""
    plans: frozenset[int] = frozenset()
    """First years of the five-year plans it names."""
    events: tuple[str, ...] = ()
    """Keys of EVENTS."""
    since: tuple[int, int] | None = None
    """The latest (month, day) of the year of writing that is over."""
    since_words: str = ""
    news: tuple[int, int] | None = None
    """(month, day) of the news in the opening or the dateline: the paper came out soon after."""
    news_words: str = ""
    latest: Day | None = None
    """The latest day or month told as past with its year; the first day of a month."""
    latest_words: str = ""


def hints_of(texts: Iterable[str], dateline: str = "") -> Hints:
    """The hints of an article: its paragraphs, the opening first, and its dateline.

    >>> hints = hints_of(["8月26日，记者获悉，截至2019年底园区有企业百家，预计2023年翻番。"])
    >>> hints.past_year, hints.future_year, hints.news
    (2019, 2023, (8, 26))
    """
    paragraphs = [_plain(text) for text in texts]
    whole = "。".join(paragraphs)
    opening = _clauses(paragraphs[0][:_OPENING]) if paragraphs else []
    every = _clauses(whole)
    clauses = [(number, clause) for number, clause in enumerate(every) if _OF_TIME.search(clause)]
    past: list[tuple[int, Setting]] = []
    future: list[int] = []
    told: list[tuple[Day, str]] = []
    for number, clause in clauses:
        for match in _YEAR.finditer(clause):
            year = int(match[1])
            if _ahead(clause, match):
                future.append(year)
                continue
            alone = match.end() == len(clause)  # 2019年，产值增长一成: the next clause tells of it
            told_of = clause + every[number + 1] if alone and number + 1 < len(every) else clause
            past.append((year, _setting(told_of, match, opens=number < len(opening))))
            if match[2] and (day := _day(year, int(match[2]), int(match[3] or 1))):
                told.append((day, f"{year}年{match[2]}月" + (f"{match[3]}日" if match[3] else "")))
    latest = max(past, key=lambda found: (found[0], -_SETTINGS.index(found[1])), default=None)
    day, day_words = max(told, default=(None, ""))
    since = max((found for _, clause in clauses for found in _gone(clause)), default=None)
    wired = list(_days(_plain(dateline)))
    news = max(wired or [found for clause in opening for found in _days(clause)], default=None)
    return Hints(
        past_year=latest[0] if latest else None,
        setting=latest[1] if latest else Setting.OTHER,
        future_year=min(future, default=None),
        plans=frozenset(start for word, start in _PLANS.items() if word in whole),
        events=tuple(name for name, event in EVENTS.items() if event.words.search(whole)),
        since=since[:2] if since else None,
        since_words=since[2] if since else "",
        news=news[:2] if news else None,
        news_words=news[2] if news else "",
        latest=day,
        latest_words=day_words,
    )


_OF_TIME = re.compile(r"[年月季]")
_OPENING = 120
"""Characters of the first paragraph in which the news is dated."""


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).translate(_NUMERALS))


_NUMERALS = str.maketrans({"○": "〇", "零": "〇"})
_HAN_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")}


def _clauses(text: str) -> list[str]:
    """Clauses, with titles in 《》 left out and years in Chinese numerals as figures."""
    text = re.sub(r"《[^《》]*》", "", text)
    text = re.sub(r"[一二][〇一二三四五六七八九]{3}(?=年)", lambda m: "".join(_HAN_DIGITS[c] for c in m[0]), text)
    return re.split(r"[,，。;；!！?？]", text)


_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d{2})年(?!代|后)(?=(?:(\d{1,2})月(?:(\d{1,2})日)?)?)")
_AHEAD_BEFORE = re.compile(
    r"预计|预测|将|力争|计划|拟|有望|目标|规划|争取|未来|预期|(?<!截)(?<!截止)[到至]$|[—\-~～]$|可达|要在|确保|明年|后年|展望"
)
_AHEAD_BEHIND = re.compile(
    r"^(?:(?:\d{1,2}月)?(?:\d{1,2}日|[底末初]|上半年|下半年|年[底末])?)(?:[之以]?前|将|可|有望|预计|力争|达到|建成|竣工|投产|实现|的目标|远景|完成)"
)
_DONE = re.compile(r"了|已|曾|截至|截止|至今|以来|同比|获|荣|开始|成立|被")


def _ahead(clause: str, year: re.Match[str]) -> bool:
    """True where a clause speaks of a year as to come: 到2025年, 预计2023年突破, 2024年6月底前完成."""
    before, behind = clause[: year.start()], clause[year.end() :]
    if _AHEAD_BEFORE.search(before[-14:]):
        return True
    return _AHEAD_BEHIND.match(behind) is not None and not _DONE.search(clause)


def _setting(clause: str, year: re.Match[str], *, opens: bool) -> Setting:
    if opens:
        return Setting.DATED_OPENING if year[2] else Setting.OPENING
    if _YEAR_END.match(clause, year.end()):
        return Setting.YEAR_END
    if not year[2] and _YEAR_FIRST.fullmatch(clause, 0, year.start()) and _FIGURES.search(clause, year.end()):
        return Setting.FIGURES
    return Setting.DAY if year[3] else Setting.OTHER


_YEAR_END = re.compile(r"年?[底末]")
_YEAR_FIRST = re.compile(r"[在而]?")
_FIGURES = re.compile(
    r"同比|产值|增长|全年|营收|收入|总额|累计|达|实现|完成|突破|荣获|获批|获评|入选|\d(?:个|项|家|亿|万|%|人|户|件|名|次|吨|余|多)"
)
_SETTINGS = tuple(Setting)

_MONTH_DAY = re.compile(r"(?<![\d年./])(?<!去年)(?<!明年)(?<!前年)(?<!\d年)(\d{1,2})月(\d{1,2})日")
_PERIODS: tuple[tuple[re.Pattern[str], tuple[int, int]], ...] = (
    (re.compile(r"(?<!去年)(?<!明年)(?<!年的)(?<!\d年)前三季度"), (10, 1)),
    (re.compile(r"(?<!去年)(?<!明年)(?<!年的)(?<!\d年)(?:上半年|二季度)"), (7, 1)),
    (re.compile(r"(?<!去年)(?<!明年)(?<!年的)(?<!\d年)一季度"), (4, 1)),
)
_TO_COME = re.compile(
    r"将|预计|拟|计划|力争|有望|明年|去年|前年|上年|当年|每年|历年|同年|次年|[到至]$|争取|目标|报名|截止|\d年|直至|期限|起生效|"
    r"[自从]\d+月"
)

_Found = tuple[int, int, str]


def _days(clause: str) -> Iterator[_Found]:
    """Month and day without a year, told as past: 8月26日."""
    if not _TO_COME.search(clause):
        for match in _MONTH_DAY.finditer(clause):
            if _day(2000, int(match[1]), int(match[2])):
                yield int(match[1]), int(match[2]), match[0]


def _gone(clause: str) -> Iterator[_Found]:
    """What is over in the year of writing: 今年6月10日, 截至8月26日, 上半年实现…."""
    if _OF_NOW.search(clause):
        yield from _days(clause)
    if _DONE_FIGURES.search(clause) and not _TO_COME.search(clause):
        for pattern, (month, day) in _PERIODS:
            if match := pattern.search(clause):
                yield month, day, match[0]


_OF_NOW = re.compile(r"今年|截至|记者|笔者|获悉")
_DONE_FIGURES = re.compile(r"实现|完成|达|增长|新增|同比|下降|引进|签约")


_PLANS = {'"十五"': 2001, "十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that papers write of from a known day on."""

    words: re.Pattern[str]
    since: Day
    gaps: Mapping[int, float] | None = None
    """Where papers soon stop writing of it: share of articles by the years that have gone by."""


def _event(words: str, year: int, month: int, day: int = 1, gaps: Mapping[int, float] | None = None) -> Event:
    return Event(re.compile(words), Day(year, month, day), gaps)


_FADES: Mapping[int, float] = {0: 0.55, 1: 0.13, 2: 0.2, 3: 0.09, 4: 0.02}
"""As counted of the epidemic and of the return to work."""
_SOON_OVER: Mapping[int, float] = {0: 0.88, 1: 0.08, 2: 0.02}
"""Our guess for words of the first year of the epidemic."""


EVENTS: Mapping[str, Event] = {
    "党的十八大": _event(r"党的十八大|十八大以来", 2011, 10),
    "一带一路": _event(r"一带一路", 2013, 9, 7),
    "自贸试验区": _event(r"自贸试验区|自由贸易试验区", 2013, 8, 22),
    "京津冀协同发展": _event(r"京津冀协同发展", 2014, 2, 26),
    "双创": _event(r"大众创业|众创空间", 2014, 9, 10),
    "互联网+": _event(r"互联网\+", 2015, 3, 5),
    "中国制造2025": _event(r"中国制造2025", 2015, 3, 5),
    "供给侧结构性改革": _event(r"供给侧(?:结构性)?改革", 2015, 11, 10),
    "党的十九大": _event(r"党的十九大", 2017, 1),
    "粤港澳大湾区": _event(r"粤港澳大湾区", 2016, 3),
    "雄安新区": _event(r"雄安新区", 2017, 4, 1),
    "进博会": _event(r"进博会|中国国际进口博览会", 2017, 5, 14),
    "海南自贸港": _event(r"海南(?:自由贸易港|自贸港)", 2018, 4, 13),
    "科创板": _event(r"科创板", 2018, 11, 5),
    "新冠疫情": _event(r"新冠|新型冠状病毒", 2020, 1, 9, _FADES),
    "突如其来的新冠疫情": _event(
        r"(?:突如其来|突发|今年)[^。]{0,24}新冠|新冠[^。]{0,16}(?:突如其来|暴发以来|全球蔓延)", 2020, 1, 20, _SOON_OVER
    ),
    "复工复产": _event(r"复工复产|六保", 2020, 2, 1, _FADES),
    "新基建": _event(r"新基建|新型基础设施建设", 2018, 12, 19),
    "双循环": _event(r"双循环", 2020, 5, 14),
    "双碳": _event(r"双碳|碳达峰", 2020, 9, 22),
    "东数西算": _event(r"东数西算", 2021, 5, 24),
    "北交所": _event(r"北交所|北京证券交易所", 2021, 9, 2),
    "全国统一大市场": _event(r"全国统一大市场", 2021, 12, 17),
    "党的二十大": _event(r"党的二十大", 2021, 11),
    "生成式人工智能": _event(r"ChatGPT|DeepSeek|生成式人工智能", 2022, 11, 30),
    "新质生产力": _event(r"新质生产力", 2023, 9, 7),
    "新型工业化推进大会": _event(r"全国新型工业化推进大会", 2023, 9, 22),
    "党的二十届三中全会": _event(r"二十届三中全会", 2024, 4, 30),
    "党的二十届四中全会": _event(r"二十届四中全会", 2025, 7, 30),
    "低空经济": _event(r"低空经济", 2021, 2, 24),
}
"""Words that no paper could print before a day."""


# --- from hints to a window -------------------------------------------------------------------------------------------


SPAN_AFTER_NEWS = timedelta(days=15)
"""A paper prints dated news within this time; counted on dated articles, see the tests."""
ENOUGH = 0.95
"""Share of probability that the years of a window hold together."""
WIDEST = 5
"""A window of more years than this says nothing and is not given."""

_GAP_PAST: Mapping[Setting, Mapping[int, float]] = {
    Setting.DATED_OPENING: {-1: 0.01, 0: 0.82, 1: 0.14, 2: 0.015},
    Setting.OPENING: {-4: 0.02, -1: 0.035, 0: 0.57, 1: 0.24, 2: 0.035, 3: 0.03, 4: 0.01},
    Setting.YEAR_END: {-1: 0.02, 0: 0.03, 1: 0.65, 2: 0.17, 3: 0.05, 4: 0.01},
    Setting.FIGURES: {-1: 0.02, 0: 0.25, 1: 0.55, 2: 0.026, 3: 0.02, 4: 0.012},
    Setting.DAY: {-1: 0.02, 0: 0.59, 1: 0.18, 2: 0.035, 3: 0.04, 4: 0.035, 5: 0.02, 6: 0.01},
    Setting.OTHER: {
        -4: 0.01,
        -2: 0.015,
        -1: 0.03,
        0: 0.27,
        1: 0.33,
        2: 0.1,
        3: 0.04,
        4: 0.035,
        5: 0.03,
        **dict.fromkeys(range(6, 11), 0.012),
    },
}
"""Share of articles by the years from the latest year spoken of as past to the year of the paper, as counted."""
_GAP_FUTURE: Mapping[int, float] = {
    **dict.fromkeys(range(-15, -4), 0.03),
    -4: 0.1,
    -3: 0.05,
    -2: 0.07,
    -1: 0.1,
    0: 0.22,
    1: 0.2,
    2: 0.06,
    3: 0.03,
    4: 0.017,
}
"""Likewise from the next year spoken of as to come; plans of long ago are quoted too."""
_GAP_PLAN: Mapping[int, float] = {-1: 0.05, 0: 0.3, 1: 0.15, 2: 0.12, 3: 0.1, 4: 0.13, 5: 0.1, 6: 0.02}
"""Likewise from the first year of a five-year plan; flatter than counted, since the count is mostly of one year."""
_RARE = 0.001
_IMPOSSIBLE = 1e-6


def _inferred(split: PageSplit) -> PartialDate:
    hints = [
        hints_of(
            (p.text for p in article.paragraphs),
            "".join(passage.text for passage in article.dateline),
        )
        for article in split.articles
    ]
    return window(hints)


def window(hints: Iterable[Hints]) -> PartialDate:
    """The window in which a page with articles of these hints appeared; unknown when they say too little.

    >>> window([hints_of(["8月26日，记者获悉，突如其来的新冠肺炎疫情没有打乱园区，截至2019年底有企业百家。"])]).value
    '2020-08-26/2020-09-10'
    """
    hints = list(hints)
    years = _years(hints)
    if not years or years[-1] - years[0] >= WIDEST:
        return PartialDate("", Precision.UNKNOWN, "版面上没有日期行，文字也不足以推断。")
    return _within(years, hints)


def _years(hints: list[Hints]) -> list[int]:
    """The fewest years that together hold ENOUGH of the probability, and those between them."""
    named = [y for h in hints for y in (h.past_year, h.future_year, *h.plans) if y]
    named += [EVENTS[e].since.year for h in hints for e in h.events]
    if not named:
        return []
    # fsum: a tie between two years must not fall one way or the other by the order of the articles.
    scores = {year: math.fsum(_likelihood(h, year) for h in hints) for year in range(min(named) - 6, max(named) + 12)}
    best = max(scores.values())
    weights = {year: math.exp(score - best) for year, score in scores.items()}
    whole, held, kept = sum(weights.values()), 0.0, []
    for year in sorted(weights, key=lambda y: (-weights[y], y)):
        kept.append(year)
        held += weights[year] / whole
        if held >= ENOUGH:
            break
    return list(range(min(kept), max(kept) + 1))


def _likelihood(hints: Hints, year: int) -> float:
    """Logarithm of how well a year explains the hints of one article."""
    score = 0.0
    if hints.past_year:
        score += math.log(_GAP_PAST[hints.setting].get(year - hints.past_year, _RARE))
    if hints.future_year:
        score += math.log(_GAP_FUTURE.get(year - hints.future_year, _RARE))
    score += sum(math.log(_GAP_PLAN.get(year - start, _RARE)) for start in hints.plans)
    for name in hints.events:
        event = EVENTS[name]
        if year < event.since.year:
            score += math.log(_IMPOSSIBLE)
        elif event.gaps:
            score += math.log(event.gaps.get(year - event.since.year, _RARE))
    return score


def _within(years: list[int], hints: list[Hints]) -> PartialDate:
    """The window inside these years that the days named without a year, and those named with one, leave."""
    low, high = Day(years[0], 1, 1), Day(years[-1], 12, 31)
    news = _news([h for h in hints if h.news])
    over = max((h for h in hints if h.since), key=lambda h: h.since or (0, 0), default=None)
    words = ""
    if news and news.news:
        first, last = _in_year(years[0], news.news), _in_year(years[-1], news.news) + SPAN_AFTER_NEWS
        # Dated late in December the news may be of the year before the paper's own.
        low, high = (first.replace(year=first.year - 1) if last.year > years[-1] else first), last
        words = f"新闻里说到“{news.news_words}”，报纸多在此后{SPAN_AFTER_NEWS.days}天内刊出"
    elif over and over.since:
        low, words = _in_year(years[0], over.since), f"文中“{over.since_words}”已成过去"
    sure = [(h.latest, h.latest_words) for h in hints if h.latest]
    sure += [(EVENTS[e].since, "") for h in hints for e in h.events]  # its year is told among the reasons
    floor, floor_words = max((found for found in sure if found[0] <= high), default=(low, ""))
    if floor > low:
        low = floor
        words = "；".join(filter(None, [words, f"文中“{floor_words}”已成过去" if floor_words else ""]))
    whole_year = low == Day(high.year, 1, 1) and high == Day(high.year, 12, 31)
    value = str(high.year) if whole_year else f"{low.isoformat()}/{high.isoformat()}"
    between = f"年份只能定在{low.year}至{high.year}年之间" if low.year < high.year else ""
    basis = f"据文字推断：{'；'.join([*_reasons(hints), *filter(None, (words, between))])}。"
    return PartialDate(value, Precision.YEAR if whole_year else Precision.WINDOW, basis)


def _in_year(year: int, month_day: tuple[int, int]) -> Day:
    return _day(year, *month_day) or Day(year, 2, 28)


def _news(hints: list[Hints]) -> Hints | None:
    """The article with the latest news that most of the others stand close before, across the turn of the year too."""

    def company(one: Hints) -> tuple[int, tuple[int, int]]:
        day = _in_year(2001, one.news or (1, 1))
        close = sum((day - _in_year(2001, h.news or (1, 1))).days % 365 <= _CLOSE for h in hints)
        return close, one.news or (1, 1)

    return max(hints, key=company, default=None)


_CLOSE = 45
"""Days within which the news of one page lies."""


def _reasons(hints: list[Hints]) -> list[str]:
    """What told of the year, in words for readers."""
    past = max((h.past_year for h in hints if h.past_year), default=None)
    future = min((h.future_year for h in hints if h.future_year and h.future_year >= (past or 0)), default=None)
    events = sorted({e for h in hints for e in h.events}, key=lambda e: EVENTS[e].since)
    found = []
    if past:
        found.append(f"文中最晚说到{past}年")
    if future:
        found.append(f"把{future}年当作将来")
    if events:
        found.append(f"提到“{events[-1]}”（{EVENTS[events[-1]].since.year}年起）")
    elif plans := [word for word, start in _PLANS.items() if any(start in h.plans for h in hints)]:
        found.append(f"提到“{plans[-1]}”")
    return found
