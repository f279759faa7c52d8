"""Every spell of the reference facts, asked of the record at each of its edges; what it answers otherwise is listed.

The facts are a table of spells (organisation, state, role, from, to) kept outside this repository: in ../shared/facts
or where $INDIVISIBLE_FACTS points. Each spell is asked the day before it begins, its first day, its last day, the day
after, and on both sides of the year or month that an inexact date leaves open.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pytest

from indivisible.architecture.members import Members, members
from indivisible.record.record import Record
from indivisible.values import NEVER_ENDED, Span, Truth, iso, span_of
from reference_material import shared

FACTS = shared("facts", "INDIVISIBLE_FACTS") / "memberships.csv"
HIDES = ("suspended", "participation_suspended", "participation_frozen")
NEVER_FULL = {("CIS", "UKR"): "never a party to the Charter: suspended a participation that was no membership"}

ORGANIZATIONS = [
    "ARAB_LEAGUE",
    "ASEAN",
    "AU",
    "BRICS",
    "CICA",
    "CIS",
    "COE",
    "CSTO",
    "EAEU",
    "EAPC",
    "EU",
    "GCC",
    "GOF_UNCHARTER",
    "GUAM",
    "NATO",
    "OAS",
    "OIC",
    "OSCE",
    "PFP",
    "RIO_TREATY",
    "SAARC",
    "SCO",
    "SHANGHAI_FIVE",
    "UN",
    "UNION_STATE",
    "UNSC_P5",
    "WARSAW_PACT",
    "WEU",
]

SEAT = "until 1991-12-24 the seat was that of the USSR, which has a key of its own"
RATIFIED_LATER = "not among the first fourteen parties: its ratification was deposited later"
DENOUNCED = "the facts' own note puts the end between 2014 and 2016, so the record keeps an interval"
REASON_RIO = f"{RATIFIED_LATER}; {DENOUNCED}"

DELIBERATE: dict[tuple[str, str, str], str] = {
    ("COE", "TUR", "member"): "two official dates (1949-08-09 and 1950-04-13): the record keeps an interval",
    ("OAS", "VEN", "member"): "denounced with effect on 2019-04-27, still listed by the OAS: disputed since then",
    ("RIO_TREATY", "ARG", "party"): RATIFIED_LATER,
    ("RIO_TREATY", "BOL", "party"): REASON_RIO,
    ("RIO_TREATY", "CHL", "party"): RATIFIED_LATER,
    ("RIO_TREATY", "ECU", "party"): REASON_RIO,
    ("RIO_TREATY", "GTM", "party"): RATIFIED_LATER,
    ("RIO_TREATY", "NIC", "party"): DENOUNCED,
    ("RIO_TREATY", "PER", "party"): RATIFIED_LATER,
    ("RIO_TREATY", "VEN", "party"): DENOUNCED,
    ("UN", "RUS", "member"): SEAT,
}
"""Spells that the record answers otherwise at some edge, each with the reason; a spell that no longer differs fails."""

Spell = tuple[str, str]  # state, role


def _rows(organization: str) -> list[dict[str, str]]:
    if not FACTS.is_file():
        pytest.skip(f"the reference facts are not there: {FACTS} (INDIVISIBLE_FACTS names another folder)")
    with FACTS.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if organization in (row["format"], "every")]


@cache
def _answer(record: Record, organization: str, role: str, day: int, layer: str = "legal") -> Members:
    return members(record, organization, on=iso(day), role=role, layer=layer)


def _edges(span: Span, known_to: int) -> Iterator[int]:
    """The days on each side of every turn of a spell; for one still so, of the end of the coverage."""
    ends = (known_to,) if span.to_latest == NEVER_ENDED else (span.to_earliest, span.to_latest)
    for turn in (span.from_earliest, span.from_latest, *ends):
        yield from (turn - 1, turn)


def _expected(spans: list[Span], day: int) -> Truth:
    truth = Truth.NO
    for span in spans:
        truth = truth | span.holds(day)
    return truth


def _found(answer: Members, holder: str) -> Truth:
    """Yes, no or unknown; absence from a list that is not complete is unknown."""
    if holder in answer.members or holder in answer.organizations:
        return Truth.YES
    if holder in answer.standings:
        return answer.standings[holder].truth
    return Truth.NO if answer.complete else Truth.UNKNOWN


def _is_silence(record: Record, answer: Members, holder: str) -> bool:
    """Whether the record merely says nothing, of a role that is not full membership and has no complete list."""
    full = {claim.value for claim in record.claims(subject=answer.organization, field="full_role")}
    standing = answer.standings.get(holder)
    return not answer.complete and answer.role not in full and (standing is None or standing.why == "silent")


def _differences(record: Record, organization: str) -> dict[Spell, list[str]]:
    spells: dict[Spell, list[Span]] = defaultdict(list)
    for row in _rows(organization):
        spells[row["state_iso3"], row["role"]].append(span_of(row["from"], row["to"]))
    differences: dict[Spell, list[str]] = defaultdict(list)
    for (holder, role), spans in spells.items():
        for day in sorted({day for span in spans for day in _edges(span, record.known_to)}):
            answer = _answer(record, organization, role, day)
            expected = _expected(spans, day) if day < record.known_to else Truth.UNKNOWN
            found = _found(answer, holder)
            if found is not expected and not (expected is Truth.NO and _is_silence(record, answer, holder)):
                differences[holder, role].append(f"{iso(day)}: facts {expected.value}, record {found.value}")
    return differences


@pytest.mark.parametrize("organization", ORGANIZATIONS)
def test_record_answers_every_spell_at_its_edges(record: Record, organization: str) -> None:
    differences = _differences(record, organization)
    deliberate = {(holder, role) for of, holder, role in DELIBERATE if of == organization}
    lines = [
        f"{organization} {holder} {role}: {'; '.join(days)}"
        for (holder, role), days in sorted(differences.items())
        if (holder, role) not in deliberate
    ]
    stale = [f"{organization} {' '.join(spell)} no longer differs" for spell in sorted(deliberate - set(differences))]
    assert not lines + stale, "\n".join(["", *lines, *stale])


@pytest.mark.parametrize("organization", ORGANIZATIONS)
def test_overlays_take_a_member_out_of_participation_alone(record: Record, organization: str) -> None:
    wrong = []
    for row in _rows(organization):
        holder, day = row["state_iso3"], span_of(row["from"], row["to"]).from_latest
        if row["role"] not in HIDES or (organization, holder) in NEVER_FULL:
            continue
        if holder not in _answer(record, organization, "full", day).members:
            wrong.append(f"{holder} is not a member in law on {iso(day)}")
        if holder in _answer(record, organization, "full", day, "participation").members:
            wrong.append(f"{holder} still takes part on {iso(day)}")
    assert not wrong, "\n".join(["", *wrong])


def test_every_organization_of_the_facts_is_asked() -> None:
    assert {row["format"] for row in _rows("every")} == set(ORGANIZATIONS)
