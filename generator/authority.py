"""The door for the authority files: parks, places, industries and topics, read, checked and made ready for look-up."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

import ahocorasick_rs
import yaml

from generator.chinese import squeeze
from generator.errors import AuthorityError
from generator.model import AmbiguousName, DatedName, Facet, NameSense, Park, Place, Subject

PACKAGE = Path(__file__).parent / "authority"

PARK_COLUMNS = (
    "id", "name_full", "name_short", "aliases", "kind", "parent", "province", "city", "approved_year",
    "lat", "lon", "gb37028", "source", "year_source", "confidence", "note",
)  # fmt: skip
NAME_COLUMNS = ("id", "name", "since", "until", "note")
AMBIGUOUS_COLUMNS = (
    "alias", "type", "default_id", "candidates", "require_any", "exclude_any", "points_to", "only_mention", "rule",
)  # fmt: skip
PLACE_COLUMNS = ("name", "province", "city", "level", "require_any")
PLACE_LEVELS = ("省", "市", "县", "区域", "遮蔽")
RETIRED_COLUMNS = ("id", "year", "became")
FILES = ("parks.csv", "names.csv", "ambiguous.csv", "places.csv", "industries.yml", "retired.csv")
SUBJECT_KEYS = {"id", "name", "parent", "sei2018", "sei2018_exact", "definition", "strong", "weak", "negative", "note"}
YEARS = range(1979, 2041)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

KIND_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "国家高新区": (
        "高新区", "国家高新区", "国家级高新区", "高新技术产业开发区", "国家高新技术产业开发区",
        "国家级高新技术产业开发区", "高新技术开发区", "高新技术产业园区", "高新技术产业园", "高新技术产业区",
        "高新开发区", "高新园区", "高新产业开发区",
    ),
    "省级高新区": (
        "高新区", "省级高新区", "高新技术产业开发区", "省级高新技术产业开发区", "高新技术开发区",
        "高新技术产业园区", "高新技术产业园", "高新开发区", "高新园区",
    ),
    "国家经开区": (
        "经开区", "国家经开区", "国家级经开区", "经济技术开发区", "国家经济技术开发区", "国家级经济技术开发区",
        "经济开发区", "国家级经济开发区", "经济技术产业开发区", "技术开发区", "开发区",
    ),
    "省级经开区": ("经开区", "省级经开区", "经济开发区", "省级经济开发区", "经济技术开发区"),
    "综合保税区": ("综合保税区", "综保区"),
    "自创区": ("自创区", "国家自创区", "国家自主创新示范区", "自主创新示范区", "国家级自主创新示范区"),
    "自贸试验区": ("自贸试验区", "自贸区", "自由贸易试验区", "自由贸易区"),
    "国家级新区": ("新区", "国家级新区"),
    "边合区": ("边合区", "边境经济合作区", "国家级边境经济合作区", "边境合作区"),
}  # fmt: skip
"""The ways to write the end of a name, the one in name_short first; what stands before it is the stem."""
KIND_OF_ENDING: Mapping[str, str] = {
    "高新技术产业开发区": "省级高新区", "高新区": "省级高新区", "经济技术开发区": "省级经开区",
    "经济开发区": "省级经开区", "经开区": "省级经开区", "综合保税区": "综合保税区", "综保区": "综合保税区",
}  # fmt: skip
"""The kind of a park whose editor names none. All national ones are in the package's files: another is a province's."""
OTHER_KINDS = ("产业园", "文化产业园", "双创基地", "自贸片区", "境外园区", "其他")
Sense = TypeVar("Sense")
Senses = tuple[tuple[str, bool], ...]
"""The subjects a keyword speaks for, each with whether it is a strong word for it; empty for a mask."""

LATIN = re.compile("[0-9a-z]")
UNITS = frozenset("市县区")
"""What may stand behind a place inside a park's name: 昆山市高新区."""
UNIT_STEMS = (2, 3, 4)
"""Lengths of places without it."""
DASH, READ_AS = "—", "一"
"""A dash inside a name, and what character recognition makes of it: 滨海一中关村科技园."""
SHORTEST_NAME = 2
WIDE_PLACES = frozenset({"省", "市", "区域"})
ADMINISTRATIVE = ("特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市")


