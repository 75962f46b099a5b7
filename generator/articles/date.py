"""Which newspaper a page is from and when it appeared, as far as issue.yml or its text says; no day is invented."""

from __future__ import annotations

import calendar
import datetime
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise

from generator.chinese import simplified
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
        head = line.strip()
        if match := _MASTHEAD.match(simplified(head)):
            return Newspaper(head[match.start(1) : match.end(1)], f"据报头：“{head}”。")
    own = Counter(
        line[match.start(1) : match.end(1)]
        for line in _credit_lines(split)
        for match in _OWN_NAME.finditer(simplified(line))
    )
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
    return _stated(list(_furniture(split))) or _inferred(split)


_PAPER = r"[\u4e00-\u9fff]{1,9}(?:日报|晚报|早报|晨报|时报|商报|导报|周报|快报|都市报|青年报|经济报|科技报|工人报|样报)"
_MASTHEAD = re.compile(rf"^[《]?({_PAPER}(?:（[^（）]{{1,6}}）)?)[》]?(?=$|[\s\d第])")
"""科技日报; 园区样报（样例） 2022年8月12日"""
_OWN_NAME = re.compile(rf"(?:^|[（(\s◎□■►▶])({_PAPER})(?=[^\s]{{0,8}}?(?:讯|电|记者|通讯员))")
"""科技日报讯（某某）; 科技日报昆明8月3日电; 科技日报记者"""
_WEEKDAY = r"(?:\s*\(?(?:星期|周)(?P<weekday>[一二三四五六日天]))?"
_ISSUE_DATES = (
    re.compile(r"(?<!\d)(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]" + _WEEKDAY),
    re.compile(
        r"(?<![\d./-])(?P<year>(?:18|19|20)\d\d)(?P<sign>[./-])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?![\d./-])"
        + _WEEKDAY
    ),
)
"""2021年4月16日 星期五; 2021-04-16 星期五"""
_ISSUE_MONTH = re.compile(r"(?<!\d)(?P<year>(?:18|19|20)\d\d)年(?P<month>\d{1,2})月(?!\d)")
"""2021年4月号"""
_OTHER_ISSUE = re.compile(r"转载|上接|下接|下转|紧接|转第|接第|转至|详见|[《<]")
"""What stands in a line that dates another issue or a document: （上接2021年4月15日第1版）."""
_LUNAR = re.compile(r"农历.*?(?=\d{4}年|\s|$)")
_YEAR_FIGURES = re.compile(r"[\dOo〇一二三四五六七八九]{4}(?=年)")
_MONTH_OR_DAY = re.compile(r"(?<=[年月])(?:[一二三廿卅]?十?[一二三四五六七八九]|[一二三]?十|元|廿|卅)(?=[月日号])")
_TENS = {"廿": 20, "卅": 30, "十": 10}
_APART = 31
"""Days between which two date lines of one page still leave a window."""
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


def _stated(lines: Sequence[str]) -> PartialDate | None:
    """The issue date that lines of page furniture state; None without one or where there is no such day.

    A line stands for itself; of two that disagree the one with the right weekday is taken, else what lies between.
    """
    found = [issue for line in lines if (issue := _issue_of(line))]
    # The head of a page may be cut up: 2021年4月 | 16日 星期五.
    found = found or [
        issue for a, b in pairwise(lines) for line in (f"{a} {b}", f"{b} {a}") if (issue := _issue_of(line))
    ]
    if not found:
        return next((month for line in lines if (month := _month_of(line))), None)
    trusted = [issue for issue in found if issue.fits] or found
    first, last = min(i.day for i in trusted), max(i.day for i in trusted)
    one = trusted[0]
    others = list(dict.fromkeys(i.line for i in found if i.day != one.day))
    basis = f"据版面上的日期行：“{one.line}”。"
    if one.fits is False:
        basis += "这一天不是行中写的星期几，请核对。"
    if others:
        basis += f"版面上另有“{others[0]}”，请核对。"
    if first != last and (last - first).days <= _APART:
        return PartialDate(f"{first.isoformat()}/{last.isoformat()}", Precision.WINDOW, basis)
    return PartialDate(one.day.isoformat(), Precision.DAY, basis) if first == last else None


@dataclass(frozen=True, slots=True)
class _Issue:
    """A day that a line of page furniture states."""

    line: str
    day: Day
    fits: bool | None
    """Whether the weekday in the line is the day's; None where the line has none."""


