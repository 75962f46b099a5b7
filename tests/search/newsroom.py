"""Articles invented from a small vocabulary, as many as a test wants: same seed, same articles."""

from __future__ import annotations

import random

from generator.model import Article, Credit, Facet, Newspaper, Paragraph, PartialDate, Passage, Precision, Tag

PLACES = ["临江", "云岭", "青禾", "海泉", "望山", "东渚", "白石", "星湖", "长汀", "紫川"]
KINDS = ["高新区", "经开区", "科技园", "保税区", "软件园"]
GOODS = [
    "光伏玻璃",
    "锂电隔膜",
    "AMOLED 屏",
    "工业机器人",
    "稀土永磁",
    "创新药",
    "北斗芯片",
    "氢能重卡",
    "碳纤维",
    "柔性传感器",
]
DEEDS = ["开工", "投产", "扩建", "签约", "落户", "通过验收", "首次出口", "完成中试", "获批立项", "上线试运行"]
WHO = ["园区管委会", "企业负责人", "课题组", "招商专员", "车间主任", "高校教授", "产业园服务中心", "當地居民"]
TAILS = [
    "预计明年三季度见效",
    "带动上下游四十余家配套",
    "比去年同期多出近两成",
    "“先把样机跑起来”是大家的口头禅",
    "审批由九天缩到两天",
    "良率稳定在九成八",
    "技术团队平均年龄三十一岁",
    "仓库里码着待发的木箱",
]
NAMES = ["林知远", "苏晚", "贺一鸣", "陶然", "庄子衿", "欧阳澈", "秦少白", "孟琦"]
PAPERS = ["临江日报", "园区周刊", "科创时报"]
INDUSTRIES = ["新材料", "新能源", "生物医药", "电子信息", "高端装备"]
TOPICS = ["招商引资", "科技成果转化", "营商环境", "绿色低碳"]
HOSTILE = ['<img src=x onerror="document.title=1">', "<script>throw 1</script>", "A&B <b>加粗</b>", "${x}`'\"\\"]


def sentence(dice: random.Random) -> str:
    """One sentence; now and then with a number, Latin words or markup in it."""
    goods, place, kind = dice.choice(GOODS), dice.choice(PLACES), dice.choice(KINDS)
    number = dice.choice(
        [f"{dice.randint(1, 999)}.{dice.randint(1, 9)}亿元", f"{dice.randint(1, 9)},{dice.randint(100, 999)}万元"]
    )
    deed, model = dice.choice(DEEDS), f"{dice.choice('XYZ')}{dice.randint(1, 9)}"
    parts = [
        f"{dice.choice(WHO)}在{place}{kind}说，{goods}项目{dice.choice(DEEDS)}，{dice.choice(TAILS)}。",
        f"总投资{number}的{goods}{dice.choice(DEEDS)}，{dice.choice(TAILS)}！",
        f"{place}{kind}{dice.randint(2012, 2025)}年{deed}的{goods}，{dice.choice(WHO)}称其{dice.choice(TAILS)}。",
        f"记者看到：{dice.choice(TAILS)}；{dice.choice(WHO)}则更关心{goods}与 Model {model} 的衔接。",
    ]
    return dice.choice(parts) + (dice.choice(HOSTILE) if dice.random() < 0.02 else "")


def article(number: int, dice: random.Random) -> Article:
    """One article with tags, date and authors; some lack one or the other."""
    place, kind = dice.choice(PLACES), dice.choice(KINDS)
    title = f"{place}{kind}{dice.choice(GOODS)}{dice.choice(DEEDS)}"
    paragraphs = ["".join(sentence(dice) for _ in range(dice.randint(1, 4))) for _ in range(dice.randint(2, 6))]
    parks = [
        (f"park-{p}-{k}", f"{p}{k}") for p in PLACES for k in KINDS if any(f"{p}{k}" in t for t in [title, *paragraphs])
    ]
    tags = [Tag(Facet.PARK, i, label, about=at < 2) for at, (i, label) in enumerate(parks)]
    tags += [Tag(Facet.INDUSTRY, f"ind-{i}", i, about=True) for i in dice.sample(INDUSTRIES, dice.randint(0, 2))]
    tags += [Tag(Facet.TOPIC, f"topic-{t}", t, about=True) for t in dice.sample(TOPICS, dice.randint(0, 2))]
    tags += [Tag(Facet.PROVINCE, f"{place}省", f"{place}省", about=True)] if dice.random() < 0.9 else []
    names = dice.sample(NAMES, dice.randint(0, 2))
    day = PartialDate(f"{dice.randint(2012, 2025)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}", Precision.DAY)
    when = dice.choice(
        [day] * 7
        + [PartialDate(day.value[:7], Precision.MONTH), PartialDate(day.value[:4], Precision.YEAR), PartialDate()]
    )
    return Article(
        id=f"{number:012x}",
        page=f"page-{number // 6}",
        headline=Passage.invented(title),
        kicker=Passage.invented(f"{dice.choice(WHO)}的新答卷") if dice.random() < 0.2 else None,
        paragraphs=tuple(Paragraph(Passage.invented(p)) for p in paragraphs),
        captions=(Passage.invented(f"图为{dice.choice(GOODS)}车间。{dice.choice(NAMES)}摄"),)
        if dice.random() < 0.2
        else (),
        byline=(Passage.invented(f"本报记者 {' '.join(names)}"),) if names else (),
        credits=tuple(Credit(name, "记者") for name in names),
        newspaper=Newspaper(dice.choice(PAPERS)) if dice.random() < 0.9 else Newspaper(),
        date=when,
        tags=tuple(tags),
    )


def articles(count: int, seed: int = 7) -> list[Article]:
    """Invented articles."""
    dice = random.Random(seed)  # noqa: S311  no secret depends on it
    return [article(number, dice) for number in range(count)]