class Lexicon(Generic[Sense]):
    """Phrases with what they mean, found in squeezed text by an automaton (Aho–Corasick)."""

    def __init__(self, senses: Mapping[str, Sense], *, overlapping: bool = False) -> None:
        """With `overlapping`, hits may share characters, but none lies inside another."""
        self.senses = {phrase: sense for phrase, sense in senses.items() if phrase}
        self._values = tuple(self.senses.values())
        self._overlapping = overlapping
        kind = ahocorasick_rs.MatchKind.Standard if overlapping else ahocorasick_rs.MatchKind.LeftmostLongest
        self._automaton = ahocorasick_rs.AhoCorasick(list(self.senses), matchkind=kind)

    def find(self, text: str) -> list[tuple[int, int, Sense]]:
        """Hits as (start, end, sense) in the order of the text: the longest from the left, none overlapping.

        >>> Lexicon({"高新区": 1, "西安": 2, "西安高新区": 3}).find("在西安高新区，西安")
        [(1, 6, 3), (7, 9, 2)]
        >>> Lexicon({"企业转型": 1, "转型升级": 2, "转型": 3}, overlapping=True).find("企业转型升级")
        [(0, 4, 1), (2, 6, 2)]
        """
        values = self._values
        if not self._overlapping:
            return [(start, end, values[i]) for i, start, end in self._automaton.find_matches_as_indexes(text)]
        found: list[tuple[int, int, Sense]] = []
        last_start = last_end = -1
        for i, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if start <= last_start:
                while found and start <= found[-1][0]:
                    found.pop()  # hits come by their ends: what begins no earlier lies inside this one
            elif end <= last_end:
                continue
            found.append((start, end, values[i]))
            last_start, last_end = start, end
        return found


@dataclass(frozen=True, slots=True)
class Authority:
    """All that the archive knows by name, checked, and the lexicons that find it in squeezed text."""

    parks: Mapping[str, Park]
    industries: Mapping[str, Subject]
    topics: Mapping[str, Subject]
    subjects: Mapping[str, Subject]
    """Industries and topics together."""
    places: Mapping[str, Place]
    ambiguous: Mapping[str, AmbiguousName]
    provinces: tuple[str, ...]
    """Full names, in the order of the places file."""
    cues: Mapping[str, tuple[str, ...]]
    """For each park the squeezed words that speak for it where a name may mean several: its city, its stem."""
    names: Lexicon[NameSense] = field(repr=False, compare=False)
    """Park and place names, and the phrases that hide them."""
    words: Lexicon[Senses] = field(repr=False, compare=False)
    """Keywords of industries and topics."""
    fingerprint: str = ""
    """SHA-256 over all files read, for caches."""


def load(extra: Path | None = None) -> Authority:
    """The package's authority files, with the rows of an editor's own folder added or laid over them.

    Raises AuthorityError where a file breaks its rules. A folder that does not exist counts as empty.
    """
    folders = [PACKAGE, *([_own(extra)] if extra and extra.is_dir() else [])]
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(p for p in folder.iterdir() if p.suffix in {".csv", ".yml"}):
            digest.update(path.name.encode() + b"\0" + _text(path).encode() + b"\0")
    places = _places(folders)
    provinces = tuple(dict.fromkeys(p.provinces[0] for p in places.values() if p.provinces))
    parks, rows = _parks(folders, frozenset(provinces))
    ambiguous = _ambiguous(folders, parks)
    industries, topics, masks = _subjects(folders)
    _check_retired(folders, {**parks, **industries, **topics})
    return Authority(
        parks=parks,
        industries=industries,
        topics=topics,
        subjects=industries | topics,
        places=places,
        ambiguous=ambiguous,
        provinces=provinces,
        cues={park.id: _cues(park) for park in parks.values()},
        names=Lexicon(_name_senses(parks, rows, ambiguous, places)),
        words=Lexicon(_word_senses([*industries.values(), *topics.values()], masks), overlapping=True),
        fingerprint=digest.hexdigest(),
    )


