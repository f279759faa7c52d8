"""The Open Skies Treaty of 1992: quotas of observation flights, their times, their sensors, entry into force, exit."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from indivisible.rules.base import LIMIT, NOTIFY, OBSERVE, SETTLE, Case, article
from indivisible.rules.conduct import requires
from indivisible.rules.consensus import CONSENSUS, CONSENSUS_ASKS, by_consensus
from indivisible.rules.facts import CHOICE, DAY, NAME, NUMBER, TABLE, TRUTH, Fact, Facts, reaches, said, vocabulary
from indivisible.rules.finding import BROKEN, CONDITION, KEPT, UNKNOWN, Finding, ceiling, verdict_of
from indivisible.rules.verification import between, within
from indivisible.rules.withdrawal import LEAVING_NAMES, TOLD_FACTS, notice, recorded
from indivisible.values import Estimate, Truth, iso

KEY = "OPEN_SKIES_1992"
AUTHORITY = "legal"
ARMS = "arms_control"
FOLDER = Path(__file__).parent

FIRST_PARTS, FIRST_OF = 3, 4  # the first distribution takes three quarters
ARRIVAL_HOURS, ANSWER_HOURS, STAY_HOURS = 72, 24, 96
INSTRUMENTS, ENTRY_DAYS = 20, 60
MONTHS_OF_NOTICE = 6
CONFERENCE_LEAST, CONFERENCE_MOST = 30, 60
SENSORS = ("optical", "video", "infrared", "radar")

FACTS = vocabulary(
    Fact("active_quotas", TABLE, "Flights that a state or its group may fly in a year over all others.", of=(
        Fact("state", NAME, "The state."), Fact("quota", NUMBER, "Flights a year."),
    )),
    Fact("first_quotas", TABLE, "Active quotas in the first distribution.", of=(
        Fact("state", NAME, "The state."), Fact("quota", NUMBER, "Flights a year."),
    )),
    Fact("requests", TABLE, "Flights asked for in a year by one state over another.", of=(
        Fact("by", NAME, "The state that asks."), Fact("over", NAME, "The state to be observed."),
        Fact("flights", NUMBER, "Flights in the year."),
    )),
    Fact("flights_before", NUMBER, "Flights over the state or its group in the year before this one."),
    Fact("flight_refused", TRUTH, "Whether the flight was refused."),
    Fact("arrival_notice_hours", NUMBER, "Hours from the notice to the arrival at the point of entry."),
    Fact("answer_hours", NUMBER, "Hours from the notice to its acknowledgement."),
    Fact("stay_hours", NUMBER, "Hours from the arrival to the end of the flight."),
    Fact("restricted", TRUTH, "Whether the route was restricted."),
    Fact("for_flight_safety", TRUTH, "Whether the restriction is for the safety of flight."),
    Fact("sensor", CHOICE, "The sensor.", choices=SENSORS),
    Fact("ground_resolution", NUMBER, "What it resolves on the ground.", "centimetres"),
    *CONSENSUS,
    Fact("instruments", NUMBER, "Instruments of ratification deposited."),
    Fact("large_quotas_deposited", TRUTH, "Whether all states with a passive quota of eight or more are among them."),
    Fact("conditions_met_on", DAY, "Day on which both conditions for the entry into force were met."),
    Fact("entered_on", DAY, "Day of the entry into force."),
    Fact("conference_days", NUMBER, "Days from the notice of withdrawal to the conference of the parties."),
    *TOLD_FACTS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quota:
    """How many flights a group of states accepts a year, and how sure that is."""

    group: str
    passive: int
    confidence: str


@lru_cache(maxsize=2)
def quotas() -> dict[str, Quota]:
    """The passive quota that counts for each state: its own, or that of its group."""
    of = {row["group"]: row for row in _rows("open_skies_quotas.csv")}
    return {
        row["state"]: Quota(row["group"], int(of[row["group"]]["passive"]), row["confidence"])
        for row in _rows("open_skies_groups.csv")
    }


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _of(case: Case, row: Facts, name: str) -> tuple[str, Quota | None]:
    state = row.text(name)
    key = "" if state is None else case.record.resolve(state, "state")
    return key, quotas().get(key)


def _no_quota(article: str, state: str, flights: Estimate | None) -> Finding:
    return Finding(article, UNKNOWN, "The passive quota of the state is not in the record: later parties got theirs by "
                   "decision of the Consultative Commission.", state=state, value=flights, unit="flights")  # fmt: skip


@article("III(I) passive", "Flights to be accepted", kind=OBSERVE, domain=ARMS, asks=("flights_before",
         "flight_refused"))  # fmt: skip
def passive(case: Case) -> Iterator[Finding]:
    """Each party accepts as many observation flights a year as its passive quota in Annex A says, or that of its
    group."""
    name, quota = "III(I) passive", quotas().get(case.state)
    if quota is None:
        yield _no_quota(name, case.state, None)
        return
    before = case.facts.number("flights_before")
    must = ~reaches(before, quota.passive)
    truth = ~(case.facts.truth("flight_refused") & must)
    told = f"{said(before)} flights before, of {quota.passive} a year ({quota.group})."
    yield Finding(name, verdict_of(truth), told, confidence=quota.confidence, state=case.state,
                  remedy="accept the flight" if truth is Truth.NO else "")  # fmt: skip


@article("III(I) active", "Active quotas", kind=LIMIT, domain=ARMS, asks=("active_quotas",))
def active(case: Case) -> Iterator[Finding]:
    """No party may fly more flights a year than it has to accept."""
    yield from _active(case, "III(I) active", "active_quotas", 1, 1)


@article("Annex A(II)", "The first distribution", kind=LIMIT, domain=ARMS, asks=("first_quotas",))
def first_distribution(case: Case) -> Iterator[Finding]:
    """In the first distribution of active quotas no party gets more than three quarters of its passive quota, rounded
    down."""
    yield from _active(case, "Annex A(II)", "first_quotas", FIRST_PARTS, FIRST_OF)


def _active(case: Case, name: str, table: str, parts: int, of: int) -> Iterator[Finding]:
    rows = case.facts.table(table)
    if rows is None:
        yield Finding(name, UNKNOWN, "Active quotas are not given.", unit="flights")
    for row in rows or ():
        state, quota = _of(case, row, "state")
        flights = row.number("quota")
        if quota is None:
            yield _no_quota(name, state, flights)
            continue
        found = Finding(name, UNKNOWN, "", state=state, unit="flights", confidence=quota.confidence)
        yield ceiling(found, flights, quota.passive * parts // of, what=f"Active quota ({quota.group})")


@article("III(I) half", "Flights over one party", kind=LIMIT, domain=ARMS, asks=("requests",), confidence="medium")
def half(case: Case) -> Iterator[Finding]:
    """No party may ask for more than half of another's passive quota, rounded up."""
    rows = case.facts.table("requests")
    if rows is None:
        yield Finding("III(I) half", UNKNOWN, "Requests are not given.", unit="flights")
    for row in rows or ():
        state, quota = _of(case, row, "over")
        flights = row.number("flights")
        if quota is None:
            yield _no_quota("III(I) half", state, flights)
            continue
        limit = quota.passive // 2 + quota.passive % 2
        by = row.text("by")
        asked = "" if by is None else f" asked for by {case.record.name_of(case.record.resolve(by, 'state'))}"
        found = Finding("III(I) half", UNKNOWN, "", state=state, unit="flights", confidence=quota.confidence)
        yield ceiling(found, flights, limit, what=f"Flights over {quota.group}{asked}")