def _issue_of(line: str) -> _Issue | None:
    plain = _figures(line)
    match = next((m for pattern in _ISSUE_DATES if (m := pattern.search(plain))), None)
    if match is None or _OTHER_ISSUE.search(plain):
        return None
    day = _day(int(match["year"]), int(match["month"]), int(match["day"]))
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return None
    weekday = match["weekday"]
    return _Issue(line.strip(), day, _WEEKDAYS.index(weekday.replace("天", "日")) == day.weekday() if weekday else None)


def _month_of(line: str) -> PartialDate | None:
    """The month that a line of page furniture states: 2021年4月号."""
    plain = _figures(line)
    match = _ISSUE_MONTH.search(plain)
    if match is None or _OTHER_ISSUE.search(plain) or not 1 <= int(match["month"]) <= 12:
        return None
    value = f"{match['year']}-{int(match['month']):02}"
    return PartialDate(value, Precision.MONTH, f"据版面上的日期行：“{line.strip()}”。")


def _figures(line: str) -> str:
    """A line of page furniture with its numerals as figures and without the lunar day.

    >>> _figures("二〇〇三年五月廿九日 星期四 农历癸未年四月廿九")
    '2003年5月29日星期四'
    """
    text = re.sub(r"\s+", " ", simplified(line).translate(_NUMERALS))
    text = _LUNAR.sub("", text).replace(" ", "")
    text = _YEAR_FIGURES.sub(lambda m: "".join(_HAN_DIGITS.get(c, c) for c in m[0].upper()), text)
    for _ in "md":  # a day is seen for one when its month has been read
        text = _MONTH_OR_DAY.sub(lambda m: str(_number(m[0])), text)
    return text


def _number(numeral: str) -> int:
    """Up to 39: 十二, 二十九, 廿九, 元.

    >>> [_number(n) for n in ("元", "十", "十二", "二十九", "廿九", "卅")]
    [1, 10, 12, 29, 29, 30]
    """
    value = 0
    for char in numeral.replace("元", "一"):
        if char == "十" and value:
            value *= 10
        else:
            value += _TENS.get(char) or int(_HAN_DIGITS[char])
    return value


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
    PERIOD = "period"
    """2019年前三季度, 2019年上半年."""
    DAY = "day"
    OTHER = "other"
    SINCE = "since"
    LONG_AGO = "long ago"
    """成立于1992年: where the latest year is that of a beginning, the paper may be of any later one."""


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
    now: int | None = None
    """The year of writing, where the text says it: 今年是2018年, 去年（2017年）, 建党100周年."""
    now_words: str = ""
    now_exact: bool = False
    """False for a jubilee, which may be prepared and looked back at."""
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
            if _IN_FORCE.match(clause, match.end()):
                continue
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
    now, now_words, now_exact = _now(whole, past)
    since = max((found for _, clause in clauses for found in _gone(clause)), default=None)
    wired = list(_days(_plain(dateline)))
    news = max(wired or [found for clause in opening for found in _days(clause)], default=None)
    return Hints(
        past_year=latest[0] if latest else None,
        setting=latest[1] if latest else Setting.OTHER,
        future_year=min(future, default=None),
        plans=frozenset(start for word, start in _PLANS.items() if word in whole),
        events=tuple(name for name, event in EVENTS.items() if event.words.search(whole)),
        now=now,
        now_words=now_words,
        now_exact=now_exact,
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
    return re.sub(r"\s+", "", simplified(unicodedata.normalize("NFKC", text)).translate(_NUMERALS))


_NUMERALS = str.maketrans({"○": "〇", "零": "〇"})
_HAN_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {"O": "0"}


def _clauses(text: str) -> list[str]:
    """Clauses, with titles in 《》 left out and years in Chinese numerals as figures."""
    text = re.sub(r"《[^《》]*》", "", text)
    text = re.sub(r"[一二][〇一二三四五六七八九]{3}(?=年)", lambda m: "".join(_HAN_DIGITS[c] for c in m[0]), text)
    return re.split(r"[,，。;；!！?？]", text)


_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d{2})年(?!代|后|份)(?=(?:(\d{1,2})月(?:(\d{1,2})日)?)?)")
_AHEAD_BEFORE = re.compile(
    r"预计|预测|将|力争|计划|拟|有望|目标|规划|争取|未来|预期|(?<!截)(?<!截止)[到至]$|[—\-~～]$|可达|要在|确保|明年|后年|展望|(?:报名|申请|申报|投标|征集|提交|递交)[^，。]{0,4}截止"
)
_AHEAD_BEHIND = re.compile(
    r"^(?:(?:\d{1,2}月)?(?:\d{1,2}日|[底末初]|上半年|下半年|年[底末])?)(?:[之以]?前(?![\d一两二三四五六七八九十]+个?[季月年])|将|可|有望|预计|力争|达到|建成|竣工|投产|实现|的目标|远景|完成)"
)
_IN_FORCE = re.compile(r"(?:\d{1,2}月)?(?:\d{1,2}日)?起(?:至|正式|施行|实施|执行|生效)")
"""自2024年1月1日起施行: in force, it may be to come or long so."""
_DONE = re.compile(r"了|已|曾|截至|截止|至今|以来|同比|获|荣|开始|成立|被")