def built_names(short: str, full: str, kind: str) -> tuple[str, ...]:
    """The names that follow from a park's stem and its kind, so that nobody needs to write them down.

    >>> built_names("清远高新区", "清远高新技术产业开发区", "国家高新区")[:3]
    ('清远高新区', '清远国家高新区', '清远国家级高新区')
    """
    endings = KIND_ENDINGS.get(kind, ())
    ordered = sorted(endings, key=len, reverse=True)
    stems = []
    for name in (short, full):
        ending = next((e for e in ordered if name.endswith(e)), "")
        stem = name.removesuffix(ending)
        if ending and len(squeeze(stem)[0]) > 1 and stem not in stems:
            stems.append(stem)
    return tuple(dict.fromkeys(stem + ending for stem in stems for ending in endings))


# --- reading tables -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def several(self, column: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self[column].split(";") if part.strip())

    def error(self, expected: str, found: str, remedy: str) -> AuthorityError:
        return AuthorityError(self.file, line=self.line, expected=expected, found=found, remedy=remedy)


def _own(folder: Path) -> Path:
    """An editor's own folder, which has tables of the known names only: a misspelt one would be passed over."""
    for path in sorted(folder.iterdir()):
        if path.suffix in {".csv", ".yml", ".yaml"} and path.name not in FILES and not path.name.startswith("."):
            raise AuthorityError(
                str(path),
                expected=f"文件名是这些之一：{'、'.join(FILES)}",
                found=path.name,
                remedy="给文件改名，或移到别处",
            )
    return folder


