"""Valid HTML: html-validate, and the Nu checker of the W3C where there is a Java to run it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.audit.conftest import Archive

CONFIG = Path(__file__).with_name("htmlvalidate.mjs")
EXCUSED = {
    "Attribute .autocomplete. is only allowed when the input type is": r'id="__(drawer|search)"',
}
"""Messages of the Nu checker and the markup, all of it Material's frame, where they are excused."""


def pages(site: Path, big: Archive) -> list[Path]:
    """All pages of the samples, and one of each kind of the big archive."""
    large = {url.partition("?")[0] for url in big.kinds.values()}
    files = [big.site / url / "index.html" if url.endswith("/") or not url else big.site / url for url in sorted(large)]
    return [*sorted(site.rglob("*.html")), *files]


def test_html_validate_finds_no_fault(samples: Path, big: Archive, tools: Path) -> None:
    checked = pages(samples, big)
    command = [str(tools / ".bin" / "html-validate"), "--config", str(CONFIG), "--formatter", "json"]
    done = subprocess.run([*command, *map(str, checked)], capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    found = {
        f"{message['ruleId']}: {message['message']}": f"{file['filePath']}:{message['line']}"
        for file in json.loads(done.stdout)
        for message in file["messages"]
    }
    assert found == {}
    assert done.returncode == 0


def test_html_validate_sees_a_fault(tmp_path: Path, tools: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang=zh><title>x</title><p id=a><p id=a></html>", encoding="utf-8")
    command = [str(tools / ".bin" / "html-validate"), "--config", str(CONFIG), str(page)]
    assert "no-dup-id" in subprocess.run(command, capture_output=True, text=True, check=False).stdout


def test_the_nu_checker_finds_no_error(samples: Path, big: Archive, tools: Path) -> None:
    java = shutil.which("java")
    if java is None:
        pytest.skip("no Java on this machine: the Nu checker needs one; html-validate has run")
    jar = tools / "vnu-jar" / "build" / "dist" / "vnu.jar"
    options = ["--format", "json", "--stdout", "--exit-zero-always", "--errors-only"]
    done = subprocess.run(
        [java, "-jar", jar, *options, *pages(samples, big)], capture_output=True, text=True, check=True
    )
    errors = [
        (message["message"], message["url"], message.get("extract", ""))
        for message in json.loads(done.stdout)["messages"]
        if message["type"] == "error" and not excused(message["message"], message.get("extract", ""))
    ]
    assert errors[:5] == []


def excused(message: str, extract: str) -> bool:
    return any(re.match(said, message) and re.search(where, extract) for said, where in EXCUSED.items())