def _ahead(clause: str, year: re.Match[str]) -> bool:
    """True where a clause speaks of a year as to come: 到2025年, 预计2023年突破, 2024年6月底前完成."""
    before, behind = clause[: year.start()], clause[year.end() :]
    if _AHEAD_BEFORE.search(before[-14:]):
        return True
    return _AHEAD_BEHIND.match(behind) is not None and not _DONE.search(clause)


def _setting(clause: str, year: re.Match[str], *, opens: bool) -> Setting:
    if opens and year[2]:
        return Setting.DATED_OPENING
    for setting, before, behind in _TURNS:
        if before.search(clause, 0, year.start()) or behind.match(clause, year.end()):
            return setting
    if opens:
        return Setting.OPENING
    if _YEAR_END.match(clause, year.end()):
        return Setting.YEAR_END
    if not year[2] and _YEAR_FIRST.fullmatch(clause, 0, year.start()) and _FIGURES.search(clause, year.end()):
        return Setting.FIGURES
    return Setting.DAY if year[3] else Setting.OTHER


_NEVER = re.compile(r"(?!)")
_OF_A_YEAR = r"(?:[初底末]|\d{1,2}月(?:\d{1,2}日)?)?"
_TURNS: tuple[tuple[Setting, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        Setting.LONG_AGO,
        re.compile(r"(?:成立|始建|创建|创办|创立|建立|诞生|出生|起步|发轫|兴建|建成|建|生)于$"),
        re.compile(
            rf"{_OF_A_YEAR}(?:出?生(?!产|活|态|物|效|长|成|意)|"
            r"[^，。]{0,8}(?:成立|创办|创建|创立|始建|奠基|建区|建园|建厂|诞生))"
        ),
    ),
    (Setting.SINCE, re.compile(r"[自从][^，。]{0,4}$"), re.compile(rf"{_OF_A_YEAR}(?:以来|至今|起)")),
    (
        Setting.PERIOD,
        _NEVER,
        re.compile(r"上半年|前?[一二三1-3]季度|第[一二三]季度|前[\d一两二三四五六七八九十]+个?月|1[—~至到-]\d{1,2}月"),
    ),
)
"""What stands before a year or behind it and tells how it is spoken of: 成立于1992年; 自2008年; 2012年上半年."""
_YEAR_END = re.compile(r"年?[底末]")
_YEAR_FIRST = re.compile(r"[在而]?")
_FIGURES = re.compile(
    r"同比|产值|增长|全年|营收|收入|总额|累计|达|实现|完成|突破|荣获|获批|获评|入选|\d(?:个|项|家|亿|万|%|人|户|件|名|次|吨|余|多)"
)
_SETTINGS = tuple(Setting)