def _text(path: Path) -> str:
    """A file's text. Raises AuthorityError where it can't be read or is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        found = "一个文件夹" if path.is_dir() else f"读不出来（{problem.strerror}）"
        remedy = "换成普通文件，检查读取权限"
        raise AuthorityError(str(path), expected="可以读取的文件", found=found, remedy=remedy) from problem
    except UnicodeDecodeError as problem:
        raise AuthorityError(
            str(path),
            expected="UTF-8 编码的文本",
            found=f"第 {problem.start} 个字节无法解码",
            remedy="另存为 UTF-8 编码",
        ) from problem


def _rows(folder: Path, name: str, columns: tuple[str, ...], required: tuple[str, ...], key: str) -> list[_Row]:
    """Rows of one table; columns may be missing or in any order, unknown ones are an error. No file: no rows."""
    path = folder / name
    if not path.exists():
        return []
    text = _text(path)
    reader = csv.reader(io.StringIO(text, newline=""))
    head = [cell.strip() for cell in next(reader, [])]
    unknown = [cell for cell in head if cell not in columns]
    missing = [cell for cell in required if cell not in head]
    if unknown or missing:
        raise AuthorityError(
            str(path),
            line=1,
            expected=f"表头由这些列组成：{'、'.join(columns)}，必有 {'、'.join(required)}",
            found=f"不认识的列 {'、'.join(unknown)}" if unknown else f"缺少列 {'、'.join(missing)}",
            remedy="改正第一行的列名",
        )
    rows: list[_Row] = []
    seen: dict[str, int] = {}
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(head):
            raise AuthorityError(
                str(path),
                line=reader.line_num,
                expected=f"每行至多 {len(head)} 格",
                found=f"{len(cells)} 格",
                remedy="格内有逗号时，用英文双引号把这一格括起来",
            )
        row = _Row(str(path), reader.line_num, dict(zip(head, (cell.strip() for cell in cells), strict=False)))
        if unprintable := next((cell for cell in row.cells.values() if CONTROL.search(cell)), ""):
            raise row.error(
                "一格是一行普通文字",
                f"{unprintable[:20]!r} 里有换行或控制符",
                "检查引号是否成对，删去多余的符号",
            )
        if not row[key]:
            raise row.error(f"{key} 一格不空", "空格", "填上，或删去整行")
        if row[key] in seen and name != "names.csv":
            raise row.error(
                f"{key} 在一个文件里只出现一次", f"{row[key]} 已在第 {seen[row[key]]} 行", "删去一行，或换一个"
            )
        seen[row[key]] = reader.line_num
        rows.append(row)
    return rows


def _layered(folders: Iterable[Path], read: Callable[[Path], list[_Row]], key: str) -> dict[str, _Row]:
    """Rows of all folders by key; a later row with the same key lays its filled cells over the earlier one."""
    merged: dict[str, _Row] = {}
    for folder in folders:
        for row in read(folder):
            below = merged.get(row[key])
            if below:
                cells = {**below.cells, **{k: v for k, v in row.cells.items() if v}}
                row = replace(row, cells=cells)  # noqa: PLW2901
            merged[row[key]] = row
    return merged


# --- parks ----------------------------------------------------------------------------------------------------------


def _parks(folders: list[Path], provinces: frozenset[str]) -> tuple[dict[str, Park], dict[str, _Row]]:
    """The parks by id, and the line that each stands on."""
    rows = _layered(folders, lambda f: _rows(f, "parks.csv", PARK_COLUMNS, ("id", "name_full"), "id"), "id")
    dated = _dated_names(folders, rows)
    parks: dict[str, Park] = {}
    for key, row in rows.items():
        kind = row["kind"] or _kind(row["name_full"])
        if not ID.fullmatch(key):
            raise row.error("编号只用小写字母、数字和连字符", key, "改成例如 qingyuan-hitech")
        if not row["name_full"]:
            raise row.error("name_full 不空", "空格", "填上园区全称")
        if kind not in KIND_ENDINGS and kind not in OTHER_KINDS:
            raise row.error(f"kind 是这些之一：{'、'.join((*KIND_ENDINGS, *OTHER_KINDS))}", kind, "选其中一种，或留空")
        if row["parent"] and row["parent"] not in rows:
            raise row.error("parent 是另一园区的编号", row["parent"], "改正编号，或先加上那个园区")
        lies_in = row.several("province")
        if not set(lies_in) <= provinces:
            raise row.error(
                "province 是省级行政区全称",
                row["province"],
                "写成例如 福建省、重庆市，跨省的几个用分号隔开，主要的在前",
            )
        year = _number(row, "approved_year", YEARS.start, YEARS.stop - 1)
        parks[key] = Park(
            id=key,
            name=row["name_full"],
            short=row["name_short"] or _short(row["name_full"], kind),
            aliases=tuple(dict.fromkeys((*row.several("aliases"), *(d.name for d in dated.get(key, ()))))),
            kind=kind,
            parent=row["parent"],
            province=next(iter(lies_in), ""),
            city=row["city"],
            year=None if year is None else int(year),
            latitude=_number(row, "lat", -90, 90),
            longitude=_number(row, "lon", -180, 180),
            source=row["source"],
            confidence=row["confidence"],
            note=row["note"],
            dated_names=dated.get(key, ()),
            provinces=lies_in,
        )
    for key, row in rows.items():
        above, seen = row["parent"], {key}
        while above:
            if above in seen:
                raise row.error("上级园区不绕回自己", f"{key} → … → {above}", "改正 parent")
            seen.add(above)
            above = rows[above]["parent"]
    return parks, rows


def _dated_names(folders: list[Path], parks: Mapping[str, _Row]) -> dict[str, tuple[DatedName, ...]]:
    found: dict[str, tuple[DatedName, ...]] = {}
    for folder in folders:
        for row in _rows(folder, "names.csv", NAME_COLUMNS, ("id", "name"), "id"):
            if row["id"] not in parks:
                raise row.error("id 是 parks.csv 里的编号", row["id"], "改正编号，或先加上那个园区")
            since, until = (_number(row, c, 1949, YEARS.stop) for c in ("since", "until"))
            if since and until and since > until:
                raise row.error("since 不晚于 until", f"{row['since']}–{row['until']}", "改正年份")
            name = DatedName(row["name"], None if since is None else int(since), None if until is None else int(until))
            found[row["id"]] = (*found.get(row["id"], ()), name)
    return found


def _kind(full: str) -> str:
    """The kind that a full name tells by its ending."""
    return next((kind for ending, kind in KIND_OF_ENDING.items() if full.endswith(ending)), "其他")


def _short(full: str, kind: str) -> str:
    """The short name where the editor gave none."""
    endings = KIND_ENDINGS.get(kind, ())
    ending = next((e for e in sorted(endings, key=len, reverse=True) if full.endswith(e)), "")
    return full.removesuffix(ending) + endings[0] if ending else full


def _number(row: _Row, column: str, low: float, high: float) -> float | None:
    text = row[column]
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = high + 1
    if not low <= value <= high:
        raise row.error(f"{column} 是 {low:g} 到 {high:g} 之间的数", text, "改正，或留空")
    return value


def _plain(place: str) -> str:
    """A place name without its administrative ending.

    >>> _plain("广西壮族自治区"), _plain("苏州市")
    ('广西', '苏州')
    """
    ending = next((e for e in ADMINISTRATIVE if place.endswith(e) and len(place) > len(e) + 1), "")
    return place.removesuffix(ending)


def _cues(park: Park) -> tuple[str, ...]:
    stems = {squeeze(name)[0] for name in (park.short, park.name) if len(name) > 3}
    places = {_plain(park.city)} if park.city else {_plain(park.province)}
    return tuple(sorted(cue for cue in places | stems if cue))


# --- ambiguous names and places -------------------------------------------------------------------------------------


def _ambiguous(folders: list[Path], parks: Mapping[str, Park]) -> dict[str, AmbiguousName]:
    rows = _layered(folders, lambda f: _rows(f, "ambiguous.csv", AMBIGUOUS_COLUMNS, ("alias",), "alias"), "alias")
    found: dict[str, AmbiguousName] = {}
    for alias, row in rows.items():
        for park in (*row.several("candidates"), *row.several("default_id")):
            if park not in parks:
                raise row.error("candidates 和 default_id 是 parks.csv 里的编号", park, "改正编号，或先加上那个园区")
        kinds = row.several("points_to")
        unknown = [k for k in kinds if k != "*" and k not in KIND_ENDINGS and k not in OTHER_KINDS]
        if unknown:
            raise row.error(
                "points_to 是园区种类，或 *", "、".join(unknown), f"选用 {'、'.join(KIND_ENDINGS)}，用分号隔开"
            )
        if row["only_mention"] not in {"", "是"}:
            raise row.error("only_mention 是“是”或空格", row["only_mention"], "改正")
        found[alias] = AmbiguousName(
            alias=alias,
            default=row["default_id"],
            candidates=row.several("candidates"),
            require_any=tuple(squeeze(w)[0] for w in row.several("require_any")),
            exclude_any=tuple(squeeze(w)[0] for w in row.several("exclude_any")),
            points_to=kinds,
            only_mention=row["only_mention"] == "是",
            rule=row["rule"],
        )
    return found


def _places(folders: list[Path]) -> dict[str, Place]:
    rows = _layered(folders, lambda f: _rows(f, "places.csv", PLACE_COLUMNS, ("name",), "name"), "name")
    provinces = {row["province"] for row in rows.values() if row["level"] == "省"}
    found: dict[str, Place] = {}
    for name, row in rows.items():
        if row["level"] not in PLACE_LEVELS:
            raise row.error(f"level 是 {'、'.join(PLACE_LEVELS)} 之一", row["level"] or "空格", "改正")
        lies_in = row.several("province")
        if row["level"] != "遮蔽" and (not lies_in or not set(lies_in) <= provinces):
            raise row.error(
                "province 是省级行政区全称", row["province"] or "空格", "写成例如 福建省、重庆市，几个用分号隔开"
            )
        requires = tuple(squeeze(w)[0] for w in row.several("require_any"))
        found[name] = Place(name, lies_in, row["city"], row["level"], requires)
    return found


def _name_senses(
    parks: Mapping[str, Park],
    rows: Mapping[str, _Row],
    ambiguous: Mapping[str, AmbiguousName],
    places: Mapping[str, Place],
) -> dict[str, NameSense]:
    """Every name with its sense. Written names win over built ones; a built name of two parks is left out."""
    rules = {squeeze(alias)[0]: rule for alias, rule in ambiguous.items()}
    senses: dict[str, NameSense] = {}
    for name, place in places.items():
        key = squeeze(name)[0]
        senses[key] = NameSense(key) if place.level == "遮蔽" else NameSense(key, place=place)
    for key, owner in (_built(parks, places) | _written(parks, rows, rules, places)).items():
        senses[key] = NameSense(key, park=owner, place=senses.get(key, NameSense(key)).place)
    for key, rule in rules.items():
        senses[key] = NameSense(key, ambiguous=rule, place=senses.get(key, NameSense(key)).place)
        for phrase in rule.exclude_any:
            if key in phrase:
                senses.setdefault(phrase, NameSense(phrase))
    return senses


def _written(
    parks: Mapping[str, Park],
    rows: Mapping[str, _Row],
    rules: Mapping[str, AmbiguousName],
    places: Mapping[str, Place],
) -> dict[str, str]:
    """Names that stand in the parks file, with the park; no name of two parks without a rule for it."""
    owners: dict[str, str] = {}
    for park in parks.values():
        written = (park.name, park.short, *park.aliases)
        misread = (name.replace(DASH, READ_AS) for name in written if DASH in name)
        for name in (*written, *misread):
            key = squeeze(name)[0]
            _check_name(name, rows[park.id], rules, places)
            other = owners.setdefault(key, park.id)
            if other != park.id and key not in rules:
                row = min(rows[other], rows[park.id], key=lambda r: Path(r.file).parent == PACKAGE)
                raise row.error(
                    "一个名称只属于一个园区",
                    f"“{name}”同时是 {other} 和 {park.id} 的名称",
                    "从一个园区的名称里删去它，或在 ambiguous.csv 里为它写一行规则",
                )
    return owners


def _check_name(name: str, row: _Row, rules: Mapping[str, AmbiguousName], places: Mapping[str, Place]) -> None:
    """Raises AuthorityError for a park's name that would be found where no park is meant, or never."""
    key = squeeze(name)[0]
    if len(key) < SHORTEST_NAME:
        raise row.error(f"名称至少有 {SHORTEST_NAME} 个字", f"“{name}”", "写全，或从 aliases 里删去它")
    rule = rules.get(key)
    if rule and row["id"] not in {*rule.candidates, rule.default}:
        raise row.error(
            "园区的名称不是几个园区共用的说法",
            f"“{name}”在 ambiguous.csv 里另有规则",
            f"从 aliases 里删去它，或在 ambiguous.csv 里给它写一行规则，candidates 中写上 {row['id']}",
        )
    if not rule and name in places and places[name].level in WIDE_PLACES:
        raise row.error(
            "园区的名称不是省市的名称",
            f"“{name}”也是地名",
            "从 aliases 里删去它，或在 ambiguous.csv 里写明在哪些词旁边才指这个园区",
        )


