"""The Vienna Document 2011: what is notified, observed and forbidden of military activities, and how it is verified."""

from __future__ import annotations

from collections.abc import Iterator

from indivisible.rules.activities import ACTIVITY, levels
from indivisible.rules.base import DECLARE, LIMIT, NOTIFY, OBSERVE, Case, article
from indivisible.rules.constraints import at_once, class_of, constraint
from indivisible.rules.document import Document
from indivisible.rules.facts import vocabulary
from indivisible.rules.finding import Finding
from indivisible.rules.treaties import vienna_document_2011_verification as verification
from indivisible.rules.verification import EVALUATION, EXCHANGE, INSPECTION, QUESTIONS, exchange

KEY = "VIENNA_DOCUMENT_2011"
AUTHORITY = "political"
TABLE = "vienna_document_2011.csv"
ARMS = "arms_control"
FACTS = vocabulary(*ACTIVITY, *EXCHANGE, *INSPECTION, *EVALUATION, *QUESTIONS, *verification.FACTS)
TIME = ("starts", "notified_on", "notified")
FORCES = ("troops", "tanks", "acvs", "artillery")
YEAR = ("starts", "other_activities", *FORCES)


DOCUMENT = Document(
    TABLE, land="40.1.1", days="V", air="40.1.2", landing="40.2.1", transfer="40.3", snap="41",
    observed="VI exercises", landing_observed="VI landings", calendar="61", announced="68", largest="67.1",
)  # fmt: skip
demands = DOCUMENT.demands


def limits(case: Case) -> Iterator[Finding]:
    """The constraints on large activities."""
    for one in (largest, large, larger, together):
        yield from one.check(case)


@article("40.1.1", "Exercises of land forces", kind=NOTIFY, domain=ARMS, asks=(*TIME, *FORCES), confidence="medium")
def exercises(case: Case) -> Iterator[Finding]:
    """An exercise of land forces under one command is notified to all other participating states 42 days ahead or more,
    if it has at least 9,000 troops, 250 battle tanks, 500 armoured combat vehicles or 250 pieces of artillery and is
    organised into a division or at least two brigades or regiments."""
    yield DOCUMENT.of_land(case).finding


@article("40.1.2", "Air forces in an exercise", kind=NOTIFY, domain=ARMS, asks=(*TIME, "sorties"), confidence="medium")
def air(case: Case) -> Iterator[Finding]:
    """The notification of such an exercise includes its air forces, if 200 sorties or more are foreseen, helicopters
    left out."""
    yield DOCUMENT.of_air(case).finding


@article("40.2.1", "Landings and parachute assaults", kind=NOTIFY, domain=ARMS, asks=(*TIME, "landing_troops"),
         confidence="medium")  # fmt: skip
def landings(case: Case) -> Iterator[Finding]:
    """An amphibious landing, a heliborne landing or a parachute assault is notified from 3,000 troops."""
    yield DOCUMENT.of_landing(case).finding


@article("40.3", "Transfers and concentrations", kind=NOTIFY, domain=ARMS, asks=(*TIME, "transfer", *FORCES),
         confidence="medium")  # fmt: skip
def transfers(case: Case) -> Iterator[Finding]:
    """A transfer into the zone, or within it to a point of concentration, is notified from 9,000 troops, 250 tanks, 500
    armoured combat vehicles or 250 pieces of artillery."""
    yield DOCUMENT.of_transfer(case).finding


@article("41", "Activities without advance notice to the troops", kind=NOTIFY, domain=ARMS,
         asks=("no_advance_notice", *TIME), confidence="medium")  # fmt: skip
def snap(case: Case) -> Iterator[Finding]:
    """An activity of which the troops are not told in advance is notified when the troops begin it."""
    yield DOCUMENT.of_snap(case).finding


@article("VI exercises", "Observers at exercises", kind=OBSERVE, domain=ARMS, asks=("observers_invited", *FORCES),
         confidence="medium")  # fmt: skip
def observation(case: Case) -> Iterator[Finding]:
    """Observers of all other participating states are invited to exercises of at least 13,000 troops, 300 tanks, 500
    armoured combat vehicles or 250 pieces of artillery; to one without advance notice only if it lasts more than 72
    hours. The invitation goes out with the notification."""
    yield DOCUMENT.of_observers(case).finding


@article("VI landings", "Observers at landings", kind=OBSERVE, domain=ARMS, asks=("observers_invited",
         "landing_troops"), confidence="medium")  # fmt: skip
def landing_observation(case: Case) -> Iterator[Finding]:
    """Observers are invited to landings and parachute assaults of at least 3,500 troops."""
    yield DOCUMENT.of_observers_at_landing(case).finding


@article("61", "Annual calendar", kind=NOTIFY, domain=ARMS, asks=("calendar_on", "in_calendar"))
def calendar(case: Case) -> Iterator[Finding]:
    """By 15 November each state gives all others a calendar of the notifiable activities that it foresees for the
    following year."""
    yield DOCUMENT.of_calendar(case).finding


@article("67.1", "The largest activities", kind=LIMIT, domain=ARMS, asks=YEAR, confidence="medium")
def largest(case: Case) -> Iterator[Finding]:
    """In three calendar years a state holds at most one notifiable activity with more than 40,000 troops, 900 tanks,
    2,000 armoured combat vehicles or 900 pieces of artillery."""
    yield constraint(case, levels(TABLE), "67.1")


@article("67.2", "Large activities in a year", kind=LIMIT, domain=ARMS, asks=YEAR, confidence="medium")
def large(case: Case) -> Iterator[Finding]:
    """In a calendar year a state holds at most six activities with more than 13,000 troops, 300 tanks, 500 armoured
    combat vehicles or 300 pieces of artillery that are not above the levels of 67.1."""
    yield constraint(case, levels(TABLE), "67.2", upper="67.1")


@article("67.2.1", "Of these, the larger ones", kind=LIMIT, domain=ARMS, asks=YEAR, confidence="medium")
def larger(case: Case) -> Iterator[Finding]:
    """Of these six at most three have more than 25,000 troops, 400 tanks, 800 armoured combat vehicles or 400 pieces of
    artillery."""
    yield constraint(case, levels(TABLE), "67.2.1", upper="67.1")


@article("67.3", "Large activities at one time", kind=LIMIT, domain=ARMS, asks=("ends", *YEAR), confidence="medium")
def together(case: Case) -> Iterator[Finding]:
    """At most three activities with more than 13,000 troops, 300 tanks, 500 armoured combat vehicles or 300 pieces of
    artillery are held at one time."""
    level = levels(TABLE)
    yield at_once(case, "67.3", class_of(level, "67.3"), level.one("67.3", "activities"))


@article("68", "The largest activities, announced", kind=LIMIT, domain=ARMS, asks=("announced_on", "announced"),
         confidence="medium")  # fmt: skip
def announcement(case: Case) -> Iterator[Finding]:
    """An activity with more than 40,000 troops, 900 tanks, 2,000 armoured combat vehicles or 900 pieces of artillery is
    announced by 15 November of the year before last."""
    yield DOCUMENT.of_announcement(case).finding


@article("I", "Annual exchange of military information", kind=DECLARE, domain=ARMS, asks=("exchange_on",
         "exchange_given"))  # fmt: skip
def information(case: Case) -> Iterator[Finding]:
    """By 15 December each state gives all others information on its forces, weapons and plans, valid on 1 January."""
    yield exchange(case, "I")


OBLIGATIONS = (
    information, exercises, air, landings, transfers, snap, observation, landing_observation, calendar, largest, large,
    larger, together, announcement, *verification.OBLIGATIONS,
)  # fmt: skip