_RELATIVE = {"今年": 0, "本年": 0, "去年": 1, "上年": 1, "前年": 2, "明年": -1}
_NOW = re.compile(rf"({'|'.join(_RELATIVE)})[,，]?(?:是|即|为)?\(?((?:19|20)\d\d)年?(?=[\)年,，是])")
"""去年(2017年); 今年是2018年"""
_PLAN_YEAR = re.compile(
    r"(今年|本年|明年)[^。]{0,14}?(十五五|十[一二三四]五|[“\"]十五[”\"])[”\"]?(?:规划|计划|时期)?的?(开局|收官|第一年|起步)"
)
"""今年是“十四五”开局之年"""
_JUBILEES: Mapping[str, int] = {
    "改革开放": 1978, "建党": 1921, "中国共产党成立": 1921, "新中国成立": 1949, "中华人民共和国成立": 1949,
    "香港回归": 1997, "澳门回归": 1999, "抗日战争胜利": 1945, "抗战胜利": 1945, "长征胜利": 1936,
    "浦东开发开放": 1990, "浦东开发": 1990, "经济特区建立": 1980, "入世": 2001,
}  # fmt: skip
_JUBILEE = re.compile(rf"({'|'.join(_JUBILEES)})[^。，,]{{0,4}}?(\d{{1,3}})周年")
"""改革开放40周年"""
_OWN_JUBILEE = re.compile(r"(?<!\d)(?:(\d{1,2})周年|(?<!近)(\d{1,2})年来)")
"""成立30周年, 31年来: counted from the one year of a beginning that the text names."""
_LEAST_JUBILEE = 5


def _now(whole: str, past: Sequence[tuple[int, Setting]]) -> tuple[int | None, str, bool]:
    """The year of writing that a text tells by itself, its words, and whether that is exact."""
    for match in _NOW.finditer(whole):
        return int(match[2]) + _RELATIVE[match[1]], match[0] + (")" if "(" in match[0] else ""), True
    for match in _PLAN_YEAR.finditer(whole):
        year = _PLANS[match[2]] + (_PLAN_YEARS - 1 if match[3] == "收官" else 0)
        return year - (match[1] == "明年"), match[0], True
    for match in _JUBILEE.finditer(whole):
        return _JUBILEES[match[1]] + int(match[2]), match[0], False
    begun = {year for year, setting in past if setting is Setting.LONG_AGO}
    counted = {int(m[1] or m[2]): m[0] for m in _OWN_JUBILEE.finditer(whole)}
    if len(begun) == len(counted) == 1 and min(counted) >= _LEAST_JUBILEE:
        return min(begun) + min(counted), f"{min(begun)}年起的{counted[min(counted)]}", False
    return None, "", False


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


_PLANS = {
    '"十五"': 2001, "“十五”": 2001, "十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026,
}  # fmt: skip
_PLAN_YEARS = 5


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


_GAMES: Mapping[int, float] = {
    0: 0.05, 1: 0.03, 2: 0.03, 3: 0.04, 4: 0.05, 5: 0.08, 6: 0.15, 7: 0.42, 8: 0.05, 9: 0.02,
    **dict.fromkeys(range(10, 25), 0.005),
}  # fmt: skip
_EXPO: Mapping[int, float] = {
    0: 0.02, 1: 0.02, 2: 0.03, 3: 0.03, 4: 0.04, 5: 0.05, 6: 0.08, 7: 0.2, 8: 0.42, 9: 0.05,
    **dict.fromkeys(range(10, 25), 0.004),
}  # fmt: skip
_SUMMIT: Mapping[int, float] = {0: 0.05, 1: 0.75, 2: 0.08, 3: 0.03, **dict.fromkeys(range(4, 15), 0.002)}
_REMEMBERED: Mapping[int, float] = {0: 0.8, 1: 0.09, 2: 0.03, **dict.fromkeys(range(3, 25), 0.002)}
"""Our guesses for what is awaited for years, for a meeting, and for what is remembered long after."""