def _built(parks: Mapping[str, Park], places: Mapping[str, Place]) -> dict[str, str]:
    """Names that follow from stem and kind, also with the 市, 县 or 区 of its province, where they mean one park."""
    units: dict[tuple[str, str], set[str]] = {}
    cities = ((park.city, (park.province,)) for park in parks.values())
    for place, provinces in (*((name, place.provinces) for name, place in places.items()), *cities):
        for province in provinces if place[-1:] in UNITS else ():
            units.setdefault((place[:-1], province), set()).add(place[-1:])
    owners: dict[str, set[str]] = {}
    for park in parks.values():
        for name in built_names(park.short, park.name, park.kind):
            owners.setdefault(squeeze(name)[0], set()).add(park.id)
            for length in UNIT_STEMS:
                for unit in units.get((name[:length], park.province), ()):
                    owners.setdefault(squeeze(f"{name[:length]}{unit}{name[length:]}")[0], set()).add(park.id)
    return {key: next(iter(ids)) for key, ids in owners.items() if len(ids) == 1}


# --- industries and topics ------------------------------------------------------------------------------------------


def _subjects(folders: list[Path]) -> tuple[dict[str, Subject], dict[str, Subject], tuple[str, ...]]:
    merged: dict[str, dict[str, dict[str, Any]]] = {"industries": {}, "topics": {}}
    masks: list[str] = []
    origin: dict[str, Path] = {}
    for folder in folders:
        path = folder / "industries.yml"
        if not path.exists():
            continue
        data = _yaml(path)
        masks += _strings(path, "", "global_negative", data.get("global_negative") or [])
        for section, nodes in merged.items():
            seen: set[str] = set()
            for node in data.get(section) or []:
                key = _checked_key(path, section, node, seen)
                nodes[key] = {**nodes.get(key, {}), **node}
                origin[key] = path
    both = merged["industries"].keys() & merged["topics"].keys()
    if both:
        key = min(both)
        raise _subject_error(origin[key], key, "产业和主题的编号不重复", f"{key} 两处都有", "给其中一个换编号")
    industries, topics = (
        {key: _subject(origin[key], node, facet, merged[section]) for key, node in merged[section].items()}
        for section, facet in (("industries", Facet.INDUSTRY), ("topics", Facet.TOPIC))
    )
    return industries, topics, tuple(squeeze(m)[0] for m in masks)


