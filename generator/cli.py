"""The command line: arguments, progress and exit codes."""

from __future__ import annotations

import argparse
import atexit
import contextlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

from tqdm import tqdm

from generator import output, records, report, sources
from generator.articles.record import Record, page_record
from generator.articles.tag import article_of_record, record_of_tags, scores, tag, unknown_parks
from generator.batch import Batch, Result, Setting, Splits, authority_of, split_all
from generator.cache import open_cache
from generator.errors import ArchiveError, AuthorityError, CorrectionError, SourceError
from generator.model import PageSplit, SiteFile
from generator.pipeline import files_of

FINE, WRONG_INPUT, WRONG_USAGE = 0, 1, 2
CACHE_FOLDER = Path(".cache")
USUAL_SEEDS = Path("seeds")
"""Single files below it have the stems that they have when the whole folder is built."""
LONG_WORK = 20
"""Fewer items than this need no progress bar."""
LISTED = 200
"""`check` lists this many items of a kind, unless told otherwise."""
LOCAL_SITE = "http://127.0.0.1:8000/"
Item = TypeVar("Item")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb. Returns 0 when all is fine, 1 when the input has errors; wrong usage exits with 2."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except ArchiveError as error:
        _say(f"错误：{error}")
        return WRONG_INPUT
    except BrokenPipeError:
        # The reader of our output has seen enough (`… | head`); nothing is left to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    return status


def build(options: argparse.Namespace) -> int:
    """Source files to the Markdown, feeds, exports and search index under docs."""
    started = time.monotonic()
    batch = _batch(options)
    if not batch.splits.keys:
        _say("没有可用的版面，网站未改动。")
        return _tell(batch)
    counts = _Counts()
    files = files_of(counts.over(batch.splits), authority_of(_extra(options)), options.site_url)
    written = output.write(_bar(files, None, "写出网站"), options.docs)
    _say(
        f"{counts} · 新算 {batch.fresh} 个版面 · 文件：{written.changed} 个有变，{written.same} 个未变，"
        f"{written.removed} 个删去 · {time.monotonic() - started:.1f} 秒"
    )
    return _tell(batch)


def articles(options: argparse.Namespace) -> int:
    """Source files to one JSON file a page."""
    started = time.monotonic()
    batch = _batch(options)
    counts = _Counts()
    output.export(
        (SiteFile(f"{split.page.stem}.json", _json(page_record(split))) for split in counts.over(batch.splits)),
        options.out,
    )
    _say(f"{counts} · {time.monotonic() - started:.1f} 秒")
    return _tell(batch)


def tag_lines(options: argparse.Namespace) -> int:
    """JSON lines of articles to JSON lines of tags. Lines that are no article are errors; the others are tagged."""
    started = time.monotonic()
    known = authority_of(_extra(options))
    wrong: list[ArchiveError] = []
    seen: dict[str, int] = {}

    def tagged() -> Iterator[str]:
        for number, line in _bar(records.lines(options.file), None, "标注"):
            try:
                record = records.article(line, options.file, number)
            except SourceError as error:
                wrong.append(error)
                continue
            first = seen.setdefault(str(record["id"]), number)
            if first != number:
                _say(f"提醒：{options.file} 第 {number} 行的编号 {record['id']} 已在第 {first} 行，两行都标注。")
            tags = record_of_tags(tag(article_of_record(record), known))
            yield json.dumps({"id": record["id"], **tags}, ensure_ascii=False) + "\n"

    if options.out is None:
        for line in tagged():
            sys.stdout.write(line)
    else:
        output.write_lines(options.out, tagged())
    for error in wrong:
        _say(f"错误：{error}")
    _say(f"{time.monotonic() - started:.1f} 秒")
    return WRONG_INPUT if wrong else FINE


def check(options: argparse.Namespace) -> int:
    """What an editor should look at, worst first."""
    batch = _batch(options)
    for error in batch.errors:
        print(f"错误：{error}")
    counts = _Counts()
    lines = (
        _doubts(batch.splits, counts, options) if options.against is None else _changes(batch.splits, counts, options)
    )
    for line in lines:
        print(line)
    _say(f"{counts} · {len(batch.errors)} 处错误")
    return WRONG_INPUT if batch.errors else FINE


