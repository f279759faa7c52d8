"""Texts on confidence-building that share articles: what one keeps from another must be true of its own numbers."""

from __future__ import annotations

import re
from types import ModuleType
from typing import cast

import pytest

from indivisible.record.record import Record
from indivisible.rules import confidence_building as kinds
from indivisible.rules.activities import WORDS, levels
from indivisible.rules.base import Case, Obligation
from indivisible.rules.confidence_building import Document
from indivisible.rules.facts import Facts
from indivisible.rules.finding import UNKNOWN
from indivisible.rules.treaties import TREATIES
from indivisible.values import day_of

TEXTS = [cast(ModuleType, text) for text in TREATIES if hasattr(text, "DOCUMENT")]
ARTICLES = [(text, one) for text in TEXTS for one in text.OBLIGATIONS]
NAMED = [f"{text.KEY} {one.article}" for text, one in ARTICLES]
KEPT = [(text, one) for text, one in ARTICLES if one.check.__module__ != text.__name__]
COUNTED = {1: "one", 2: "two", 3: "three", 6: "six"}


def test_there_are_six_texts_and_each_has_its_own_table() -> None:
    assert len(TEXTS) == 6
    assert len({text.DOCUMENT.table for text in TEXTS}) == 6


def rows(text: ModuleType, article: str) -> dict[str, int]:
    every = levels(text.DOCUMENT.table).numbers
    return {unit: number for (name, unit), number in every.items() if name == article}


@pytest.mark.parametrize(("text", "one"), KEPT, ids=[f"{text.KEY} {one.article}" for text, one in KEPT])
def test_what_is_kept_has_the_numbers_of_the_text_whose_words_it_has(text: ModuleType, one: Obligation) -> None:
    origin = next(other for other in TEXTS if other.__name__ == one.check.__module__)
    assert origin.KEY < text.KEY or origin.KEY.startswith("STOCKHOLM")
    kind = next(kind for kind, name in text.DOCUMENT.names.items() if name == one.article)
    there = origin.DOCUMENT.names[kind]
    assert rows(text, one.article) == rows(origin, there)
    assert one.gist == next(other.gist for other in origin.OBLIGATIONS if other.article == there)


@pytest.mark.parametrize(("text", "one"), ARTICLES, ids=NAMED)
def test_the_words_of_an_article_have_every_number_of_its_table(text: ModuleType, one: Obligation) -> None:
    found = rows(text, one.article)
    if one.article == text.DOCUMENT.names[kinds.EXERCISES]:
        found["days"] = text.DOCUMENT.notice_days
    told = set(re.findall(r"\d[\d,]*", one.gist))
    words = set(re.findall(r"[a-z]+", one.gist.lower()))
    for unit, number in found.items():
        if unit in WORDS or unit in ("hours", "days", "least hours", "units for a visit"):
            assert f"{number:,}" in told, unit
        elif unit in ("activities", "years", "visits of one state") and number > 1:
            assert COUNTED[number] in words, unit


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.KEY)
def test_every_kind_of_article_that_a_text_has_is_an_obligation(text: ModuleType) -> None:
    document = cast(Document, text.DOCUMENT)
    assert set(document.names.values()) <= {one.article for one in text.OBLIGATIONS}


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.KEY)
def test_demands_and_limits_come_in_the_order_of_the_text(record: Record, text: ModuleType) -> None:
    case = Case(record, day_of("2000-01-01"), "FRA", Facts(text.FACTS))
    asked = [one.article for one in text.demands(case)]
    assert asked[:2] == [text.DOCUMENT.names[kind] for kind in (kinds.EXERCISES, kinds.AIR_FORCES)]
    limits = [(one.article, one.verdict) for one in text.DOCUMENT.limits(case)]
    there = [kind for kind in kinds.CONSTRAINTS if kind in text.DOCUMENT.names]
    assert limits == [(text.DOCUMENT.names[kind], UNKNOWN) for kind in there]