def _subject_error(path: Path, key: str, expected: str, found: str, remedy: str) -> AuthorityError:
    """What is wrong with an entry, and the last line that has its id."""
    lines = _text(path).splitlines()
    line = max((n for n, text in enumerate(lines, start=1) if re.search(rf"\bid:\s*{key}\b", text)), default=None)
    return AuthorityError(str(path), line=line, expected=expected, found=found, remedy=remedy)


def _yaml(path: Path) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = yaml.load(_text(path), Loader=loader)  # noqa: S506  # a safe loader, the fast one
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        found = str(getattr(problem, "problem", None) or problem).splitlines()[0]
        raise AuthorityError(
            str(path),
            line=mark.line + 1 if mark else None,
            expected="合乎 YAML 格式",
            found=found,
            remedy="检查缩进、括号和引号",
        ) from problem
    unknown = (
        sorted(data.keys() - {"version", "global_negative", "industries", "topics"})
        if isinstance(data, dict)
        else ["…"]
    )
    if unknown:
        raise AuthorityError(
            str(path),
            expected="顶层只有 version、global_negative、industries、topics",
            found="、".join(map(str, unknown)),
            remedy="改正键名",
        )
    return dict(data)


def _checked_key(path: Path, section: str, node: object, seen: set[str]) -> str:
    """The id of an entry whose keys and words are in order."""
    key = node.get("id") if isinstance(node, dict) else None
    if not isinstance(node, dict) or not isinstance(key, str) or not ID.fullmatch(key):
        raise AuthorityError(
            str(path),
            expected=f"{section} 每项有编号 id（小写字母、数字、连字符）",
            found=str(node)[:60],
            remedy="补上 id",
        )
    if key in seen:
        raise _subject_error(path, key, "编号只出现一次", f"{section} 里 {key} 出现两次", "删去一项")
    unknown = sorted(map(str, node.keys() - SUBJECT_KEYS))
    if unknown:
        raise _subject_error(
            path,
            key,
            f"键是 {'、'.join(sorted(SUBJECT_KEYS))}",
            f"{key} 有 {'、'.join(unknown)}",
            "改正键名；含有逗号、冒号的文字用引号括起来",
        )
    for name in ("strong", "weak", "negative", "sei2018"):
        _strings(path, key, name, node.get(name) or [])
    for name in ("name", "parent", "definition"):
        if not isinstance(node.get(name) or "", str):
            raise _subject_error(path, key, f"{name} 是文字", f"{key}.{name} 是 {node[name]}", "给它加上引号")
    seen.add(key)
    return key


