"""The Vienna Document 1994: levels for armoured combat vehicles and artillery beside those for troops and tanks."""

from __future__ import annotations

from collections.abc import Iterator

from indivisible.rules import confidence_building as kinds
from indivisible.rules.base import Case
from indivisible.rules.confidence_building import Document
from indivisible.rules.finding import Finding
from indivisible.rules.treaties import vienna_document_1992 as before

KEY = "VIENNA_DOCUMENT_1994"
AUTHORITY = "political"
FACTS = before.FACTS
DOCUMENT = Document("vienna_document_1994.csv", before.ARTICLES)
demands, limits = DOCUMENT.demands, DOCUMENT.limits

# In the words of the document of 1992:
information, questions, air, landing, snap, observation_of_landings, calendar, inspections, visits = DOCUMENT.keeps(
    before.information, before.questions, before.air, before.landing, before.snap, before.observation_of_landings,
    before.calendar, before.inspections, before.visits,
)  # fmt: skip
largest, large, larger, together, announcement = DOCUMENT.keeps(
    before.largest, before.large, before.larger, before.together, before.announcement
)


@DOCUMENT.article(kinds.EXERCISES)
def exercises(case: Case) -> Iterator[Finding]:
    """An exercise of land forces under one command is notified to all other participating states 42 days ahead or more,
    if it has at least 9,000 troops, 250 tanks, 500 armoured combat vehicles or 250 pieces of artillery and is organised
    into a division or at least two brigades or regiments."""
    yield DOCUMENT.finding(kinds.EXERCISES, case)


@DOCUMENT.article(kinds.TRANSFERS)
def transfer(case: Case) -> Iterator[Finding]:
    """A transfer into the zone, or within it to a point of concentration, is notified from 9,000 troops, 250 tanks, 500
    armoured combat vehicles or 250 pieces of artillery."""
    yield DOCUMENT.finding(kinds.TRANSFERS, case)


@DOCUMENT.article(kinds.OBSERVATION)
def observation(case: Case) -> Iterator[Finding]:
    """Observers of all other participating states are invited to exercises of at least 13,000 troops, 300 tanks, 500
    armoured combat vehicles or 250 pieces of artillery; to one without advance notice only if it lasts more than 72
    hours."""
    yield DOCUMENT.finding(kinds.OBSERVATION, case)


OBLIGATIONS = (
    information, questions, exercises, air, landing, transfer, snap, observation, observation_of_landings, calendar,
    largest, large, larger, together, announcement, inspections, visits,
)  # fmt: skip
