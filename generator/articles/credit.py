"""Who wrote an article: the names in its bylines and datelines, each with its role and agency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from generator.chinese import COMPOUND_SURNAMES, simplified
from generator.model import Article, Credit, PageSplit


def credit(split: PageSplit) -> PageSplit:
    """The page with the authors of every article, in the order in which they stand; each name once."""
    return replace(split, articles=tuple(replace(a, credits=authors(a)) for a in split.articles))


def authors(article: Article) -> tuple[Credit, ...]:
    """The authors of one article, in the order of the page; a name that stands twice keeps the role it has once."""
    found: dict[str, Credit] = {}
    for passage in sorted((*article.byline, *article.dateline), key=lambda p: p.spans[:1]):
        for author in credits_of(passage.text):
            known = found.get(author.name)
            if known is None or (not known.role and author.role):
                found[author.name] = author
    return tuple(found.values())


def credits_of(text: str) -> tuple[Credit, ...]:
    """The authors whom one byline or dateline names.

    >>> [(c.name, c.role, c.agency) for c in credits_of("◎本报记者 王 磊 通讯员 欧阳静")]
    [('王磊', '记者', '本报'), ('欧阳静', '通讯员', '')]
    >>> [c.name for c in credits_of("新华社南京5月1日电（记者甲天、马依拉·吐尔逊）")], credits_of("本报讯（综合）")
    (['甲天', '马依拉·吐尔逊'], ())
    >>> [(c.name, c.role) for c in credits_of("本報記者 劉 某某 通訊員 張某某")]
    [('劉某某', '记者'), ('張某某', '通讯员')]
    """
    text = text.replace("丨", "|")  # a stroke that stands for the bar, and a Chinese character to patterns
    plain = simplified(text)
    if plain != text:
        return tuple(_as_written(author, text, plain) for author in credits_of(plain))
    head = _DATELINE_HEAD.match(text)
    source = head["agency"] if head else ""
    rest = _OTHERS.sub(" ", text[head.end() :] if head else text)
    return tuple(_named(list(_tokens(rest)), source))


def _as_written(author: Credit, text: str, plain: str) -> Credit:
    """The author of a simplified line with the characters that name and agency have in the line itself."""
    written, folded = _BLANKS.sub("", text), _BLANKS.sub("", plain)

    def taken(words: str) -> str:
        at = folded.find(words)
        return written[at : at + len(words)] if at >= 0 else words

    return Credit(taken(author.name), author.role, taken(author.agency))


_BLANKS = re.compile(r"\s+")
_AGENCY = (
    r"(?:本报|本刊|本网|本台|新华社|新华网|中新社|中新网|人民网|央视|[\u4e00-\u9fff]{1,8}?"
    r"(?:日报|晚报|早报|晨报|时报|商报|导报|周报|快报|都市报|青年报|经济报|科技报|工人报|样报|新闻网|在线|融媒体?(?:中心)?|电视台)|(?:[\u4e00-\u9fff]{2,6}报[·•])?[\u4e00-\u9fff]{2,6}网(?=[\u4e00-\u9fff]{0,4}记者))"
)
_DATELINE_HEAD = re.compile(
    rf"^[^\u4e00-\u9fff]*据?(?P<agency>{_AGENCY})"
    r"(?:综合消息|消息|快讯|专讯|讯|[\u4e00-\u9fff]{0,8}?(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:专?电|讯)|(?=[（(]))"
)
"""本报讯; 科技日报讯; 新华社南京5月1日电; 据新华社北京10月22日电; 新华社（记者某某）"""

_GRADES = r"(?:特约|实习|见习|首席|特派|驻站|高级|资深|融媒体?|全媒体)*"
_ROLE = re.compile(
    rf"(?P<agency>{_AGENCY}(?:[·•—-]{{1,2}}[\u4e00-\u9fff]{{2,10}}(?=记者))?)?"
    r"(?:驻[\u4e00-\u9fff]{1,6}?|(?<=社)[\u4e00-\u9fff]{2,4}分社|[\u4e00-\u9fff]{2,6}(?=记者站))?"
    rf"(?P<role>{_GRADES}(?:记者站|记者|通讯员|实习生|评论员|特派员|观察员|撰稿人|摄影师|特约撰稿|作者|笔者|读者|主笔))"
)
"""本报记者; 新华社记者; 科技日报实习记者; 本报驻沪记者; 通讯员"""
_LONE_AGENCY = re.compile(rf"{_AGENCY}(?=[\s（(])")
_MODE = re.compile(
    r"综合(?:整理|报道)?|文并摄|(?:联合|摄影|采访)?报道|采访|整理|采写|撰文|撰稿|供稿|编译|口述|执笔|文字|摄影|插图|制图|视频|图文|文图"
)
"""How something was made; never a name."""
_LETTER = re.compile(
    r"(?:(?<=[\s/／、（(])|^)[文图摄](?=\s*[/／:：|｜·])|(?<=[/／])\s*[文图摄](?![\u4e00-\u9fff])"
    r"|(?<=[\u4e00-\u9fff]{2}\s)[文图摄](?=\s+[\u4e00-\u9fff]{2}|[\s）)]*$)"
)
"""文/图 某某; 某某/文; 某某 文 某某 图"""
_OTHERS = re.compile(
    r"(?:受访者|受访人|采访对象|访谈嘉宾|对话嘉宾|嘉宾|被访者)[:：]\s*[\u3400-\u9fff]{1,4}(?:\s[\u3400-\u9fff](?![\u3400-\u9fff]))?"
    r"|采访[者人](?=[:：])|发自\s*[\u3400-\u9fff]{2,6}"
    rf"|^[^\u3400-\u9fffA-Za-z0-9]*(?!{_AGENCY})[A-Za-z0-9+\u3400-\u9fff《》·—-]{{1,14}}?(?={_GRADES}记者\s+[\u3400-\u9fff])"
)
"""受访者：某某: who answers has not written it; 发自某地; 每河记者 某某: an outlet that no word tells"""
_WORD = re.compile(r"[\u3400-\u9fff]+(?:[·•‧・．.][\u3400-\u9fff]+)*")


class _Sort(StrEnum):
    ROLE = "role"
    MODE = "mode"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class _Token:
    """A role, a word of making or a run of Chinese characters without a blank."""

    sort: _Sort
    text: str
    agency: str = ""


_LEXICON: tuple[tuple[_Sort, re.Pattern[str]], ...] = (
    (_Sort.ROLE, _ROLE),
    (_Sort.MODE, _MODE),
    (_Sort.MODE, _LETTER),
    (_Sort.MODE, _LONE_AGENCY),
)
"""What is no name, sought before the names in this order."""


def _tokens(text: str) -> Iterator[_Token]:
    marks: list[tuple[int, int, _Token | None]] = []
    for sort, pattern in _LEXICON:
        for match in pattern.finditer(text):
            if all(match.end() <= a or match.start() >= b for a, b, _ in marks):
                groups = match.groupdict()
                found = _Token(sort, groups.get("role") or match[0].strip(), groups.get("agency") or "")
                marks.append((match.start(), match.end(), found))
    at = 0
    marks.append((len(text), len(text), None))
    for start, end, token in sorted(marks, key=_by_place):
        yield from (_Token(_Sort.WORD, word) for word in _joined(_WORD.findall(text[at:start])))
        if token is not None:
            yield token
        at = end


def _by_place(mark: tuple[int, int, _Token | None]) -> int:
    return mark[0]


def _joined(words: list[str]) -> Iterator[str]:
    """Names whose characters were set apart put together: 王 磊, 滕 子墨, 何 以 安."""
    if len(words) == 3 and all(len(word) == 1 for word in words):
        yield "".join(words)
        return
    words = list(words)
    while words:
        word = words.pop(0)
        if (len(word) == 1 and words and len(words[0]) <= 2) or (
            len(word) == 2 and len(words) == 1 and len(words[0]) == 1
        ):
            word += words.pop(0)
        yield word


def _named(tokens: list[_Token], source: str) -> Iterator[Credit]:
    """Credits from the tokens of a line; the role that stands before a name holds until the next one.

    A word of making holds for the name before it (某某 摄影) when the line begins with a name, else for the one behind
    it (文/某某 图/某某); 文/图 together say nothing of anyone.
    """
    role, agency = "", source
    for index, token in enumerate(tokens):
        if token.sort is _Sort.ROLE:
            role = _SAME_AS_NONE.get(token.text, token.text)
            agency = token.agency or (source if "记者" in role else "")
        elif token.sort is _Sort.WORD and is_personal_name(token.text, signed=bool(role)):
            yield Credit(_dotted(token.text), role or _making(tokens, index), agency)


_SAME_AS_NONE = {"作者": "", "笔者": "", "记者站": "记者"}
_MAKING = {"摄": "摄影", "摄影": "摄影", "图": "摄影", "文": "文字", "文字": "文字", "编译": "编译", "整理": "整理"}


def _making(tokens: list[_Token], index: int) -> str:
    """摄影 or 文字 where the words around a name without a role say so and the line tells authors apart by it."""
    if tokens[0].sort is _Sort.MODE:
        beside = tokens[index - 1 : index] if len(tokens) < 3 or tokens[1].sort is not _Sort.MODE else []
    else:
        beside = tokens[index + 1 : index + 2]
    return _MAKING.get(beside[0].text, "") if beside and beside[0].sort is _Sort.MODE else ""


def _dotted(name: str) -> str:
    return re.sub(r"[•‧・．.]", "·", name)


_COMMON_WORDS = (
    "综合 本报 本刊 记者 讯 电 消息 来源 原标题 受权 发布 下称 以下 简称 见习 单位 作者 "
    "编者 组图 上图 下图 左图 右图 题图 待续 续完 节选 摘编 "
    "全国 今日 今天 昨日 昨天 日前 近日 上午 下午 编辑 责编 组稿 专版 特刊 策划 "
    "统筹 版式 校对 监制 出品 制作 新闻 经济 产业 科技 园区 高新 开发 发展 创新 公司 "
    "集团 企业 政府 中心 部门 高新区 开发区 经开区 综保区 示范区 自贸区 北京 上海 天津 "
    "重庆 广州 深圳 武汉 西安 成都 南京 杭州 苏州 青岛 大连 宁波 厦门 长沙 郑州 济南 "
    "合肥 沈阳 长春 昆明 贵阳 南宁 海口 兰州 太原 福州 南昌 银川 西宁 拉萨 "
    "苏州 无锡 常州 南通 扬州 镇江 泰州 徐州 盐城 淮安 宿迁 温州 嘉兴 绍兴 湖州 金华 台州 衢州 丽水 舟山 "
    "芜湖 蚌埠 滁州 安庆 泉州 漳州 莆田 九江 赣州 烟台 潍坊 淄博 威海 临沂 济宁 泰安 洛阳 襄阳 宜昌 荆州 黄石 "
    "株洲 湘潭 衡阳 岳阳 常德 佛山 东莞 惠州 珠海 中山 江门 柳州 桂林 绵阳 德阳 泸州 宜宾 遵义 玉溪 宝鸡 咸阳 "
    "唐山 保定 廊坊 沧州 包头 鄂尔多斯 呼和浩特 鞍山 吉林 大庆 哈尔滨 乌鲁木齐 石家庄 连云港 马鞍山 河口 雄安"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_LIKE_NAMES_WORDS = (
    "高地 高端 高效 高速 高质 方案 金融 金额 程序 常态 常务 时代 时间 安全 明年 明天 "
    "任务 任职 向上 路线 路径 马上 全面 全力 全年 应用 应急 成果 成效 成就 云端 山水 "
    "农业 牧业"
)
_LIKE_NAMES = frozenset(_LIKE_NAMES_WORDS.split())
"""Words that begin like a surname: a name only behind a role. 高峰 and 田野 are not here, people are called so."""
_ENDS_NO_NAME = frozenset("区市省县镇乡村厂司院校局部委会所报网社台讯电版刊署厅办组室处")


def is_personal_name(word: str, *, signed: bool = False) -> bool:
    """True where a run of characters in a byline can be somebody's name; `signed`: a role stands before it.

    >>> [w for w in ["李争粉", "欧阳楚英", "艾力·买买提", "高新区", "综合", "山本太郎"] if is_personal_name(w)]
    ['李争粉', '欧阳楚英', '艾力·买买提']
    """
    bare = re.sub(r"[·•‧・．.]", "", word)
    if bare != word:
        return 4 <= len(bare) <= 14
    if word in _COMMON or word[-1] in _ENDS_NO_NAME or not 2 <= len(word) <= 4:
        return False
    return signed or (word not in _LIKE_NAMES and (len(word) <= 3 or word[:2] in COMPOUND_SURNAMES))
