"""The authority files: what the door lets in, what it refuses, and what the package's own files hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.authority import KIND_ENDINGS, PACKAGE, Authority, Lexicon, built_names, load
from generator.chinese import squeeze
from generator.errors import AuthorityError

ROOT = Path(__file__).resolve().parents[1]
IDS = ROOT / "tests/cases/tag/ids.txt"
PARK_HEAD = "id,name_full,kind,province,city,aliases,parent,approved_year,lat\n"


@pytest.fixture(scope="module")
def authority() -> Authority:
    return load()


def meant(authority: Authority, name: str) -> set[str]:
    """The parks that a name can mean."""
    sense = authority.names.senses.get(squeeze(name)[0])
    if sense is None:
        return set()
    rule = sense.ambiguous
    return {sense.park} if sense.park else {*rule.candidates, rule.default} - {""} if rule else set()


def test_ids_in_use_are_never_dropped(authority: Authority) -> None:
    """An id once published stays or is retired; take it out of the list only together with a line in retired.csv."""
    retired = {line.split(",")[0] for line in (PACKAGE / "retired.csv").read_text(encoding="utf-8").splitlines()[1:]}
    used = {*authority.parks, *authority.subjects} | retired
    assert set(IDS.read_text(encoding="utf-8").split()) <= used


def test_it_loads_within_a_second() -> None:
    """In a process of its own: here the collector goes through all that other tests hold."""
    program = """
import time
from generator.authority import load

start = time.process_time()
load()
print(time.process_time() - start)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert float(done.stdout) < 1


def test_every_subject_is_defined_and_has_words(authority: Authority) -> None:
    for subject in authority.subjects.values():
        assert subject.definition.endswith("。"), subject.id
        assert subject.strong, subject.id


def test_no_subject_lists_a_word_twice(authority: Authority) -> None:
    for subject in authority.subjects.values():
        words = [squeeze(word)[0] for word in (*subject.strong, *subject.weak, *subject.negative)]
        assert {word for word in words if words.count(word) > 1} == set(), subject.id


def test_every_park_says_how_far_it_is_checked(authority: Authority) -> None:
    for park in authority.parks.values():
        assert park.confidence in {"high", "medium", "low"}, park.id
        assert park.source, park.id
        assert park.province or park.kind in {"境外园区", "其他"}, park.id


def test_parents_lie_around_their_children(authority: Authority) -> None:
    for park in authority.parks.values():
        if park.parent:
            assert authority.parks[park.parent].province in {park.province, ""}, park.id


def test_dated_names_are_found_too(authority: Authority) -> None:
    assert any(park.dated_names for park in authority.parks.values())
    for park in authority.parks.values():
        for dated in park.dated_names:
            assert park.id in meant(authority, dated.name), dated.name


