"""Nothing lost, nothing doubled: an exported page held against its source text. For tests of every stage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def spans_of(node: object) -> Iterator[tuple[int, int]]:
    """All spans anywhere in an export, evidence (which has places) aside."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "spans" or key.endswith("_spans"):
                yield from (tuple(span) for span in value)
            else:
                yield from spans_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from spans_of(value)


def faults(text: str, record: dict[str, Any]) -> list[str]:
    """What is wrong with the export of a page: characters in no span or in several, marks like # and * included."""
    seen = [0] * len(text)
    found = []
    for start, end in spans_of([record["articles"], record["unplaced"]]):
        if not 0 <= start < end <= len(text):
            found.append(f"bad span {start}, {end}")
            continue
        for offset in range(start, end):
            seen[offset] += 1
    ink = [offset for offset, char in enumerate(text) if not char.isspace() and char != "\ufeff"]
    for what, offsets in (
        ("in no span", [o for o in ink if seen[o] == 0]),
        ("in several spans", [o for o in ink if seen[o] > 1]),
    ):
        if offsets:
            found.append(f"{len(offsets)} characters {what}, first {text[offsets[0] : offsets[0] + 20]!r}")
    return found
