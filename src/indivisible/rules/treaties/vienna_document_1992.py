"""The Vienna Document 1992: lower levels of notification and observation, and limits on large activities."""

from __future__ import annotations

from collections.abc import Iterator

from indivisible.rules import confidence_building as kinds
from indivisible.rules.base import Case
from indivisible.rules.confidence_building import Document, usual
from indivisible.rules.finding import Finding
from indivisible.rules.treaties import vienna_document_1990 as before

KEY = "VIENNA_DOCUMENT_1992"
AUTHORITY = "political"
FACTS = before.FACTS
ARTICLES = {**before.DOCUMENT.names, **usual(*kinds.CONSTRAINTS)}
DOCUMENT = Document("vienna_document_1992.csv", ARTICLES, forces=kinds.TROOPS_AND_TANKS)
demands, limits = DOCUMENT.demands, DOCUMENT.limits

# In the words of the document of 1990:
information, questions, air, landing, snap, calendar, inspections, visits = DOCUMENT.keeps(
    before.information, before.questions, before.air, before.landing, before.snap, before.calendar, before.inspections,
    before.visits,
)  # fmt: skip


@DOCUMENT.article(kinds.EXERCISES)
def exercises(case: Case) -> Iterator[Finding]:
    """An exercise of land forces under one command is notified to all other participating states 42 days ahead or more,
    if it has at least 9,000 troops or 250 tanks and is organised into a division or at least two brigades or
    regiments."""
    yield DOCUMENT.finding(kinds.EXERCISES, case)


@DOCUMENT.article(kinds.TRANSFERS)
def transfer(case: Case) -> Iterator[Finding]:
    """A transfer into the zone, or within it to a point of concentration, is notified from 9,000 troops or 250
    tanks."""
    yield DOCUMENT.finding(kinds.TRANSFERS, case)


@DOCUMENT.article(kinds.OBSERVATION)
def observation(case: Case) -> Iterator[Finding]:
    """Observers of all other participating states are invited to exercises of at least 13,000 troops or 300 tanks; to
    one without advance notice only if it lasts more than 72 hours."""
    yield DOCUMENT.finding(kinds.OBSERVATION, case)


@DOCUMENT.article(kinds.OBSERVATION_OF_LANDINGS)
def observation_of_landings(case: Case) -> Iterator[Finding]:
    """Observers are invited to landings and parachute assaults of at least 3,500 troops."""
    yield DOCUMENT.finding(kinds.OBSERVATION_OF_LANDINGS, case)


@DOCUMENT.article(kinds.LARGEST)
def largest(case: Case) -> Iterator[Finding]:
    """In two calendar years a state holds at most one notifiable activity with more than 40,000 troops or 900 tanks."""
    yield DOCUMENT.finding(kinds.LARGEST, case)


@DOCUMENT.article(kinds.LARGE)
def large(case: Case) -> Iterator[Finding]:
    """In a calendar year a state holds at most six activities with more than 13,000 troops or 300 tanks that are not
    above the levels of the largest."""
    yield DOCUMENT.finding(kinds.LARGE, case)


@DOCUMENT.article(kinds.LARGER)
def larger(case: Case) -> Iterator[Finding]:
    """Of these six at most three have more than 25,000 troops or 400 tanks."""
    yield DOCUMENT.finding(kinds.LARGER, case)


@DOCUMENT.article(kinds.TOGETHER)
def together(case: Case) -> Iterator[Finding]:
    """At most three activities with more than 13,000 troops or 300 tanks are held at one time."""
    yield DOCUMENT.finding(kinds.TOGETHER, case)


@DOCUMENT.article(kinds.ANNOUNCEMENT)
def announcement(case: Case) -> Iterator[Finding]:
    """An activity with more than 40,000 troops or 900 tanks is held only if it was announced by 15 November of the year
    before last."""
    yield DOCUMENT.finding(kinds.ANNOUNCEMENT, case)


OBLIGATIONS = (
    information, questions, exercises, air, landing, transfer, snap, observation, observation_of_landings, calendar,
    largest, large, larger, together, announcement, inspections, visits,
)  # fmt: skip
