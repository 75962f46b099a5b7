"""What the audits share: a big archive on a server like a static host's, and the figures they print at the end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.archive import page_kinds
from tests.audit.server import started
from tests.audit.thousand import thousand
from tests.browser.conftest import chromium, serve, visit

__all__ = ["chromium", "serve", "visit"]

TOOLS = Path(__file__).parent / "node_modules"
FIGURES: list[str] = []


@dataclass(frozen=True, slots=True)
class Archive:
    """A built archive that is being served."""

    address: str
    """With the slash at its end."""
    site: Path
    kinds: dict[str, str]
    """URL below the root of one page of each kind."""


@pytest.fixture(scope="session")
def big(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """A thousand articles."""
    place = tmp_path_factory.mktemp("thousand")
    server = started(place / "site")
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    site = thousand(place, address)
    lines = (site / "data" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert len({json.loads(line)["id"] for line in lines}) >= 1000
    yield Archive(address, site, page_kinds(site))
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def tools() -> Path:
    """The folder of the installed Node programs."""
    assert TOOLS.is_dir(), "the audit's tools are not installed: run `make audit`"
    return TOOLS


@pytest.fixture(scope="session")
def tell() -> Callable[[str], None]:
    """Keeps a line for the end of the run."""
    return FIGURES.append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures, whether they met their goals or not."""
    if FIGURES:
        terminalreporter.section("figures")
        for line in FIGURES:
            terminalreporter.write_line(line)