@pytest.mark.parametrize(
    ("name", "park"),
    [
        ("天津滨海—中关村科技园", "tianjin-binhai-zhongguancun"),
        ("雄安新区中关村科技园", "xiongan-zhongguancun"),
        ("雄安科创中心", "xiongan-kechuang-center"),
        ("天开高教科创园", "tiankai"),
        ("郑州航空港经济综合实验区", "zhengzhou-airport-zone"),
        ("霍尔果斯经济开发区", "horgos-edz"),
        ("喀什经济开发区", "kashgar-edz"),
        ("中哈霍尔果斯国际边境合作中心", "horgos-cooperation-center"),
        ("宁东能源化工基地", "ningdong"),
        ("福州元洪投资区", "fuzhou-yuanhong"),
        ("虹桥国际中央商务区", "hongqiao-cbd"),
        ("海南自由贸易港", "hainan-ftp"),
        ("东湖科学城", "wuhan-donghu-science-city"),
        ("光谷科创大走廊", "optics-valley-corridor"),
        ("乌兰浩特经开区", "ulanhot-etdz"),
        ("常州钟楼经开区", "changzhou-zhonglou-etdz"),
        ("天津蓟县经济开发区", "tianjin-jizhou-etdz"),
        ("亳州高新区", "bozhou-hitech"),
        ("上海工业综合开发区", "shanghai-fengxian-industrial"),
        ("珠海富山工业园", "zhuhai-fushan"),
        ("常熟氟化工园区", "changshu-fluorochemical"),
        ("枝江姚家港化工园", "zhijiang-yaojiagang"),
        ("武汉化工区", "wuhan-chemical-zone"),
        ("西安现代纺织产业园", "xian-modern-textile"),
        ("连云港中哈物流园", "lianyungang-zhongha"),
        ("深哈产业园", "shenha-park"),
        ("苏州科技城", "suzhou-scitech-city"),
        ("上海大飞机产业园", "shanghai-comac-park"),
        ("中国设计之都（田面）创意产业园", "shenzhen-tianmian-design"),
        ("中关村创业大街", "zgc-venture-street"),
        ("中关村环保园", "zgc-env-park"),
        ("中白工业园", "china-belarus-park"),
        ("埃塞俄比亚东方工业园", "ethiopia-eastern"),
        ("西港特区", "sihanoukville-sez"),
        ("开城工业园区", "kaesong"),
        ("浒关开发区", "suzhou-xushuguan-etdz"),
        ("武汉开发区", "wuhan-etdz"),
        ("长沙县经济技术开发区", "changsha-etdz"),
        ("金桥经济开发区", "shanghai-jinqiao-etdz"),
        ("751北京时尚设计广场", "beijing-751dpark"),
        ("通化医药园区", "tonghua-medical"),
        ("苏南自主创新示范区", "sunan-nidz"),
        ("外高桥保税物流园区", "shanghai-waigaoqiaogang-bonded"),
        ("福州保税区", "fuzhou-bonded"),
        ("融侨经济技术开发区", "fuqing-rongqiao-etdz"),
        ("河南自贸试验区郑州片区", "henan-ftz-zhengzhou"),
        ("清远国家高新区", "qingyuan-hitech"),
        ("苏州市高新技术产业开发区", "suzhou-hitech"),
        ("昆山出口加工区", "kunshan-bonded"),
        ("酒泉工业园区", "jiuquan-etdz"),
        ("浏阳制造产业基地", "liuyang-phitech"),
        ("长春汽车产业开发区", "changchun-auto-etdz"),
        ("沙头角保税区", "shenzhen-yantian-bonded"),
        ("苏州工业园区综合保税区", "suzhou-sip-bonded"),
        ("袍江工业区", "shaoxing-paojiang-etdz"),
        ("沈阳市南湖科技开发区", "shenyang-hitech"),
        ("长春南湖—南岭新技术工业园区", "changchun-hitech"),
        ("德山开发区", "changde-etdz"),
        ("沌口开发区", "wuhan-etdz"),
        ("威海经区", "weihai-etdz"),
        ("横琴自贸片区", "guangdong-ftz-hengqin"),
    ],
)
def test_names_that_were_missing_are_known(authority: Authority, name: str, park: str) -> None:
    assert meant(authority, name) == {park}


def test_built_names_follow_the_kind() -> None:
    for kind, endings in KIND_ENDINGS.items():
        assert built_names(f"某某{endings[0]}", f"某某{endings[-1]}", kind)[0] == f"某某{endings[0]}"
    assert built_names("某某软件园", "某某软件园", "产业园") == ()


# --- an editor's own folder -----------------------------------------------------------------------------------------


def test_a_park_is_added_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "parks.csv").write_text(
        "id,name_full,kind,province\nyizhou-phitech,颐州高新技术产业开发区,省级高新区,江苏省\n", encoding="utf-8"
    )
    authority = load(tmp_path)
    assert authority.parks["yizhou-phitech"].short == "颐州高新区"
    assert meant(authority, "颐州省级高新区") == {"yizhou-phitech"}


@pytest.mark.parametrize(
    ("full", "kind", "name"),
    [
        ("颐州高新技术产业开发区", "省级高新区", "颐州高新区"),
        ("颐州经济技术开发区", "省级经开区", "颐州经开区"),
        ("颐州综合保税区", "综合保税区", "颐州综保区"),
        ("颐州甲乙产业园", "其他", "颐州甲乙产业园"),
    ],
)
def test_id_and_full_name_are_enough(tmp_path: Path, full: str, kind: str, name: str) -> None:
    (tmp_path / "parks.csv").write_text(f"id,name_full\nyizhou-x,{full}\n", encoding="utf-8")
    authority = load(tmp_path)
    assert authority.parks["yizhou-x"].kind == kind
    assert meant(authority, name) == {"yizhou-x"}


