"""The Stockholm Document of 1986: prior notification, observation, calendars, constraints and inspections."""

from __future__ import annotations

from collections.abc import Iterator

from indivisible.rules.activities import ACTIVITY, levels, organised, size, zone
from indivisible.rules.base import LIMIT, NOTIFY, OBSERVE, Case, article
from indivisible.rules.demands import Demand, announced
from indivisible.rules.document import Document
from indivisible.rules.facts import vocabulary
from indivisible.rules.finding import Finding
from indivisible.rules.verification import INSPECTION, inspection_quota, names

KEY = "STOCKHOLM_DOCUMENT_1986"
AUTHORITY = "political"
TABLE = "stockholm_document_1986.csv"
ARMS = "arms_control"
FACTS = vocabulary(*ACTIVITY, *INSPECTION[:3])
TIME = ("starts", "notified_on", "notified")
FORCES = ("troops", "tanks")
DOCUMENT = Document(
    TABLE, land="notification", days="notification", air="air forces", landing="landings", transfer="transfers",
    snap="snap activities", observed="observation", landing_observed="observation of landings", calendar="calendar",
    announced="announcement",
)  # fmt: skip
IN_CALENDAR = "large activities in the calendar"


def _large(case: Case) -> Demand:
    facts, level = case.facts, levels(TABLE)
    conditions = (zone(facts), organised(facts), size(facts, level.of(IN_CALENDAR), above=True))
    ahead = level.one(IN_CALENDAR, "years ahead")
    return announced(case, IN_CALENDAR, conditions, ahead, done="in_calendar", on="calendar_on")


def demands(case: Case) -> Iterator[Demand]:
    """All that an activity may call for."""
    yield from DOCUMENT.demands(case)
    yield _large(case)


@article(
    "notification", "Exercises of land forces", kind=NOTIFY, domain=ARMS, asks=(*TIME, *FORCES), confidence="medium"
)
def exercises(case: Case) -> Iterator[Finding]:
    """An exercise of land forces under one command is notified to all other participating states 42 days ahead or more,
    if it has at least 13,000 troops or 300 tanks and is organised into a division or at least two brigades or
    regiments."""
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
    """A transfer into the zone, or within it to a point of concentration, is notified from 13,000 troops or 300
    tanks."""
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
    """Observers of all other participating states are invited to exercises of at least 17,000 troops; to one without
    advance notice only if it lasts more than 72 hours."""
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
    """Observers are invited to landings and parachute assaults of at least 5,000 troops."""
    yield DOCUMENT.of_observers_at_landing(case).finding


@article(
    "calendar", "Annual calendar", kind=NOTIFY, domain=ARMS, asks=("calendar_on", "in_calendar"), confidence="medium"
)
def calendar(case: Case) -> Iterator[Finding]:
    """By 15 November each state gives all others a calendar of the notifiable activities that it foresees for the
    following year."""
    yield DOCUMENT.of_calendar(case).finding


@article(
    "large activities in the calendar",
    "Large activities only if in the calendar",
    kind=LIMIT,
    domain=ARMS,
    asks=("calendar_on", "in_calendar", "troops"),
    confidence="medium",
)
def large_in_calendar(case: Case) -> Iterator[Finding]:
    """An activity with more than 40,000 troops is held only if it stands in the annual calendar given by 15 November of
    the year before."""
    yield _large(case).finding


@article(
    "announcement",
    "The largest activities, announced",
    kind=LIMIT,
    domain=ARMS,
    asks=("announced_on", "announced"),
    confidence="medium",
)
def announcement(case: Case) -> Iterator[Finding]:
    """An activity with more than 75,000 troops is held only if it was announced by 15 November of the year before
    last."""
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


OBLIGATIONS = (
    exercises, air, landing, transfer, snap, observation, observation_of_landings, calendar, large_in_calendar,
    announcement, inspections,
)  # fmt: skip
