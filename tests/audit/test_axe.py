"""axe-core on every kind of page of a big archive, in both schemes and at the narrowest and the widest window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.audit.conftest import Archive
from tests.browser.conftest import Visit
from tests.browser.test_kinds import AXE_OPTIONS, OUTSIDE, show


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1600])
def test_axe_finds_no_violation(visit: Callable[..., Visit], big: Archive, scheme: str, width: int) -> None:
    window = visit(big.address.rstrip("/"), color_scheme=scheme, viewport={"width": width, "height": 900})
    faults = {}
    for kind, url in big.kinds.items():
        show(window, url)
        for rule in Axe().run(window.page, options=AXE_OPTIONS).response["violations"]:
            faults[kind, rule["id"]] = [node["html"][:120] for node in rule["nodes"][:3]]
        if outside := window.page.evaluate(OUTSIDE):
            faults[kind, "outside"] = outside[:3]
    assert faults == {}
    window.assert_clean()