def _strings(path: Path, key: str, name: str, value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        where = f"{key}.{name}" if key else name
        remedy = "写成 [词一, 词二]；数字和 on/off 用引号括起来"
        raise _subject_error(path, key or name, f"{where} 是词语的列表", str(value)[:60], remedy)
    return value


def _subject(path: Path, node: Mapping[str, Any], facet: Facet, all_nodes: Mapping[str, Any]) -> Subject:
    key, parent = node["id"], node.get("parent") or ""
    above, seen = parent, {key}
    while above:
        if above not in all_nodes or above in seen:
            expected = "parent 是同一表里另一项的编号，不绕回自己"
            raise _subject_error(path, key, expected, f"{key} 的 parent 是 {parent}", "改正编号")
        seen.add(above)
        above = all_nodes[above].get("parent") or ""
    if not node.get("name"):
        raise _subject_error(path, key, "每项有名称 name", f"{key} 没有", "补上 name")
    return Subject(
        id=node["id"],
        name=node["name"],
        facet=facet,
        parent=parent,
        codes=tuple(node.get("sei2018") or ()),
        definition=node.get("definition") or "",
        strong=tuple(node.get("strong") or ()),
        weak=tuple(node.get("weak") or ()),
        negative=tuple(node.get("negative") or ()),
    )


def _word_senses(subjects: Iterable[Subject], masks: tuple[str, ...]) -> dict[str, Senses]:
    """Keywords with the subjects they speak for.

    The tagger passes over words inside longer ones. So a word also speaks for the subjects of the words inside
    it, but not for those that name it among their negatives: a negative is a longer word that says nothing to them.
    Of a trade and its branch only the branch is kept.
    """
    own: dict[str, dict[str, bool]] = {mask: {} for mask in masks}
    parents: dict[str, str] = {}
    refused: dict[str, set[str]] = {}
    for subject in subjects:
        parents[subject.id] = subject.parent
        for strong, words in ((False, subject.weak), (True, subject.strong)):
            for word in words:
                own.setdefault(squeeze(word)[0], {})[subject.id] = strong
        for word in subject.negative:
            key = squeeze(word)[0]
            own.setdefault(key, {})
            refused.setdefault(key, set()).add(subject.id)
    own.pop("", None)
    inner = ahocorasick_rs.AhoCorasick(list(own))
    known = list(own)
    gathered: dict[str, Senses] = {}
    for word, senses in own.items():
        within = inner.find_matches_as_indexes(word, overlapping=True)
        latin = LATIN.search(word)
        parts = [known[i] for i, start, end in within if not (latin and _cut_from_latin(word, start, end))]
        inherited: dict[str, bool] = {}
        for part in () if word in masks else parts:
            for key, strong in own[part].items():
                inherited[key] = inherited.get(key, False) or strong
        barred = {key for part in parts for key in refused.get(part, ())}
        kept = {key: strong for key, strong in inherited.items() if key not in barred} | senses
        whole = {parents[key] for key in kept}  # a word that names a branch is no further evidence for the whole trade
        gathered[word] = tuple(sorted((key, strong) for key, strong in kept.items() if key not in whole))
    return gathered


def _cut_from_latin(word: str, start: int, end: int) -> bool:
    """True for a stretch that begins or ends inside a Latin word: LED in AMOLED."""
    before, after = word[max(start - 1, 0) : start + 1], word[end - 1 : end + 1]
    return any(len(pair) == 2 and pair.isascii() and pair.isalnum() for pair in (before, after))


def _check_retired(folders: list[Path], used: Mapping[str, object]) -> None:
    for folder in folders:
        for row in _rows(folder, "retired.csv", RETIRED_COLUMNS, ("id",), "id"):
            if row["id"] in used:
                raise row.error("停用的编号不再使用", f"{row['id']} 又出现了", "给新的园区、产业或主题另起编号")