def test_filled_cells_lie_over_the_package(tmp_path: Path, authority: Authority) -> None:
    (tmp_path / "parks.csv").write_text("id,name_full,approved_year\nqingyuan-hitech,,2016\n", encoding="utf-8")
    (tmp_path / "industries.yml").write_text("industries:\n- {id: solar, name: 太阳能光伏}\n", encoding="utf-8")
    changed = load(tmp_path)
    before = authority.parks["qingyuan-hitech"]
    assert changed.parks["qingyuan-hitech"].year == 2016
    assert changed.parks["qingyuan-hitech"].name == before.name
    assert changed.industries["solar"].name == "太阳能光伏"
    assert changed.industries["solar"].strong == authority.industries["solar"].strong
    assert changed.fingerprint != authority.fingerprint


def test_a_missing_folder_is_an_empty_one(tmp_path: Path, authority: Authority) -> None:
    assert load(tmp_path / "none").fingerprint == authority.fingerprint


@pytest.mark.parametrize(
    ("file", "text", "line", "part"),
    [
        ("parks.csv", "id,name_full,colour\na-b,甲乙园,红\n", 1, "colour"),
        ("parks.csv", "id,city\na-b,某市\n", 1, "name_full"),
        ("parks.csv", "id,name_full\na-b,甲乙园\na-b,丙丁园\n", 3, "a-b"),
        ("parks.csv", "id,name_full\nA B,甲乙园\n", 2, "A B"),
        ("parks.csv", "id,name_full\n,甲乙园\n", 2, "空"),
        ("parks.csv", "id,name_full\na-b,\n", 2, "name_full"),
        ("parks.csv", "id,name_full\na-b,甲,乙,丙\n", 2, "4"),
        ("parks.csv", "id,name_full,kind\na-b,甲乙园,大园\n", 2, "大园"),
        ("parks.csv", "id,name_full,parent\na-b,甲乙园,no-such-park\n", 2, "no-such-park"),
        ("parks.csv", "id,name_full,parent\na-b,甲乙园,c-d\nc-d,丙丁园,a-b\n", 2, "a-b"),
        ("parks.csv", "id,name_full,province\na-b,甲乙园,江苏\n", 2, "江苏"),
        ("parks.csv", "id,name_full,approved_year\na-b,甲乙园,1919\n", 2, "1919"),
        ("parks.csv", "id,name_full,approved_year\na-b,甲乙园,九二年\n", 2, "九二年"),
        ("parks.csv", "id,name_full,lat\na-b,甲乙园,123\n", 2, "123"),
        ("parks.csv", "id,name_full,aliases\na-b,甲乙园,西安高新区\n", 2, "西安高新区"),
        ("parks.csv", "id,name_full,aliases\na-b,甲乙园,高新区\n", 2, "高新区"),
        ("parks.csv", "id,name_full,aliases\na-b,甲乙园,光谷\n", 2, "光谷"),
        ("parks.csv", "id,name_full,aliases\na-b,甲乙园,园\n", 2, "园"),
        ("parks.csv", "id,name_full,aliases\na-b,甲乙园,江苏\n", 2, "江苏"),
        ("parks.csv", "id,name_full,aliases\nxian-hitech,,宝鸡高新区\n", 2, "baoji-hitech"),
        ("parks.csv", "id,name_full\na-b,甲乙\0园\n", 2, "控制符"),
        ("parks.csv", 'id,name_full\na-b,"甲乙园\nc-d,丙丁园\n', 3, "引号"),
        ("parks.csv", "", 1, "缺少列"),
        ("park.csv", "id,name_full\na-b,甲乙园\n", None, "parks.csv"),
        ("industries.yaml", "industries: []\n", None, "industries.yml"),
        ("names.csv", "id,name,since,until\nxian-hitech,某园,2010,2001\n", 2, "2010"),
        ("names.csv", "id,name\nno-such-park,某园\n", 2, "no-such-park"),
        ("ambiguous.csv", "alias,default_id\n某园,no-such-park\n", 2, "no-such-park"),
        ("ambiguous.csv", "alias,points_to\n某园,大园\n", 2, "大园"),
        ("ambiguous.csv", "alias,only_mention\n某园,也许\n", 2, "也许"),
        ("places.csv", "name,province,level\n某地,江苏,市\n", 2, "江苏"),
        ("places.csv", "name,province,level\n某地,江苏省,乡\n", 2, "乡"),
        ("retired.csv", "id,year\nxian-hitech,2020\n", 2, "xian-hitech"),
        ("industries.yml", "industries:\n- {id: a, name: 甲\n", 3, "YAML"),
        ("industries.yml", "trades: []\n", None, "trades"),
        ("industries.yml", "industries:\n- {name: 甲}\n", None, "id"),
        ("industries.yml", "industries:\n- {id: a, name: 甲}\n- {id: a, name: 乙}\n", 3, "两次"),
        ("industries.yml", "industries:\n- {id: a, name: 甲, words: [乙]}\n", 2, "words"),
        ("industries.yml", "industries:\n- {id: a, name: 甲, strong: 乙}\n", 2, "a.strong"),
        ("industries.yml", "industries:\n- {id: a, name: 甲, strong: [798]}\n", 2, "a.strong"),
        ("industries.yml", "industries:\n- {id: a, name: 甲, parent: b}\n", 2, "parent"),
        ("industries.yml", "industries:\n- {id: a, parent: it}\n", 2, "name"),
        ("industries.yml", "industries:\n- {id: a, name: 甲, parent: b}\n- {id: b, name: 乙, parent: a}\n", 2, "绕回"),
        ("industries.yml", "industries:\n- {id: a, name: 1992}\n", 2, "a.name"),
        ("industries.yml", "industries: 新能源\n", None, "id"),
        ("industries.yml", "industries: 新\1能源\n", None, "YAML"),
        ("industries.yml", "topics:\n- {id: solar, name: 甲}\n", 2, "solar"),
    ],
)
def test_faults_are_named(tmp_path: Path, file: str, text: str, line: int | None, part: str) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(AuthorityError) as caught:
        load(tmp_path)
    assert part in str(caught.value)
    assert Path(caught.value.file).name == file
    assert caught.value.line == line