EVENTS: Mapping[str, Event] = {
    "南方谈话": _event(r"南方谈话|南巡", 1992, 1, 18),
    "西部大开发": _event(r"西部大开发", 1999, 6, 17),
    "三个代表": _event(r"三个代表", 2000, 2, 25),
    "申奥成功": _event(r"(?<!冬)申奥成功|申办奥运会?成功", 2001, 7, 13, _SOON_OVER),
    "北京奥运会": _event(r"北京奥运会|奥运火炬", 2001, 7, 13, _GAMES),
    "上海世博会": _event(r"上海世博会", 2002, 12, 3, _EXPO),
    "非典": _event(r"(?:抗击|防治|预防|防控|突如其来的?)非典|非典疫情|非典型肺炎|防非", 2003, 2, 1, _REMEMBERED),
    "科学发展观": _event(r"科学发展观", 2003, 8, 28),
    "和谐社会": _event(r"和谐社会", 2004, 9, 19),
    "汶川地震": _event(r"汶川(?:大|特大)?地震|抗震救灾", 2008, 5, 12, _REMEMBERED),
    "国际金融危机": _event(r"国际金融危机", 2008, 9, 15),
    "物联网“感知中国”": _event(r"感知中国", 2009, 8, 7),
    "党的十八大报告": _event(r"十八大(?:报告|精神|以来)", 2012, 11, 8),
    "G20杭州峰会": _event(r"G20杭州峰会|杭州G20|二十国集团(?:领导人)?杭州峰会", 2015, 11, 16, _SUMMIT),
    "中美经贸摩擦": _event(r"中美(?:经贸|贸易)(?:摩擦|战)", 2018, 3, 22),
    "党的十九大报告": _event(r"十九大(?:报告|精神|以来)", 2017, 10, 18),
    "党的二十大报告": _event(r"二十大(?:报告|精神|以来)", 2022, 10, 16),
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
    Setting.PERIOD: {-1: 0.025, 0: 0.76, 1: 0.11, 2: 0.055, 3: 0.02, 4: 0.013},
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
    Setting.SINCE: {
        -1: 0.01,
        0: 0.15,
        1: 0.25,
        2: 0.12,
        **dict.fromkeys(range(3, 11), 0.04),
        **dict.fromkeys(range(11, 41), 0.004),
    },
    Setting.LONG_AGO: {-1: 0.005, **dict.fromkeys(range(41), 0.024)},
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
_GAP_NOW: Mapping[bool, Mapping[int, float]] = {
    True: {-1: 0.005, 0: 0.97, 1: 0.015},
    False: {-1: 0.08, 0: 0.75, 1: 0.1, 2: 0.03},
}
"""Likewise from the year of writing that the text tells, by whether that is exact; our guess."""
_OF_WHOLE_YEAR = frozenset({Setting.YEAR_END, Setting.FIGURES})
_NEW_YEAR = 2
"""Till this month no paper can tell what its own year came to."""
_RARE = 0.001
_IMPOSSIBLE = 1e-6
_NO_SHARE = ((-4, _RARE), (-12, 1e-4), (-9999, _IMPOSSIBLE))
"""By the least years from such a year to the paper's: a later year may be a plan that was not seen as one."""


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
    named = [y for h in hints for y in (h.past_year, h.future_year, h.now, *h.plans) if y]
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
    if hints.now:
        score += math.log(_GAP_NOW[hints.now_exact].get(year - hints.now, _RARE))
    if hints.past_year:
        gap = year - hints.past_year
        share = _GAP_PAST[hints.setting].get(gap) or next(s for least, s in _NO_SHARE if gap >= least)
        if gap < 0 and hints.setting is Setting.DATED_OPENING:
            share = min(share, _GAP_PAST[hints.setting].get(gap, _IMPOSSIBLE))
        if gap <= 0 and hints.setting in _OF_WHOLE_YEAR and hints.news and hints.news[0] <= _NEW_YEAR:
            share = _RARE
        score += math.log(share)
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
    basis = f"据文字推断：{'；'.join([*_reasons(hints, years[-1]), *filter(None, (words, between))])}。"
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


def _reasons(hints: list[Hints], last: int) -> list[str]:
    """What told of the year, in words for readers; `last` is the last year of the window."""
    told = sorted({h.past_year for h in hints if h.past_year})
    past = max((year for year in told if year <= last), default=None)
    now = next((h.now_words for h in hints if h.now_words), "")
    future = min(
        (h.future_year for h in hints if h.future_year and h.future_year >= max(past or 0, last)), default=None
    )
    events = sorted({e for h in hints for e in h.events}, key=lambda e: EVENTS[e].since)
    found = [f"文中写着“{now}”"] if now else []
    if past:
        found.append(f"文中最晚说到{past}年")
    if told and told[-1] > last:
        found.append(f"另有一处说到{told[-1]}年，与此不合")
    if future:
        found.append(f"把{future}年当作将来")
    if events:
        found.append(f"提到“{events[-1]}”（{EVENTS[events[-1]].since.year}年起）")
    elif plans := [word for word, start in _PLANS.items() if any(start in h.plans for h in hints)]:
        found.append(f"提到“{plans[-1]}”")
    return found