def explain(options: argparse.Namespace) -> int:
    """Why each block of one page got its role, its article and its tags.

    Corrections that don't apply are told and left aside: what they should name is what an editor comes to see.
    """
    batch = _batch(options)
    status = _tell(batch)
    if any(isinstance(error, CorrectionError) for error in batch.errors):
        _say("以下是不用更正文件的结果。")
        batch = _batch(options, corrected=False)
    weigh = partial(scores, authority=authority_of(_extra(options)))
    for split in batch.splits:
        wanted = report.choose(split, options.article) if options.article else None
        if options.article and wanted is None:
            listed = "；".join(f"{n} {a.id} {a.title}" for n, a in enumerate(split.articles, start=1))
            _say(f"错误：没有（或不止一篇）“{options.article}”。这个版面的文章：{listed or '（没有）'}")
            return WRONG_USAGE
        for line in report.explain(split, weigh, wanted):
            print(line)
    return status


@dataclass(slots=True)
class _Counts:
    """What passed by, for the summary."""

    pages: int = 0
    articles: int = 0
    doubts: int = 0

    def over(self, splits: Iterable[PageSplit]) -> Iterator[PageSplit]:
        """The same pages, counted."""
        for split in splits:
            self.pages += 1
            self.articles += len(split.articles)
            self.doubts += sum(len(article.doubts) for article in split.articles)
            yield split

    def __str__(self) -> str:
        return f"{self.pages} 个版面 · {self.articles} 篇文章 · {self.doubts} 处存疑"


def _doubts(splits: Splits, counts: _Counts, options: argparse.Namespace) -> Iterator[str]:
    """What `check` lists of the pages that could be read."""
    yield from report.doubt_list(chain.from_iterable(map(report.doubtful, counts.over(splits))), options.limit)
    articles = chain.from_iterable(split.articles for split in splits)
    yield from report.park_list(unknown_parks(articles, authority_of(_extra(options))), options.limit)


def _changes(splits: Splits, counts: _Counts, options: argparse.Namespace) -> Iterator[str]:
    """What `check --against` lists: the articles whose tags differ from an earlier export."""
    new = chain.from_iterable(records.articles_of(page_record(split)) for split in counts.over(splits))
    changes = list(
        report.tag_changes(records.exported(options.against), {str(article["id"]): article for article in new})
    )
    yield f"标签有变的文章：{len(changes)}"
    yield from (f"    {line}" for line in changes)


def _batch(options: argparse.Namespace, *, corrected: bool = True) -> Batch:
    """Read the seeds and take every page apart."""

    def progress(results: Iterable[Result], total: int) -> Iterable[Result]:
        return _bar(results, total, "拆分版面")

    kept = open_cache(_writable(options.cache), output.replace_file, fresh=options.fresh)
    setting = Setting(_extra(options), kept, int(options.max_mb * 1_000_000), corrected)
    return split_all(sources.find(options.seeds, USUAL_SEEDS), setting, options.jobs, progress)


def _writable(folder: Path) -> Path:
    """The folder, or a passing one where it can't be written to."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    if os.access(folder, os.W_OK):
        return folder
    passing = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, passing, ignore_errors=True)
    return passing


def _extra(options: argparse.Namespace) -> Path | None:
    """The user's own authority files: the folder that was named, else the one in a seeds folder or beside a file."""
    if options.authority is not None:
        return Path(options.authority)
    beside = dict.fromkeys(_root(seed) / sources.AUTHORITY_FOLDER for seed in options.seeds)
    own = [folder for folder in beside if folder.is_dir()]
    if len(own) > 1:
        raise AuthorityError(
            str(own[1]),
            expected="只有一个自备的 authority 文件夹",
            found=f"还有 {own[0]}",
            remedy="合成一个，或用 --authority 写明用哪个",
        )
    return own[0] if own else None


def _root(seed: Path) -> Path:
    """The seeds folder that a seed is or belongs to."""
    if seed.is_dir():
        return seed
    return USUAL_SEEDS if seed.resolve().is_relative_to(USUAL_SEEDS.resolve()) else seed.parent


