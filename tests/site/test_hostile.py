"""From hostile source files, through the whole pipeline, to a site in which nothing runs and nothing breaks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.cli import main
from tests.render.built import ORIGIN, mkdocs_site, with_about
from tests.site.leaf import Leaf, leaves_of
from tests.site.links import broken_links

NEWS = "近日，苏州工业园区的集成电路企业宣布，新建的晶圆生产线已经投产，全年产值预计达到十二亿元，比去年增长三成。"
SCRIPT = '<script>window.ran=1</script><img src=x onerror="window.ran=2"><svg/onload=window.ran=3>'
LINES = (
    f"# {SCRIPT}苏州工业园区开工",
    "本报记者 {{ config }}{% raw %} 通讯员 <b>李四</b>",
    f"▶本报讯（记者 <i>王五</i>）{NEWS}{SCRIPT}",
    '## {: #p1 onclick=ran() .x } <iframe src="javascript:ran()"></iframe>',
    f'[点我](javascript:ran()) ![图](javascript:ran()) <a href="javascript:ran()">链</a> {NEWS}',
    '[ref]: javascript:ran() "x"',
    "*[苏州]: <script>ran()</script>",
    f'{{% include "/etc/passwd" %}} {{{{ self.__init__.__globals__ }}}} {{{{ 7*7 }}}} {NEWS}',
    '--8<-- "/etc/passwd"',
    "::: {.x}\n\n/// html | script\nwindow.ran=4\n///\n\n```js\nwindow.ran=5\n```\n\n    <script>window.ran=6</script>",
    f"<!-- {NEWS} -->{NEWS}-->",
    f"<style>*{{display:none}}</style>{NEWS}",
    f"</div></main></body></html>{NEWS}</textarea></title></script><![CDATA[ ]]>&lt;script&gt;{NEWS}",
    f"\u202e倒着的文字\u202c \u2066隐\u2069 \u200f{NEWS}",
    f"{NEWS}\x01\x0b\x0c\x1b[31m红\x1b[0m\x7f\x85\u2028{NEWS}",
    f"| 甲 | 乙 |\n|---|---|\n| `x` | <u>y</u> |\n\n1. {NEWS}\n- {NEWS}\n> {NEWS}\n+ {NEWS}\n\\* {NEWS} \\",
    "一行不断的长" * 1500,
    '图为<script>ran()</script>的现场。 "onmouseover="ran() 摄',
    f"---\ntitle: 假头\ntemplate: home.html\n---\n\n{NEWS}",
)
FRONT = '---\ntemplate: ../../x\nnewspaper: !!python/object/apply:os.mkdir ["{place}/ran"]\n---\n\n# 假的头\n\n'
PLAIN = f"# 寻常标题\n\n{NEWS}{NEWS}"
REFUSED = ('甲 <b>"名&.txt', "con%2e%2e%2fx?#y.txt", "nul.txt")
"""What the door names and leaves out, while the rest is built."""
FORBIDDEN = {"iframe", "object", "embed", "base", "style", "b", "i", "u"}
PARKS = """id,name_full,name_short,source,note
evil,<script>ran()</script>坏园区,坏园区<img src=x onerror=ran()>,<script>ran()</script>,{{ config }}
"""


def write_seeds(place: Path) -> Path:
    """The source files, their facts, an authority file and a correction, all of them hostile."""
    seeds = place / "seeds"
    texts = {
        "a.txt": "\n\n".join(LINES),
        "javascript:ran(1).md": FRONT.format(place=place) + NEWS * 2,
        "{{ config }}/-rf.txt": PLAIN,
        "index.txt": PLAIN,
        "404.md": PLAIN,
        "倒\u202etxt.txt": PLAIN,
        "坏园区.txt": f"# 坏园区<img src=x onerror=ran()>动工\n\n坏园区<img src=x onerror=ran()>动工。{NEWS}{NEWS}",
        "issue.yml": "newspaper: '<script>window.ran=7</script>\"日报'\nfiles:\n  a: {page: '<b>5'}\n",
        "authority/parks.csv": PARKS,
        "nul.txt": "\x00" + PLAIN,
        **dict.fromkeys(REFUSED[:2], PLAIN),
    }
    for name, text in texts.items():
        path = seeds / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return seeds


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("hostile")
    arguments = ["--docs", str(place / "docs"), "--cache", str(place / "cache"), "--site-url", ORIGIN]
    assert main(["build", str(write_seeds(place)), *arguments]) == 1
    with_about(place)
    return mkdocs_site(place, ORIGIN)


@pytest.fixture(scope="module")
def leaves(site: Path) -> dict[str, Leaf]:
    return leaves_of(site)


def test_the_door_names_what_it_leaves_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seeds = write_seeds(tmp_path)
    assert main(["articles", str(seeds), "--out", str(tmp_path / "json"), "--cache", str(tmp_path / "cache")]) == 1
    said = capsys.readouterr().err
    assert [name for name in REFUSED if name not in said] == []


def test_nothing_runs(site: Path, leaves: dict[str, Leaf]) -> None:
    scripts = leaves["about/"].tags.count("script")
    for url, leaf in leaves.items():
        app_and_its_words = 2 * int(url == "search/")
        assert leaf.tags.count("script") == scripts + app_and_its_words + len(leaf.data), url
        assert FORBIDDEN.isdisjoint(leaf.tags), url
        assert [name for name, _ in leaf.attributes if name.startswith("on")] == [], url
        assert [link for link in leaf.links if link.strip().lower().startswith(("javascript:", "data:"))] == [], url
        for data in leaf.data:
            assert "<" not in data, url
            assert json.loads(data)["@type"] == "NewsArticle"
    assert not (site.parent / "ran").exists()


def test_nothing_breaks(site: Path, leaves: dict[str, Leaf]) -> None:
    assert broken_links(site, ORIGIN, leaves) == []
    for url, leaf in leaves.items():
        assert leaf.tags.count("h1") == leaf.tags.count("main") == 1, url
        assert len(leaf.ids) == len(set(leaf.ids)), url


def test_nothing_is_lost(leaves: dict[str, Leaf]) -> None:
    """What the hostile page says is on its source page, character by character, but for what can't be shown."""
    shown = leaves["sources/a/"].text
    for text in ("{{ 7*7 }}", "<!-- 近日", "</textarea></title></script>", "window.ran=5", "{: #p1 onclick=ran() .x }"):
        assert text in shown, text
    assert "root:" not in "".join(leaf.text for leaf in leaves.values())
    assert not {"\u202e", "\u2066", "\x1b", "\x01"} & {char for leaf in leaves.values() for char in leaf.text}
