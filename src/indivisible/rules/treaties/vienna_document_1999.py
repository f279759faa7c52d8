"""The Vienna Document 1999: as that of 1994, with stricter limits on large activities and regional measures."""

from __future__ import annotations

from collections.abc import Iterator

from indivisible.rules import confidence_building as kinds
from indivisible.rules.base import Case
from indivisible.rules.confidence_building import Document
from indivisible.rules.finding import Finding
from indivisible.rules.treaties import vienna_document_1994 as before

KEY = "VIENNA_DOCUMENT_1999"
AUTHORITY = "political"
FACTS = before.FACTS
DOCUMENT = Document("vienna_document_1999.csv", before.DOCUMENT.names)
demands, limits = DOCUMENT.demands, DOCUMENT.limits

# In the words of the document of 1994:
information, questions, exercises, air, landing, transfer, snap, observation, observation_of_landings = DOCUMENT.keeps(
    before.information, before.questions, before.exercises, before.air, before.landing, before.transfer, before.snap,
    before.observation, before.observation_of_landings,
)  # fmt: skip
calendar, inspections, visits = DOCUMENT.keeps(before.calendar, before.inspections, before.visits)


@DOCUMENT.article(kinds.LARGEST)
def largest(case: Case) -> Iterator[Finding]:
    """In three calendar years a state holds at most one notifiable activity with more than 40,000 troops, 900 tanks,
    2,000 armoured combat vehicles or 900 pieces of artillery."""
    yield DOCUMENT.finding(kinds.LARGEST, case)


@DOCUMENT.article(kinds.LARGE)
def large(case: Case) -> Iterator[Finding]:
    """In a calendar year a state holds at most six activities with more than 13,000 troops, 300 tanks, 500 armoured
    combat vehicles or 300 pieces of artillery that are not above the levels of the largest."""
    yield DOCUMENT.finding(kinds.LARGE, case)


@DOCUMENT.article(kinds.LARGER)
def larger(case: Case) -> Iterator[Finding]:
    """Of these six at most three have more than 25,000 troops, 400 tanks, 800 armoured combat vehicles or 400 pieces of
    artillery."""
    yield DOCUMENT.finding(kinds.LARGER, case)


@DOCUMENT.article(kinds.TOGETHER)
def together(case: Case) -> Iterator[Finding]:
    """At most three activities with more than 13,000 troops, 300 tanks, 500 armoured combat vehicles or 300 pieces of
    artillery are held at one time."""
    yield DOCUMENT.finding(kinds.TOGETHER, case)


@DOCUMENT.article(kinds.ANNOUNCEMENT)
def announcement(case: Case) -> Iterator[Finding]:
    """An activity with more than 40,000 troops, 900 tanks, 2,000 armoured combat vehicles or 900 pieces of artillery is
    held only if it was announced by 15 November of the year before last."""
    yield DOCUMENT.finding(kinds.ANNOUNCEMENT, case)


OBLIGATIONS = (
    information, questions, exercises, air, landing, transfer, snap, observation, observation_of_landings, calendar,
    largest, large, larger, together, announcement, inspections, visits,
)  # fmt: skip
