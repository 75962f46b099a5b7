"""The pages of the archive of the samples, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.leaf import Leaf, leaves_of


@pytest.fixture(scope="session")
def leaves(samples: Path) -> dict[str, Leaf]:
    return leaves_of(samples)