@article("IV(2)", "What a sensor resolves", kind=LIMIT, domain=ARMS, asks=("sensor", "ground_resolution"))
def sensors(case: Case) -> Iterator[Finding]:
    """A sensor resolves nothing smaller on the ground than 30 cm (optical and video), 50 cm (infrared) or 3 m
    (radar)."""
    sensor, value = case.facts.text("sensor"), case.facts.number("ground_resolution")
    found = Finding("IV(2)", UNKNOWN, "Which sensor it is, or what it resolves, is not given.", unit="centimetres")
    if sensor is None or value is None:
        yield found
        return
    limit = {row["sensor"]: int(row["centimetres"]) for row in _rows("open_skies_sensors.csv")}[sensor]
    truth = reaches(value, limit)
    told = f"The {sensor} sensor resolves {said(value)} cm; not finer than {limit} cm is allowed."
    yield replace(found, verdict=verdict_of(truth), because=told, limit=limit, value=value,
                  remedy=f"coarsen it to {limit} cm" if truth is Truth.NO else "")  # fmt: skip


@article("VI(I) notice", "Notice of arrival", kind=NOTIFY, domain=ARMS, asks=("arrival_notice_hours",))
def arrival(case: Case) -> Iterator[Finding]:
    """A flight is announced at least 72 hours before the arrival at the point of entry."""
    value = case.facts.number("arrival_notice_hours")
    truth = reaches(value, ARRIVAL_HOURS)
    told = f"Hours from the notice to the arrival: {said(value)}, at least {ARRIVAL_HOURS}."
    yield Finding("VI(I) notice", verdict_of(truth), told, value=value, unit="hours")


