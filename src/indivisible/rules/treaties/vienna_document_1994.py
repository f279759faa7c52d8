"""The Vienna Document 1994: levels for armoured combat vehicles and artillery beside those for troops and tanks."""

from __future__ import annotations

from collections.abc import Iterator

from indivisible.rules.activities import ACTIVITY, levels
from indivisible.rules.base import CONSULT, DECLARE, LIMIT, NOTIFY, OBSERVE, Case, article
from indivisible.rules.constraints import at_once, class_of, constraint
from indivisible.rules.document import Document
from indivisible.rules.facts import vocabulary
from indivisible.rules.finding import Finding
from indivisible.rules.verification import (
    EVALUATION,
    EXCHANGE,
    INSPECTION,
    QUESTIONS,
    evaluation_quota,
    exchange,
    inspection_quota,
    names,
    within,
)

KEY = "VIENNA_DOCUMENT_1994"
AUTHORITY = "political"
TABLE = "vienna_document_1994.csv"
ARMS = "arms_control"
FACTS = vocabulary(*ACTIVITY, *INSPECTION[:3], *EXCHANGE, *EVALUATION[:6], *QUESTIONS[:1])
TIME = ("starts", "notified_on", "notified")
FORCES = ("troops", "tanks", "acvs", "artillery")
DOCUMENT = Document(
    TABLE, land="notification", days="notification", air="air forces", landing="landings", transfer="transfers",
    snap="snap activities", observed="observation", landing_observed="observation of landings", calendar="calendar",
    announced="announcement", largest="constraint on the largest",
)  # fmt: skip
demands = DOCUMENT.demands
YEAR = ("starts", "other_activities", *FORCES)


def limits(case: Case) -> Iterator[Finding]:
    """The constraints on large activities."""
    for one in (largest, large, larger, together):
        yield from one.check(case)


@article(
    "exchange of information",
    "Annual exchange of military information",
    kind=DECLARE,
    domain=ARMS,
    asks=("exchange_on", "exchange_given"),
    confidence="medium",
)
def information(case: Case) -> Iterator[Finding]:
    """By 15 December each state gives all others information on its forces, weapons and plans, valid on 1 January."""
    yield exchange(case, "exchange of information")


@article(
    "risk reduction",
    "Answer on unusual activities",
    kind=CONSULT,
    domain="incidents",
    asks=("explanation_hours",),
    confidence="medium",
)
def questions(case: Case) -> Iterator[Finding]:
    """A state asked to explain unusual and unscheduled activities of its forces answers within 48 hours."""
    limit = levels(TABLE).one("risk reduction", "hours")
    yield within(case, "risk reduction", "explanation_hours", "Hours to the answer", "hours", limit)


@article(
    "notification", "Exercises of land forces", kind=NOTIFY, domain=ARMS, asks=(*TIME, *FORCES), confidence="medium"
)
def exercises(case: Case) -> Iterator[Finding]:
    """An exercise of land forces under one command is notified to all other participating states 42 days ahead or more,
    if it has at least 9,000 troops, 250 tanks, 500 armoured combat vehicles or 250 pieces of artillery and is organised
    into a division or at least two brigades or regiments."""
    yield DOCUMENT.of_land(case).finding


@article(
    "air forces", "Air forces in an exercise", kind=NOTIFY, domain=ARMS, asks=(*TIME, "sorties"), confidence="medium"
)
def air(case: Case) -> Iterator[Finding]:
    """The notification of such an exercise includes its air forces, if 200 sorties or more are foreseen, helicopters
    left out."""
    yield DOCUMENT.of_air(case).finding


@article(
    "landings",
    "Landings and parachute assaults",
    kind=NOTIFY,
    domain=ARMS,
    asks=(*TIME, "landing_troops"),
    confidence="medium",
)
def landing(case: Case) -> Iterator[Finding]:
    """An amphibious landing or a parachute assault is notified from 3,000 troops."""
    yield DOCUMENT.of_landing(case).finding


@article(
    "transfers",
    "Transfers and concentrations",
    kind=NOTIFY,
    domain=ARMS,
    asks=(*TIME, "transfer", *FORCES),
    confidence="medium",
)
def transfer(case: Case) -> Iterator[Finding]:
    """A transfer into the zone, or within it to a point of concentration, is notified from 9,000 troops, 250 tanks, 500
    armoured combat vehicles or 250 pieces of artillery."""
    yield DOCUMENT.of_transfer(case).finding


