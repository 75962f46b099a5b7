"""Laws of reading order: each block of text goes on from one block above it at most; only places are given."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from threadpoolctl import threadpool_info

from generator.model import Page, Role
from generator.pages.classify import classify
from generator.pages.normalise import normalise
from generator.pages.stitch import stitch
from generator.pages.vocabulary import Tally, Words, words_of
from tests.pages.made_up import page_of, reshuffled, samples, texts

QUICK = settings(max_examples=40, deadline=None)


def stitched(text: str) -> tuple[Page, Page]:
    """The page before and after stitch."""
    before = classify(normalise(page_of(text)))
    return before, stitch(before)


@QUICK
@given(texts | reshuffled())
def test_only_thread_joint_and_headlines_change(text: str) -> None:
    before, after = stitched(text)
    assert len(before.blocks) == len(after.blocks)
    for old, new in zip(before.blocks, after.blocks, strict=True):
        assert replace(new, thread=-1, continues=False, home=0.0, role=old.role, reasons=old.reasons) == old
        assert new.reasons[: len(old.reasons)] == old.reasons
        assert new.role is old.role or (old.role, new.role) in {
            (Role.SUBHEAD, Role.HEADLINE),
            (Role.KICKER, Role.SUBHEAD),
        }


@QUICK
@given(texts | reshuffled())
def test_every_block_of_text_has_one_place(text: str) -> None:
    _, page = stitched(text)
    body = [i for i, block in enumerate(page.blocks) if block.role is Role.BODY]
    chosen = [j for j in page.junctions if j.chosen]
    assert [j.after for j in chosen] == body
    befores = [j.before for j in chosen if j.before >= 0]
    assert len(befores) == len(set(befores))
    assert all(j.before < j.after for j in page.junctions)
    assert all(page.blocks[i].thread >= 0 for i in body)


@QUICK
@given(texts | reshuffled())
def test_articles_are_numbered_from_the_top(text: str) -> None:
    _, page = stitched(text)
    order: list[int] = []
    for junction in (j for j in page.junctions if j.chosen):
        thread = page.blocks[junction.after].thread
        if junction.before < 0:
            order.append(thread)
        else:
            assert thread == page.blocks[junction.before].thread
    assert order == list(range(len(order)))


@QUICK
@given(texts | reshuffled())
def test_the_begin_of_an_article_continues_nothing(text: str) -> None:
    _, page = stitched(text)
    for junction in page.junctions:
        if junction.chosen and junction.before < 0:
            assert not page.blocks[junction.after].continues


@settings(max_examples=10, deadline=None)
@given(reshuffled())
def test_the_same_page_gives_the_same_articles(text: str) -> None:
    assert stitched(text) == stitched(text)


def test_a_page_keeps_to_one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: set[int] = set()

    def watched(tally: Tally, blocks: int) -> Words:
        threads.update(pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas")
        return words_of(tally, blocks)

    monkeypatch.setattr("generator.pages.junction.words_of", watched)
    stitched(samples()[0])
    assert threads == {1}