@article("VI(I) answer", "Acknowledgement", kind=NOTIFY, domain=ARMS, asks=("answer_hours",))
def answer(case: Case) -> Iterator[Finding]:
    """The notice is acknowledged within 24 hours."""
    yield within(case, "VI(I) answer", "answer_hours", "Hours to the acknowledgement", "hours", ANSWER_HOURS)


@article("VI(I) stay", "Length of the stay", kind=OBSERVE, domain=ARMS, asks=("stay_hours",))
def stay(case: Case) -> Iterator[Finding]:
    """The flight is over within 96 hours of the arrival at the point of entry."""
    yield within(case, "VI(I) stay", "stay_hours", "Hours from the arrival to the end", "hours", STAY_HOURS)


@article("VI(II)", "Restrictions of the route", kind=OBSERVE, domain=ARMS, asks=("restricted", "for_flight_safety"))
def restriction(case: Case) -> Iterator[Finding]:
    """A route may be restricted for the safety of flight only, not for reasons of national security."""
    remedy = "lift the restriction"
    yield requires(case, "VI(II)", "for_flight_safety", where=case.facts.truth("restricted"), remedy=remedy)


@article("X", "Decisions of the Open Skies Consultative Commission", kind=SETTLE, domain=ARMS, asks=CONSENSUS_ASKS)
def consensus(case: Case) -> Iterator[Finding]:
    """The Open Skies Consultative Commission of all parties decides by consensus: no party objects. So quotas of later
    parties and each year's distribution come about."""
    yield by_consensus(case, "X", "the Open Skies Consultative Commission")


@article("XV(2)", "Withdrawal", kind=NOTIFY, domain=ARMS, asks=(*LEAVING_NAMES, "all_told"))
def leaving(case: Case) -> Iterator[Finding]:
    """A party may withdraw on six months' notice to a depositary and to all other parties."""
    yield from notice(case, "XV(2)", MONTHS_OF_NOTICE, reasons=False, told=True)


@article("XV(2) record", "Withdrawals on record", kind=SETTLE, domain=ARMS)
def left(case: Case) -> Iterator[Finding]:
    """The same term of six months, measured on the notice and the end that the record has for the state."""
    yield from recorded(case, KEY, "XV(2) record", MONTHS_OF_NOTICE)


@article("XV(3)", "Conference after a notice", kind=SETTLE, domain=ARMS, asks=("conference_days",))
def conference(case: Case) -> Iterator[Finding]:
    """After a notice the parties meet, no sooner than 30 and no later than 60 days after it, to consider what the
    withdrawal means for the treaty."""
    what = "Days from the notice to the conference"
    yield between(case, "XV(3)", "conference_days", what, "days", CONFERENCE_LEAST, CONFERENCE_MOST)


@article("XVII(2)", "Entry into force", kind=CONDITION, domain=ARMS, asks=("instruments", "large_quotas_deposited",
         "conditions_met_on", "entered_on"))  # fmt: skip
def entry(case: Case) -> Iterator[Finding]:
    """The treaty enters into force 60 days after 20 instruments are deposited, among them those of all states with a
    passive quota of eight or more."""
    facts = case.facts
    count = facts.number("instruments")
    enough = reaches(count, INSTRUMENTS) & facts.truth("large_quotas_deposited")
    told = f"{said(count)} instruments of {INSTRUMENTS}; those of all with large quotas: "
    yield Finding("XVII(2) conditions", verdict_of(enough), f"{told}{facts.truth('large_quotas_deposited').value}.")
    met, entered = facts.day("conditions_met_on"), facts.day("entered_on")
    found = Finding(
        "XVII(2) day", UNKNOWN, "When the conditions were met, or when it entered into force, is not given."
    )
    if met is not None and entered is not None:
        due = met + ENTRY_DAYS
        told = f"In force on {iso(entered)}; {ENTRY_DAYS} days after {iso(met)} is {iso(due)}."
        found = replace(found, verdict=KEPT if entered == due else BROKEN, because=told)
    yield found


OBLIGATIONS = (
    passive, active, first_distribution, half, sensors, arrival, answer, stay, restriction, consensus, leaving, left,
    conference, entry,
)  # fmt: skip