def test_a_folder_in_the_place_of_a_table_is_named(tmp_path: Path) -> None:
    (tmp_path / "parks.csv").mkdir()
    with pytest.raises(AuthorityError, match="文件夹"):
        load(tmp_path)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "parks.csv").write_bytes("id,name_full\na-b,甲乙园\n".encode("gb18030"))
    with pytest.raises(AuthorityError, match="UTF-8"):
        load(tmp_path)


# --- the lexicon ----------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.sets(st.text("甲乙丙", min_size=1, max_size=4), min_size=1, max_size=8), st.text("甲乙丙丁", max_size=40))
def test_the_leftmost_longest_phrases_are_found(phrases: set[str], text: str) -> None:
    expected = []
    at = 0
    while at < len(text):
        here = max((p for p in phrases if text.startswith(p, at)), key=len, default="")
        if here:
            expected.append((at, at + len(here), here))
        at += len(here) or 1
    assert Lexicon({phrase: phrase for phrase in phrases}).find(text) == expected


@settings(deadline=None)
@given(st.sets(st.text("甲乙丙", min_size=1, max_size=4), min_size=1, max_size=8), st.text("甲乙丙丁", max_size=40))
def test_overlapping_hits_lie_in_no_other(phrases: set[str], text: str) -> None:
    every = {(i, i + len(p), p) for p in phrases for i in range(len(text)) if text.startswith(p, i)}
    outer = {a for a in every if not any(b != a and b[0] <= a[0] and a[1] <= b[1] for b in every)}
    assert Lexicon({phrase: phrase for phrase in phrases}, overlapping=True).find(text) == sorted(outer)


def test_a_negative_is_a_longer_word_that_says_nothing(authority: Authority) -> None:
    senses = authority.words.senses
    assert "electronics" not in dict(senses["电子政务"])
    assert "energy" not in dict(senses["新能源汽车"])
    assert dict(senses["新能源汽车产业链"])["nev"]
    assert senses["电子科技大学"] == ()


def test_a_latin_keyword_does_not_speak_inside_a_longer_latin_word() -> None:
    senses = dict(load().words.senses)
    assert "led" not in dict(senses["amoled"])
    assert "led" in dict(senses["led照明"])
