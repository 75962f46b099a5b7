"""The archive of the samples, built once for all tests that look at a whole site."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.archive import SAMPLES, archive_site


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of `seeds/`."""
    return archive_site(SAMPLES, tmp_path_factory.mktemp("samples"))