@article(
    "snap activities",
    "Activities without advance notice to the troops",
    kind=NOTIFY,
    domain=ARMS,
    asks=("no_advance_notice", *TIME),
    confidence="medium",
)
def snap(case: Case) -> Iterator[Finding]:
    """An activity of which the troops are not told in advance is notified when the troops begin it."""
    yield DOCUMENT.of_snap(case).finding


@article(
    "observation",
    "Observers at exercises",
    kind=OBSERVE,
    domain=ARMS,
    asks=("observers_invited", *FORCES),
    confidence="medium",
)
def observation(case: Case) -> Iterator[Finding]:
    """Observers of all other participating states are invited to exercises of at least 13,000 troops, 300 tanks, 500
    armoured combat vehicles or 250 pieces of artillery; to one without advance notice only if it lasts more than 72
    hours."""
    yield DOCUMENT.of_observers(case).finding


@article(
    "observation of landings",
    "Observers at landings",
    kind=OBSERVE,
    domain=ARMS,
    asks=("observers_invited", "landing_troops"),
    confidence="medium",
)
def observation_of_landings(case: Case) -> Iterator[Finding]:
    """Observers are invited to landings and parachute assaults of at least 3,500 troops."""
    yield DOCUMENT.of_observers_at_landing(case).finding


@article(
    "calendar", "Annual calendar", kind=NOTIFY, domain=ARMS, asks=("calendar_on", "in_calendar"), confidence="medium"
)
def calendar(case: Case) -> Iterator[Finding]:
    """By 15 November each state gives all others a calendar of the notifiable activities that it foresees for the
    following year."""
    yield DOCUMENT.of_calendar(case).finding


@article("constraint on the largest", "The largest activities", kind=LIMIT, domain=ARMS, asks=YEAR, confidence="medium")
def largest(case: Case) -> Iterator[Finding]:
    """In two calendar years a state holds at most one notifiable activity with more than 40,000 troops or 900 tanks."""
    yield constraint(case, levels(TABLE), "constraint on the largest")


@article("constraint in a year", "Large activities in a year", kind=LIMIT, domain=ARMS, asks=YEAR, confidence="medium")
def large(case: Case) -> Iterator[Finding]:
    """In a calendar year a state holds at most six activities with more than 13,000 troops or 300 tanks that are not
    above the levels of the largest."""
    yield constraint(case, levels(TABLE), "constraint in a year", upper="constraint on the largest")


@article(
    "constraint in a year, larger", "Of these, the larger ones", kind=LIMIT, domain=ARMS, asks=YEAR, confidence="medium"
)
def larger(case: Case) -> Iterator[Finding]:
    """Of these six at most three have more than 25,000 troops or 400 tanks."""
    yield constraint(case, levels(TABLE), "constraint in a year, larger", upper="constraint on the largest")


@article(
    "constraint at one time",
    "Large activities at one time",
    kind=LIMIT,
    domain=ARMS,
    asks=("ends", *YEAR),
    confidence="medium",
)
def together(case: Case) -> Iterator[Finding]:
    """At most three activities with more than 13,000 troops or 300 tanks are held at one time."""
    level, name = levels(TABLE), "constraint at one time"
    yield at_once(case, name, class_of(level, name), level.one(name, "activities"))


@article(
    "announcement",
    "The largest activities, announced",
    kind=LIMIT,
    domain=ARMS,
    asks=("announced_on", "announced"),
    confidence="medium",
)
def announcement(case: Case) -> Iterator[Finding]:
    """An activity with more than 40,000 troops or 900 tanks is held only if it was announced by 15 November of the year
    before last."""
    yield DOCUMENT.of_announcement(case).finding


@article(
    "inspection quota",
    "Inspections to be accepted",
    kind=OBSERVE,
    domain=ARMS,
    asks=names(INSPECTION[:3]),
    confidence="medium",
)
def inspections(case: Case) -> Iterator[Finding]:
    """A state accepts inspections on its territory, but no more than three in a calendar year, and one by the same
    state."""
    yield inspection_quota(case, levels(TABLE), "inspection quota")


@article(
    "evaluation quota",
    "Evaluation visits to be accepted",
    kind=OBSERVE,
    domain=ARMS,
    asks=names(EVALUATION[:6]),
    confidence="medium",
)
def visits(case: Case) -> Iterator[Finding]:
    """A state accepts one visit a year for every 60 units that it reports or part of them, 15 at most; no more than a
    fifth of them (one at least) by the same state, no unit more than twice, nor more than once by the same state."""
    yield evaluation_quota(case, levels(TABLE), "evaluation quota")


OBLIGATIONS = (
    information, questions, exercises, air, landing, transfer, snap, observation, observation_of_landings, calendar,
    largest, large, larger, together, announcement, inspections, visits,
)  # fmt: skip
