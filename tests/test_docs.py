"""README.md and ARCHITECTURE.md are true: commands run, examples are accepted, links lead somewhere."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from generator import authority, corrections, sources
from generator.cli import main

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PORT = "18471"
ARTICLE = '{"id": "a1", "title": "示例", "body": ["示例一段。"]}\n'
HEAVY = {
    "make test": "make -n test",
    "make check": "make -n check",
    "make bench": "make -n bench",
    "make audit": "make -n audit",
}
"""Would run this very test again, or take minutes: what they would do is printed instead."""


def fenced(language: str) -> list[str]:
    return [text for kind, text in FENCE.findall(README) if kind == language]


COMMANDS = [line for block in fenced("sh") for line in block.splitlines()]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as git has it, with the environment that runs the tests and the files that the README speaks of."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git clone: which files belong to the project is not known")
    folder = tmp_path_factory.mktemp("clone")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    environment = Path(sys.prefix)
    (folder / ".venv").symlink_to(environment)
    shutil.copytree(ROOT / "seeds", folder / "我的版面")
    (folder / "articles.jsonl").write_text(ARTICLE, encoding="utf-8")
    return folder


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a line as a shell does. The environment is there already: make must not install it again."""
    line = HEAVY.get(command, command).replace("make ", "make --assume-old=.venv/.installed ", 1)
    return subprocess.run(
        ["sh", "-c", line],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


@pytest.mark.parametrize("command", [c for c in COMMANDS if c != "make serve"])
def test_command_runs(command: str, clone: Path) -> None:
    done = run(command, clone)
    assert done.returncode == 0, done.stdout + done.stderr
    if command.startswith("make site"):
        assert (clone / "site" / "index.html").is_file()


def test_two_builds_are_byte_identical(clone: Path) -> None:
    sites = []
    for epoch in ("1000000000", "1700000000"):
        run("make clean", clone)
        done = run(f"SOURCE_DATE_EPOCH={epoch} make site", clone)
        assert done.returncode == 0, done.stderr
        files = sorted(p for folder in ("docs", "site") for p in (clone / folder).rglob("*") if p.is_file())
        sites.append({str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in files})
    differing = {path for path in sites[0].keys() | sites[1].keys() if sites[0].get(path) != sites[1].get(path)}
    # MkDocs stamps the time of the build into the header of this one archive.
    assert {Path(path).name for path in differing} <= {"sitemap.xml.gz"}


def test_serve(clone: Path) -> None:
    assert "make serve" in COMMANDS
    command = shlex.split(f"make --assume-old=.venv/.installed serve PORT={PORT}")
    server = subprocess.Popen(command, cwd=clone, start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        assert "<html" in fetched(f"http://127.0.0.1:{PORT}/", server)
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def fetched(url: str, server: subprocess.Popen[bytes]) -> str:
    """The page, as soon as the server is up."""
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 our own server
                return str(answer.read().decode("utf-8"))
        except OSError:
            if time.monotonic() > deadline or server.poll() is not None:
                raise
            time.sleep(0.3)


def test_both_commands_are_named() -> None:
    assert COMMANDS[:2] == ["make site", "make test"]


def test_examples_are_accepted(tmp_path: Path) -> None:
    """The issue.yml, the correction and the park of the README, put where it says."""
    for text in fenced("yaml"):
        place = tmp_path / re.match(r"# (.*)\n", text)[1]  # type: ignore[index]
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    seeds = tmp_path / "我的版面"
    for name in ("2020-08/第05版.txt", "第04版.txt"):
        (seeds / name).write_text("示例高新技术产业开发区迎来新项目\n\n这里是示例高新区。\n", encoding="utf-8")
    found = sources.find([seeds])
    assert found.errors == ()
    assert found.orphans == ()
    facts = {f.name: sources.read(f.path, f.root).facts for f in found.files}
    assert (facts["第04版.txt"].date, facts["第04版.txt"].page_number) == ("2020-08-31", "4")
    assert (facts["2020-08/第05版.txt"].date, facts["2020-08/第05版.txt"].newspaper) == ("2020-08", "示例日报")
    fix = corrections.read(seeds / "2020-08" / "第05版.fix.yml", seeds)
    assert fix is not None
    assert fix.articles[0].text[0].new == "光谷科创大走廊"

    (table,) = fenced("csv")
    (seeds / "authority").mkdir()
    (seeds / "authority" / "parks.csv").write_text(table, encoding="utf-8")
    known = authority.load(seeds / "authority")
    (row,) = csv.DictReader(table.splitlines())
    assert known.parks[row["id"]].name == row["name_full"]
    (seeds / "2020-08" / "第05版.fix.yml").unlink()
    assert main(["articles", str(seeds), "--out", str(tmp_path / "json"), "--cache", str(tmp_path / "cache")]) == 0
    assert "shili-hitech" in (tmp_path / "json" / "第04版.json").read_text(encoding="utf-8")


def test_the_corrections_of_the_example_name_real_tags() -> None:
    known = authority.load()
    named = re.findall(r"(?:add|remove): \[([a-z0-9-]+)\]", README)
    assert named
    assert set(named) <= set(known.parks)


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"])
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target, anchor in re.findall(r"\]\(([^)#]*)(?:#([^)]*))?\)", text):
        assert (ROOT / target).exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", (ROOT / (target or name)).read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in [re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings]


def test_architecture_names_every_room() -> None:
    rooms = {p.name if p.is_file() else f"{p.name}/" for p in (ROOT / "generator").iterdir() if p.name[0] not in "_."}
    for room in sorted(r for r in rooms if r.endswith((".py", "/"))):
        assert f"`{room}" in ARCHITECTURE or f"generator/{room}" in ARCHITECTURE, room


def test_architecture_names_every_dependency() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    runtime = re.search(r"^dependencies = \[(.*?)\]", project, re.MULTILINE | re.DOTALL)
    assert runtime
    for package in re.findall(r'"([A-Za-z0-9-]+)[=>]', runtime[1]):
        assert re.search(rf"(?i)\b{package}\b", ARCHITECTURE), package
