"""Laws of roles: classifying cuts blocks and names them, it never moves, loses or invents text."""

from __future__ import annotations

import itertools

from hypothesis import given, settings

from generator.model import Role
from generator.pages.classify import classify
from generator.pages.normalise import normalise
from tests.pages.made_up import misplaced, misremembered, page_of, reshuffled, texts

QUICK = settings(max_examples=50, deadline=None)


@QUICK
@given(texts | reshuffled())
def test_blocks_are_cut_but_never_moved_lost_or_doubled(text: str) -> None:
    before = normalise(page_of(text))
    blocks = classify(before).blocks
    spans = [span for block in blocks for span in block.passage.spans]
    assert spans == sorted(spans)
    assert misplaced(text, spans) == []
    assert [fault for block in blocks for fault in misremembered(text, block.passage)] == []
    assert {b.line for b in blocks} == {b.line for b in before.blocks}
    assert all(a.line <= b.line for a, b in itertools.pairwise(blocks))


@QUICK
@given(texts | reshuffled())
def test_every_block_gets_a_role_and_no_article_yet(text: str) -> None:
    for block in classify(normalise(page_of(text))).blocks:
        assert block.role is not Role.UNREAD
        assert block.thread == -1


@QUICK
@given(texts)
def test_roles_by_a_sign_have_a_reason(text: str) -> None:
    signed = {
        Role.BYLINE,
        Role.DATELINE,
        Role.CAPTION,
        Role.FURNITURE,
        Role.ADVERT,
        Role.TABLE,
        Role.COLUMN,
        Role.KICKER,
    }
    for block in classify(normalise(page_of(text))).blocks:
        if block.role in signed:
            assert block.reasons