def _tell(batch: Batch) -> int:
    """Errors to stderr; the exit code that they ask for."""
    for error in batch.errors:
        _say(f"错误：{error}")
    return WRONG_INPUT if batch.errors else FINE


def _json(record: Record) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def _bar(items: Iterable[Item], total: int | None, title: str) -> Iterable[Item]:
    """The items, with a progress bar where somebody watches and there is something to wait for."""
    idle = not sys.stderr.isatty() or (total is not None and total < LONG_WORK)
    return items if idle else tqdm(items, total=total, desc=title, leave=False, file=sys.stderr)


def _say(message: str) -> None:
    print(message, file=sys.stderr)


def _existing(text: str) -> Path:
    path = Path(text)
    if not path.exists():
        raise argparse.ArgumentTypeError(f"没有这个文件或文件夹：{text}")
    return path


def _folder_url(text: str) -> str:
    """The address with the closing slash, without which a relative address would replace its last part."""
    return text.rstrip("/") + "/"


def _positive(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not number > 0:
        raise argparse.ArgumentTypeError(f"要一个大于 0 的数，不是：{text}")
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m generator", description="把报纸版面的 OCR 文字变成可检索的文章档案。"
    )
    verbs = parser.add_subparsers(title="命令", metavar="命令", required=True)

    def verb(name: str, run: Callable[[argparse.Namespace], int], says: str) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=says, description=says)
        added.set_defaults(run=run)
        added.add_argument("--authority", type=_existing, metavar="DIR", help="自备权威档的文件夹")
        return added

    def page_verb(name: str, run: Callable[[argparse.Namespace], int], says: str) -> argparse.ArgumentParser:
        added = verb(name, run, says)
        added.add_argument("--fresh", action="store_true", help="不用以前算过的结果")
        added.add_argument(
            "--cache", type=Path, default=CACHE_FOLDER, metavar="DIR", help="存放算过的结果（默认 .cache）"
        )
        added.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="同时用几个进程")
        added.add_argument("--max-mb", type=_positive, default=sources.DEFAULT_LIMIT / 1e6, help="单个文件上限，默认 5")
        return added

    def seeds_verb(name: str, run: Callable[[argparse.Namespace], int], says: str) -> argparse.ArgumentParser:
        added = page_verb(name, run, says)
        added.add_argument("seeds", nargs="+", type=_existing, metavar="SEEDS", help="版面文件或其文件夹")
        return added

    site = seeds_verb("build", build, "版面文件 → docs/（Markdown、订阅源、数据、检索索引）")
    site.add_argument("--docs", type=Path, default=Path("docs"), metavar="DIR", help="写到哪里（默认 docs）")
    site.add_argument(
        "--site-url",
        type=_folder_url,
        default=os.environ.get("SITE_URL") or LOCAL_SITE,
        metavar="URL",
        help="网站将来的地址（默认取 SITE_URL）",
    )
    export = seeds_verb("articles", articles, "版面文件 → 每个版面一个 JSON")
    export.add_argument("--out", type=Path, required=True, metavar="DIR", help="写到哪里")
    tagging = verb("tag", tag_lines, "给 JSON 行格式的文章标注园区、产业、主题、省份")
    tagging.add_argument("file", type=_existing, metavar="FILE.jsonl", help="每行 {id, title, body: [段落]}")
    tagging.add_argument("--out", type=Path, metavar="FILE.jsonl", help="写到哪里（默认标准输出）")
    tagging.set_defaults(seeds=[])
    checking = seeds_verb("check", check, "列出存疑处、未归入文章的文字和落空的更正，最要紧的在前")
    checking.add_argument("--against", type=_existing, metavar="OLD", help="与以前的导出相比，哪些文章的标签会变")
    checking.add_argument("--limit", type=int, default=LISTED, metavar="N", help="每类最多列几项，0 为全列")
    explaining = page_verb("explain", explain, "说明一个版面的每一块何以有这样的角色、归入这篇文章、得到这些标签")
    explaining.add_argument("seeds", nargs=1, type=_existing, metavar="FILE", help="版面文件")
    explaining.add_argument("article", nargs="?", metavar="ARTICLE", help="文章编号、序号或标题里的字；不写则为全版")
    return parser
