"""One glossary: every word that is used is there, and every word that is there is used."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from generator.chinese import HAN_RE
from generator.model import Facet, Role
from generator.render.export import FIELDS
from generator.render.glossary import WORDS

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((ROOT / "overrides" / "assets").rglob("*.js"))
GLOSSARY = (ROOT / "generator" / "render" / "glossary.yml").read_text(encoding="utf-8")
SEARCH_WORDS = yaml.safe_load(GLOSSARY)["extra"]["search"]
TEMPLATES = sorted((ROOT / "overrides").rglob("*.html"))
MODULES = sorted((ROOT / "generator" / "render").glob("*.py"))
CORRECTABLE = ("title", "kicker", "column", "text", "byline", "date", "newspaper", "tags")
"""What articles/correct.py may name in Article.corrected and originals."""
TABLES = {"variants.js"}
"""Characters that are compared, and no words."""
SCRIPT_COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$|\s//\s.*?$", re.DOTALL | re.MULTILINE)
JINJA_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def used() -> set[str]:
    words: set[str] = set()
    for path in TEMPLATES:
        words |= set(re.findall(r"\bw\.(\w+)", path.read_text(encoding="utf-8")))
    for path in MODULES:
        words |= {key for key in re.findall(r"[\"'](\w+)[\"']", path.read_text(encoding="utf-8")) if key in WORDS}
    words |= {f"field_{name}" for name in CORRECTABLE}
    words |= {f"export_{name}" for name, *_ in FIELDS}
    words |= {f"role_{role.value}" for role in Role} | {facet.value for facet in Facet}
    return words


def test_every_word_used_is_there() -> None:
    assert used() - set(WORDS) == set()


def test_every_word_is_used() -> None:
    assert set(WORDS) - used() == set()


def test_no_word_is_written_twice() -> None:
    """YAML would silently keep the last one."""
    keys = re.findall(r"^    (\w+):", GLOSSARY, re.MULTILINE)
    assert len(keys) == len(WORDS) + len(SEARCH_WORDS)


def test_templates_hold_no_words_of_their_own() -> None:
    for path in TEMPLATES:
        assert not HAN_RE.search(JINJA_COMMENT.sub("", path.read_text(encoding="utf-8"))), path


def test_the_search_page_has_its_words_from_the_glossary() -> None:
    template = (ROOT / "overrides" / "search.html").read_text(encoding="utf-8")
    script = (ROOT / "overrides" / "assets" / "search" / "words.js").read_text(encoding="utf-8")
    handed = set(re.findall(r"(\w+)=w\.\w+", template))
    wanted = set(re.findall(r"\btold\.(\w+)", script)) | set(re.findall(r"config\.extra\.search\.(\w+)", template))
    assert wanted == handed | set(SEARCH_WORDS)


def test_scripts_hold_no_words_of_their_own() -> None:
    assert len(SCRIPTS) > 15
    for path in SCRIPTS:
        if path.name not in TABLES:
            assert not HAN_RE.search(SCRIPT_COMMENT.sub("", path.read_text(encoding="utf-8"))), path
