"""The Stockholm Document of 1986: prior notification, observation, calendars, constraints and inspections."""

from __future__ import annotations

from collections.abc import Iterator

from indivisible.rules import confidence_building as kinds
from indivisible.rules.activities import ACTIVITY
from indivisible.rules.base import Case
from indivisible.rules.confidence_building import Document, usual
from indivisible.rules.facts import vocabulary
from indivisible.rules.finding import Finding
from indivisible.rules.verification import INSPECTION

KEY = "STOCKHOLM_DOCUMENT_1986"
AUTHORITY = "political"
FACTS = vocabulary(*ACTIVITY, *INSPECTION[:3])
DOCUMENT = Document(
    "stockholm_document_1986.csv", usual(*kinds.ACTIVITIES, kinds.LARGE_IN_CALENDAR, kinds.INSPECTIONS),
    forces=kinds.TROOPS_AND_TANKS,
)  # fmt: skip
demands = DOCUMENT.demands


@DOCUMENT.article(kinds.EXERCISES)
def exercises(case: Case) -> Iterator[Finding]:
    """An exercise of land forces under one command is notified to all other participating states 42 days ahead or more,
    if it has at least 13,000 troops or 300 tanks and is organised into a division or at least two brigades or
    regiments."""
    yield DOCUMENT.finding(kinds.EXERCISES, case)


@DOCUMENT.article(kinds.AIR_FORCES)
def air(case: Case) -> Iterator[Finding]:
    """The notification of such an exercise includes its air forces, if 200 sorties or more are foreseen, helicopters
    left out."""
    yield DOCUMENT.finding(kinds.AIR_FORCES, case)


@DOCUMENT.article(kinds.LANDINGS)
def landing(case: Case) -> Iterator[Finding]:
    """An amphibious landing or a parachute assault is notified from 3,000 troops."""
    yield DOCUMENT.finding(kinds.LANDINGS, case)


@DOCUMENT.article(kinds.TRANSFERS)
def transfer(case: Case) -> Iterator[Finding]:
    """A transfer into the zone, or within it to a point of concentration, is notified from 13,000 troops or 300
    tanks."""
    yield DOCUMENT.finding(kinds.TRANSFERS, case)


@DOCUMENT.article(kinds.SNAP)
def snap(case: Case) -> Iterator[Finding]:
    """An activity of which the troops are not told in advance is notified when the troops begin it."""
    yield DOCUMENT.finding(kinds.SNAP, case)


@DOCUMENT.article(kinds.OBSERVATION)
def observation(case: Case) -> Iterator[Finding]:
    """Observers of all other participating states are invited to exercises of at least 17,000 troops; to one without
    advance notice only if it lasts more than 72 hours."""
    yield DOCUMENT.finding(kinds.OBSERVATION, case)


@DOCUMENT.article(kinds.OBSERVATION_OF_LANDINGS)
def observation_of_landings(case: Case) -> Iterator[Finding]:
    """Observers are invited to landings and parachute assaults of at least 5,000 troops."""
    yield DOCUMENT.finding(kinds.OBSERVATION_OF_LANDINGS, case)


@DOCUMENT.article(kinds.CALENDAR)
def calendar(case: Case) -> Iterator[Finding]:
    """By 15 November each state gives all others a calendar of the notifiable activities that it foresees for the
    following year."""
    yield DOCUMENT.finding(kinds.CALENDAR, case)


@DOCUMENT.article(kinds.LARGE_IN_CALENDAR)
def large_in_calendar(case: Case) -> Iterator[Finding]:
    """An activity with more than 40,000 troops is held only if it stands in the annual calendar given by 15 November of
    the year before."""
    yield DOCUMENT.finding(kinds.LARGE_IN_CALENDAR, case)


@DOCUMENT.article(kinds.ANNOUNCEMENT)
def announcement(case: Case) -> Iterator[Finding]:
    """An activity with more than 75,000 troops is held only if it was announced by 15 November of the year before
    last."""
    yield DOCUMENT.finding(kinds.ANNOUNCEMENT, case)


@DOCUMENT.article(kinds.INSPECTIONS)
def inspections(case: Case) -> Iterator[Finding]:
    """A state accepts inspections on its territory, but no more than three in a calendar year, and one by the same
    state."""
    yield DOCUMENT.finding(kinds.INSPECTIONS, case)


OBLIGATIONS = (
    exercises, air, landing, transfer, snap, observation, observation_of_landings, calendar, large_in_calendar,
    announcement, inspections,
)  # fmt: skip
