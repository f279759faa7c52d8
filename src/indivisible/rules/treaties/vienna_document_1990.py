"""The Vienna Document 1990: the measures of Stockholm, with an exchange of information, evaluation and questions."""

from __future__ import annotations

from collections.abc import Iterator

from indivisible.rules import confidence_building as kinds
from indivisible.rules.activities import ACTIVITY
from indivisible.rules.base import Case
from indivisible.rules.confidence_building import Document, usual
from indivisible.rules.facts import vocabulary
from indivisible.rules.finding import Finding
from indivisible.rules.treaties import stockholm_document_1986 as before
from indivisible.rules.verification import EVALUATION, EXCHANGE, INSPECTION, QUESTIONS

KEY = "VIENNA_DOCUMENT_1990"
AUTHORITY = "political"
FACTS = vocabulary(*ACTIVITY, *INSPECTION[:3], *EXCHANGE, *EVALUATION[:6], *QUESTIONS[:1])
DOCUMENT = Document(
    "vienna_document_1990.csv",
    usual(kinds.INFORMATION, kinds.EXPLANATION, *kinds.ACTIVITIES, kinds.INSPECTIONS, kinds.VISITS),
    forces=kinds.TROOPS_AND_TANKS,
)  # fmt: skip
demands = DOCUMENT.demands

# In the words of the Stockholm Document:
exercises, air, landing, transfer, snap, observation, observation_of_landings, calendar, inspections = DOCUMENT.keeps(
    before.exercises, before.air, before.landing, before.transfer, before.snap, before.observation,
    before.observation_of_landings, before.calendar, before.inspections,
)  # fmt: skip


@DOCUMENT.article(kinds.INFORMATION)
def information(case: Case) -> Iterator[Finding]:
    """By 15 December each state gives all others information on its forces, weapons and plans, valid on 1 January."""
    yield DOCUMENT.finding(kinds.INFORMATION, case)


@DOCUMENT.article(kinds.EXPLANATION)
def questions(case: Case) -> Iterator[Finding]:
    """A state asked to explain unusual and unscheduled activities of its forces answers within 48 hours."""
    yield DOCUMENT.finding(kinds.EXPLANATION, case)


@DOCUMENT.article(kinds.ANNOUNCEMENT)
def announcement(case: Case) -> Iterator[Finding]:
    """An activity with more than 40,000 troops is held only if it was announced by 15 November of the year before
    last."""
    yield DOCUMENT.finding(kinds.ANNOUNCEMENT, case)


@DOCUMENT.article(kinds.VISITS)
def visits(case: Case) -> Iterator[Finding]:
    """A state accepts one visit a year for every 60 units that it reports or part of them, 15 at most; no more than a
    fifth of them (one at least) by the same state, no unit more than twice, nor more than once by the same state."""
    yield DOCUMENT.finding(kinds.VISITS, case)


OBLIGATIONS = (
    information, questions, exercises, air, landing, transfer, snap, observation, observation_of_landings, calendar,
    announcement, inspections, visits,
)  # fmt: skip
