"""The words that the site itself speaks, shared with the theme through glossary.yml."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

import yaml


def _read() -> Mapping[str, str]:
    """The glossary as shipped with the package: a constant table, kept in YAML so that MkDocs can inherit it too."""
    data = pkgutil.get_data(__package__, "glossary.yml")
    if data is None:
        raise RuntimeError("glossary.yml is missing from the package")
    words: dict[str, str] = yaml.safe_load(data)["extra"]["words"]
    return MappingProxyType(words)


WORDS = _read()


def say(key: str, **values: object) -> str:
    """A phrase of the glossary with its blanks filled in.

    >>> say("count_articles", n=3)
    '3 篇'
    """
    return WORDS[key].format(**values)
