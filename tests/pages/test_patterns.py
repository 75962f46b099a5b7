"""What looks like a name, a byline, a dateline, furniture or an advertisement, and what only seems to."""

from __future__ import annotations

import pytest

from generator.pages.patterns import (
    ADVERT,
    CAPTION_OPENING,
    COLUMN_WORDS,
    CONTINUED_FROM,
    CONTINUED_ON,
    CREDIT,
    DATELINE,
    DUTIES,
    FURNITURE,
    INVITATION,
    author_with_office,
    byline_names,
    is_name,
    page_head,
    signed_by_editors,
    split_names,
    tail_byline,
)


@pytest.mark.parametrize("text", ["何一舟", "方圆", "方 圆", "欧阳知秋", "司徒远", "阿依古丽·买买提", "林知秋"])
def test_names(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "高新区",
        "高新",
        "园区",
        "公司",
        "产业",
        "张江",
        "华为",
        "江苏省",
        "马鞍山",
        "方法论的",
        "欧阳",
        "何",
        "A股",
        "欣欣向荣",
        "",
        "何一舟说明",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("何一舟 林知秋", ["何一舟", "林知秋"]),
        ("何一舟、林知秋，方圆", ["何一舟", "林知秋", "方圆"]),
        ("方 圆 林知秋", ["方圆", "林知秋"]),
        ("何一舟 说", []),
        ("", []),
    ],
)
def test_runs_of_names(text: str, names: list[str]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("► 何一舟 林知秋", ["何一舟", "林知秋"]),
        ("▶何一舟", ["何一舟"]),
        ("◎本报记者 何一舟 通讯员 林知秋", ["何一舟", "林知秋"]),
        ("本报记者 何一舟", ["何一舟"]),
        ("江城日报记者 何一舟", ["何一舟"]),
        ("何一舟 林知秋 文/图", ["何一舟", "林知秋"]),
        ("何一舟 林知秋 综合报道", ["何一舟", "林知秋"]),
        ("本报记者领证", None),
        ("记者在现场看到，何一舟来了", None),
        ("何一舟当选。", None),
        ("夜校开学", None),
        ("何一舟/文 林知秋/图", ["何一舟", "林知秋"]),
        ("文｜何一舟", ["何一舟"]),
        ("策划/何一舟 撰文/林知秋", ["何一舟", "林知秋"]),
        ("本报记者 何一舟 文 林知秋 图", ["何一舟", "林知秋"]),
        ("■人物", None),
        ("■园区短波", None),
        ("●产业升级", None),
        ("○江城高新区", None),
        ("简 讯", None),
    ],
)
def test_bylines(line: str, names: list[str] | None) -> None:
    assert byline_names(line) == names


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("学费园区出一半。何一舟", "何一舟"),
        ("学费园区出一半。”何一舟 林知秋", "何一舟 林知秋"),
        ("学费园区出一半。（何一舟）", "（何一舟）"),
        ("学费园区出一半。高新区", ""),
        ("学费园区出一半。公司", ""),
        ("校长是何一舟", ""),
        ("学费园区出一半，何一舟", ""),
    ],
)
def test_names_after_the_last_sentence(text: str, tail: str) -> None:
    at = tail_byline(text)
    assert (text[at:] if at >= 0 else "") == tail


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("本报讯（记者 何一舟）夜校开学", "本报讯（记者 何一舟）"),
        ("本报讯 夜校开学", "本报讯 "),
        ("江城日报讯(何一舟 林知秋)夜校开学", "江城日报讯(何一舟 林知秋)"),
        ("新华社武汉3月4日电（记者何一舟）夜校开学", "新华社武汉3月4日电（记者何一舟）"),
        ("据新华社电 夜校开学", "据新华社电 "),
        ("本报江城讯 夜校开学", "本报江城讯 "),
        ("本报记者何一舟通讯员林知秋", ""),
        ("本报记者何一舟在夜校听了一课", ""),
        ("通讯录里有六十个人", ""),
    ],
)
def test_datelines(text: str, dateline: str) -> None:
    found = DATELINE.match(text)
    assert (found.group() if found else "") == dateline


