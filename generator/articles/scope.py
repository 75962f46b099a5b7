"""What an article is about as a whole, states or a whole economy: what it names besides is hardly its subject."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

STATECRAFT = (
    "安理会", "霸权", "朝核", "朝鲜半岛", "导弹", "防务", "防长", "国防部", "国会", "国务卿", "核试验",
    "核武器", "军方", "军事", "军演", "领土", "美军", "盟友", "首脑", "首相", "台海", "同盟", "外交", "外长",
    "战略伙伴", "战争", "驻军", "自卫队", "总统", "白宫", "印太", "遏制", "安全合作",
)  # fmt: skip
"""Words of states and armies: where they abound, coal, power and policy are means, not what it is about."""
STATECRAFT_FULL = 1.0
"""Words of STATECRAFT to a hundred characters that count in full."""
NATIONAL_ECONOMY = (
    "第三产业", "财政政策", "固定资产投资", "规模以上工业", "国民经济", "国内生产总值", "宏观经济", "宏观政策",
    "货币政策", "经济运行", "社会消费品零售总额", "统计局",
)  # fmt: skip
"""Words of reports on the whole economy, which name one trade after another."""
KINDS = 3
"""Different words of a list that it takes: 总统 alone may visit a fair."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What an article is about as a whole."""

    statecraft: float
    """How much it is about states and their armies, from 0 to 1."""
    economy: float
    """1 where it tells of the whole economy, else 0."""


FINDER = AhoCorasick([*STATECRAFT, *NATIONAL_ECONOMY])


def scope_of(text: str) -> Scope:
    """The scope of a squeezed text.

    >>> scope_of("国务卿与外长谈军演，"), scope_of("总统参观展会")
    (Scope(statecraft=1.0, economy=0.0), Scope(statecraft=0.0, economy=0.0))
    """
    counts = Counter(word for word, _, _ in FINDER.find_matches_as_indexes(text))
    of_states = [count for word, count in counts.items() if word < len(STATECRAFT)]
    density = 100 * sum(of_states) / max(len(text), 100) if len(of_states) >= KINDS else 0.0
    return Scope(min(density / STATECRAFT_FULL, 1.0), float(len(counts) - len(of_states) >= KINDS))
