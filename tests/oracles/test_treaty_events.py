"""Every act of the starting list of treaty events, asked of the record on the day before it, on it and after it.

The list is reference material beside the checkout; without it these tests are skipped. What the record answers
otherwise on purpose stands in DELIBERATE with the reason.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from indivisible.architecture.treaties import treaty
from indivisible.architecture.treaty_answers import TreatyParties, TreatyStatus
from indivisible.record.record import Record
from indivisible.values import Truth, date_bounds, iso

ROOT = Path(__file__).resolve().parents[2]
EVENTS = Path(os.environ.get("INDIVISIBLE_FACTS", ROOT.parent / "shared" / "facts")) / "treaty_events.csv"

# what an act makes a State, in any of the words; `after` a later act may have taken its place
BOUND = {"in_force", "withdrawal_notified", "suspended", "withdrawn", "lapsed", "ended", "disputed"}
MEANS = {
    "signed": {"signed", "adopted", "provisionally_applied", "ratified_not_in_force", "ratification_revoked", *BOUND},
    "ratified": {"ratified_not_in_force", "provisionally_applied", *BOUND},
    "acceded": {"ratified_not_in_force", "provisionally_applied", *BOUND},
    "approved": {"ratified_not_in_force", "provisionally_applied", *BOUND},
    "succeeded": {"in_force"},
    "in_force": {"in_force", "disputed"},
    "provisional_application": {"provisionally_applied"},
    "succession_agreed": {"signed", "in_force"},
    "lisbon_protocol_signed": {"signed"},
    "agreed": {"signed", "provisionally_applied"},
    "suspended": {"suspended"},
    "non_participation": {"suspended"},
    "withdrawal_notified": {"withdrawal_notified"},
    "withdrawn": {"withdrawn", "disputed"},
    "declared_not_bound": {"withdrawn"},
    "lapsed": {"lapsed"},
    "expired": {"ended"},
    "terminated": {"ended"},
    "rejoined": {"in_force"},
    "withdrawn_ratification": {"ratification_revoked"},
    "proposed": {"proposed"},
    "adopted": {"adopted"},
}
YIELDS = {
    "signed": {"signed", "adopted"},
    "ratified": {"ratified_not_in_force"},
    "acceded": {"ratified_not_in_force"},
    "approved": {"ratified_not_in_force"},
    "succeeded": {"in_force"},
    "in_force": {"in_force"},
    "provisional_application": {"provisionally_applied"},
    "succession_agreed": {"signed", "in_force"},
    "lisbon_protocol_signed": {"signed"},
    "agreed": {"signed", "provisionally_applied"},
    "rejoined": {"in_force"},
}
# acts that change no status: they stand among the events of the answer
EVENTS_ONLY = {"left_jcg", "countermeasures", "extended", "extended_indefinitely", "protocol_in_force"}
# statements without a date: never so, on any day
NEVER = {"never_joined": "none", "never_ratified": "none", "signed_not_ratified": "signed"}

DELIBERATE: dict[tuple[str, str, str], str] = {
    (
        "CFE_1990",
        "RUS",
        "succession_agreed",
    ): "Russia continues the USSR, which had signed: it counts as a signatory before",
    (
        "INF_1987",
        "RUS",
        "succession_agreed",
    ): "Russia continues the USSR: bound from 1991-12-26, not from the Bishkek decision",
    ("START_I_1991", "RUS", "lisbon_protocol_signed"): "Russia continues the USSR, which had signed in 1991",
    ("BTWC_1972", "EGY", "signed"): "the list dates it 1972-04-14 and corrects itself in its note: 1972-04-10",
    ("BTWC_1972", "UZB", "acceded"): "deposit of 1996-01-12 in the Dutch treaty series; the list says 1996-01-11",
    ("OPEN_SKIES_1992", "*", "acceded"): "the table of parties dates each instrument; the list lumps the eight as 2002",
    ("TPNW_2017", "GHA", "ratified"): "deposit of 2025-09-26 seen in press; the list knows the year only",
    ("TAC_1976", "ARE", "acceded"): "six States on 2022-08-03, by press of the day; the list says 2022-07-13",
    ("TAC_1976", "DNK", "acceded"): "six States on 2022-08-03, by press of the day; the list says 2022-11-10",
    ("TAC_1976", "GRC", "acceded"): "six States on 2022-08-03, by press of the day; the list says 2022-11-10",
    ("TAC_1976", "NLD", "acceded"): "six States on 2022-08-03, by press of the day; the list says 2022-11-10",
    ("TAC_1976", "OMN", "acceded"): "six States on 2022-08-03, by press of the day; the list says 2022-11-10",
    ("TAC_1976", "DEU", "acceded"): "2019-11-02 by the German Foreign Office; the list says 2020",
}


@dataclass(frozen=True)
class Event:
    """One row of the starting list."""

    instrument: str
    state: str
    event: str
    date: str
    line: int

    @property
    def whole(self) -> bool:
        return self.state.startswith("ALL")


def events() -> list[Event]:
    if not EVENTS.is_file():
        return []
    with EVENTS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return [
            Event(row["instrument"], row["state_iso3"], row["event"], row["date"], number)
            for number, row in enumerate(rows, start=2)
        ]


ALL = events()
INSTRUMENTS = sorted({event.instrument for event in ALL}) or ["(the list is not here)"]


def deliberate(event: Event) -> bool:
    return any((event.instrument, state, event.event) in DELIBERATE for state in (event.state, "*"))


def status(record: Record, event: Event, day: str) -> TreatyStatus:
    answer = treaty(record, event.instrument, on=day, state=event.state)
    assert isinstance(answer, TreatyStatus)
    return answer


def whole(record: Record, event: Event, day: str) -> TreatyParties:
    answer = treaty(record, event.instrument, on=day)
    assert isinstance(answer, TreatyParties)
    return answer


def words(answer: TreatyStatus) -> set[str]:
    return {answer.status, *answer.legal, *answer.participation}


def before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def differences(record: Record, event: Event) -> Iterator[str]:
    """What the record answers otherwise about one row, in words."""
    if event.whole:
        yield from whole_differences(record, event)
        return
    if event.event in NEVER and not event.date:
        for day in ("1999-06-01", "2020-06-01", iso(record.known_to - 1)):
            found = status(record, event, day)
            if found.status not in (NEVER[event.event], "none"):
                yield f"{day}: {found.status}, not {NEVER[event.event]}"
        return
    if event.event in EVENTS_ONLY or event.event.startswith("partial_suspension"):
        yield from event_differences(record, event)
        return
    name = "signed" if event.event == "signed_not_ratified" else event.event
    first, last = (iso(day) for day in date_bounds(event.date))
    if MEANS[name] & words(status(record, event, before(first))) - past(record, event):
        yield f"{before(first)}, the day before: already {status(record, event, before(first)).status}"
    if first != last:
        on_first = status(record, event, first)
        if MEANS[name] & words(on_first) - past(record, event):
            yield f"{first}, first day of an inexact date: {on_first.status}, and that is not known yet"
    for day in {last, iso(date_bounds(event.date)[1] + 1)} - {iso(record.known_to)}:
        if not (MEANS[name] & words(status(record, event, day)) or overtaken(record, event, day)):
            yield f"{day}: {sorted(words(status(record, event, day)))}, not {sorted(MEANS[name])}"


def past(record: Record, event: Event) -> set[str]:
    """Words that an earlier act of the same State in the same list has made true already."""
    earlier = [e for e in ALL if (e.instrument, e.state) == (event.instrument, event.state) and e.date < event.date]
    held: set[str] = set()
    for one in earlier:
        held |= YIELDS.get(one.event, set())
        if one.event in ("ratified", "acceded", "approved") and event.event != "in_force":
            held.add("in_force")
    return held


def overtaken(record: Record, event: Event, day: str) -> bool:
    """Whether another act of the same State in the same list falls between this act and the day."""
    same = [e for e in ALL if (e.instrument, e.state) == (event.instrument, event.state) and e is not event and e.date]
    return any(event.date <= e.date <= day for e in same if e.event not in EVENTS_ONLY)


def whole_differences(record: Record, event: Event) -> Iterator[str]:
    """Rows about the text as a whole: adopted, in force, not in force, extended."""
    if event.event == "not_in_force":
        for day in ("2000-01-01", iso(record.known_to - 1)):
            if whole(record, event, day).in_force is not Truth.NO:
                yield f"{day}: in force {whole(record, event, day).in_force.value}"
    elif event.event == "in_force":
        for day, truth in ((before(event.date), Truth.NO), (event.date, Truth.YES)):
            if whole(record, event, day).in_force is not truth:
                yield f"{day}: in force {whole(record, event, day).in_force.value}, not {truth.value}"
    elif event.event == "adopted":
        for day, adopted in ((before(event.date), False), (event.date, True)):
            if bool(whole(record, event, day).lists["adopted"]) is not adopted:
                yield f"{day}: adopted by {len(whole(record, event, day).lists['adopted'])}"
    else:
        found = [claim for claim in whole(record, event, event.date).events if claim.value == event.event]
        if [claim.begin for claim in found] != [event.date]:
            yield f"no such event on {event.date}"


def event_differences(record: Record, event: Event) -> Iterator[str]:
    """Rows that are events without a status of their own; a partial suspension shows in `towards`."""
    last = iso(date_bounds(event.date)[1])
    answer = status(record, event, last)
    name = "partial_suspension" if event.event.startswith("partial") else event.event
    if event.date not in {claim.begin for claim in answer.events if claim.value == name}:
        yield f"no event {name} on {event.date}"
    if name == "partial_suspension":
        for other in event.event.removeprefix("partial_suspension_vs_").split("_"):
            if (other, "suspended") not in answer.towards and answer.status != "suspended":
                yield f"{last}: towards {answer.towards}, not {other}"
            first = before(iso(date_bounds(event.date)[0]))
            if (other, "suspended") in status(record, event, first).towards:
                yield f"{first}, the day before: towards {other} already"


@pytest.mark.skipif(not ALL, reason=f"no treaty_events.csv at {EVENTS.parent}: set INDIVISIBLE_FACTS")
@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_every_act_is_answered_as_the_list_says(record: Record, instrument: str) -> None:
    rows = [event for event in ALL if event.instrument == instrument]
    differing = [
        f"line {event.line} {event.state} {event.event} {event.date}: {text}"
        for event in rows
        if not deliberate(event)
        for text in differences(record, event)
    ]
    assert not differing, "\n".join([f"{instrument}: {len(differing)} of {len(rows)} rows", *differing])


@pytest.mark.skipif(not ALL, reason=f"no treaty_events.csv at {EVENTS.parent}: set INDIVISIBLE_FACTS")
def test_every_deliberate_difference_is_one(record: Record) -> None:
    for (instrument, state, act), reason in DELIBERATE.items():
        rows = [e for e in ALL if e.instrument == instrument and e.event == act and state in (e.state, "*")]
        assert rows, f"{instrument} {state} {act} is not in the list"
        held = {(c.subject, c.begin) for c in record.claims(field="act", object=instrument, value=act)}
        other_date = any((event.state, event.date) not in held for event in rows)
        assert other_date or any(text for event in rows for text in differences(record, event)), reason


@pytest.mark.skipif(not ALL, reason=f"no treaty_events.csv at {EVENTS.parent}: set INDIVISIBLE_FACTS")
def test_every_row_stands_among_the_acts_of_the_record(record: Record) -> None:
    """Whatever status it makes: the act itself, with its date, is in the record, unless corrected on purpose."""
    held = {(c.object, c.subject, c.value, c.begin) for c in record.claims(field="act")}
    missing = []
    for event in ALL:
        subject = event.instrument if event.whole else event.state
        act = "partial_suspension" if event.event.startswith("partial_suspension_vs") else event.event
        if (event.instrument, subject, act, event.date) not in held and not deliberate(event):
            missing.append((event.instrument, event.state, event.event, event.date))
    renamed = {("NPT_1968", "MNE", "acceded", "2006-06-03"), ("CWC_1993", "SYR", "ratified", "2013-09-14")}
    acceded = {"COK": "2018-09-04", "NIU": "2020-08-06", "MNG": "2021-12-10", "LKA": "2023-09-19"}
    renamed |= {("TPNW_2017", state, "ratified", day) for state, day in acceded.items()}
    assert set(missing) == renamed, sorted(set(missing) ^ renamed)