SIGNS = {
    "furniture": (
        FURNITURE,
        [
            "责任编辑 何一舟",
            "今日天气 晴 12℃~20℃",
            "江城：多云 12℃～20℃",
            "新闻热线：010-00000000",
            "www.example.org",
            "总第 120 期",
        ],
        ["夜校的责任在园区", "一版图纸改了七遍", "他等了四个星期"],
    ),
    "advertisement": (
        ADVERT,
        ["招租：二号厂房", "招标公告", "遗失声明", "租售热线", "疏通管道 13800000000"],
        ["他们公告了结果之后", "夜校招生", "产值13800000000元"],
    ),
    "photo credit": (
        CREDIT,
        ["图片来源:东岸新区", "何一舟 摄", "受访单位供图", "（何一舟 摄）"],
        ["摄氏九度", "他从不供图给人"],
    ),
    "caption": (CAPTION_OPENING, ["图为新厂房", "▲新厂房", "上图：新厂房"], ["图纸改了七遍", "企图"]),
    "continued from": (CONTINUED_FROM, ["（上接第1版）", "上接A3版", "(紧接一版)"], ["上接下联", "接第二棒"]),
    "continued on": (CONTINUED_ON, ["（下转第3版）", "下转A4版"], ["转第三产业", "下转盘"]),
    "column": (COLUMN_WORDS, ["园区短讯", "新闻速览", "相关链接"], ["夜校", "污水厂"]),
}


@pytest.mark.parametrize("sign", SIGNS)
def test_signs_of_a_line(sign: str) -> None:
    pattern, lines, others = SIGNS[sign]
    assert [line for line in lines if not pattern.search(line)] == []
    assert [line for line in others if pattern.search(line)] == []


@pytest.mark.parametrize(
    "line",
    [
        "第4版",
        "A12",
        "2021年3月5日 星期五",
        "星期五 2021年3月5日",
        "江城日报 2021年3月5日",
        "2021/3/5",
        "二〇二一年三月五日 星期五",
        "2022年8月5日 ／ 氢能周刊 ／ A07",
        "江城周报（样报） 第4版 园区纵深 2021年6月3日",
        "第05版：产业",
        "B2 产经·园区",
        "2版 综合",
    ],
)
def test_heads_of_a_page(line: str) -> None:
    assert page_head(line, edge=False)


@pytest.mark.parametrize("line", ["6 园区", "要闻 02", "7", "星期五"])
def test_figures_are_sheets_at_the_edge_of_a_page_only(line: str) -> None:
    assert page_head(line, edge=True)
    assert not page_head(line, edge=False)


@pytest.mark.parametrize(
    "line",
    [
        "2021年3月5日，夜校开学",
        "2021年3月5日夜校开学了，来了六十名学员",
        "夜校三年 学员六百",
        "01 教室就在车间楼上",
        "夜校开学",
        "一版图纸改了七遍",
        "A股 三连涨 创新高 了不得 真好",
    ],
)
def test_what_is_no_head_of_a_page(line: str) -> None:
    assert not page_head(line, edge=True)


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("值班总编辑 何一舟 主任 方小满 视觉 方 圆", True),
        ("值班编委：何一舟 一版编辑：方小满", True),
        ("责编 何一舟", True),
        ("主任 何一舟", False),
        ("编辑部搬进了新楼", False),
        ("校对工作 没有做完", False),
    ],
)
def test_who_made_the_page(line: str, made: bool) -> None:
    assert (DUTIES.fullmatch(line) is not None) == made


@pytest.mark.parametrize(
    ("line", "invited"),
    [
        ("◎扫描二维码 关注园区频道", True),
        ("更多内容请扫码", True),
        ("企业扫码填报诉求，系统自动分派", False),
        ("二维码贴在每台机器上，谁修的、修了几回，一扫就知道", False),
    ],
)
def test_invitations_to_a_code(line: str, invited: bool) -> None:
    assert (INVITATION.search(line) is not None) == invited


@pytest.mark.parametrize(
    ("line", "editors", "office"),
    [
        ("本报评论员", True, False),
        ("特约评论员", True, False),
        ("（本刊编辑部）", True, False),
        ("评论员何一舟", False, False),
        ("江城市委书记 何一舟", False, True),
        ("何一舟（江城大学教授）", False, True),
        ("书记来了 何一舟高兴", False, False),
        ("何一舟（新区供图）", False, False),
    ],
)
def test_authors_without_a_role(line: str, editors: bool, office: bool) -> None:
    assert (signed_by_editors(line), author_with_office(line)) == (editors, office)
