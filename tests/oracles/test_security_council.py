"""The Security Council of the record, day by day: its size, who may not be elected again, and who sat by name."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from indivisible.architecture.members import members
from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.values import iso

ELECTED, PERMANENT = "elected_member", "permanent_member"
BEGIN, ENLARGED = date(1946, 1, 12).toordinal(), date(1966, 1, 1).toordinal()
EMPTY_SEAT = range(date(1980, 1, 1).toordinal(), date(1980, 1, 7).toordinal())
# Terms of one year: three of 1946, two of 1966, and those that two states shared
ONE_YEAR = {
    ("EGY", 1946), ("MEX", 1946), ("NLD", 1946), ("YUG", 1956), ("PHL", 1957), ("POL", 1960), ("TUR", 1961),
    ("LBR", 1961), ("IRL", 1962), ("ROU", 1962), ("PHL", 1963), ("CSK", 1964), ("MYS", 1965), ("NZL", 1966),
    ("UGA", 1966), ("ITA", 2017), ("NLD", 2018),
}  # fmt: skip
# Those present by the official records S/PV.1 and S/PV.2932; those who voted on draft S/2022/155
PRESENT = {
    "1946-01-17": "AUS BRA EGY FRA GBR MEX NLD POL SUN TWN USA",
    "1990-08-02": "CAN CHN CIV COD COL CUB ETH FIN FRA GBR MYS ROU SUN USA YEM",
    "2022-02-25": "ALB ARE BRA CHN FRA GAB GBR GHA IND IRL KEN MEX NOR RUS USA",
}


@pytest.fixture(scope="module")
def terms(record: Record) -> list[Claim]:
    """Every seat held, rival assertions left out."""
    found = [c for c in record.claims(field="role") if c.object == "UNSC" and c.value in (ELECTED, PERMANENT)]
    return [c for c in found if c.sources != ("ACCOUNTS_UNNAMED",)]


def _seats(terms: list[Claim], day: int) -> int:
    return sum(c.span.from_earliest <= day < c.span.to_latest for c in terms)


def test_eleven_then_fifteen_on_every_day(record: Record, terms: list[Claim]) -> None:
    turns = {BEGIN, *EMPTY_SEAT, EMPTY_SEAT.stop, record.known_to - 1}
    turns |= {day for c in terms for day in (c.span.from_earliest, c.span.to_latest)}
    days = {day for turn in turns for day in (turn - 1, turn) if BEGIN <= day < record.known_to}
    assert len(days) > 150
    for day in sorted(days):
        expected = 11 if day < ENLARGED else 14 if day in EMPTY_SEAT else 15
        assert _seats(terms, day) == expected, iso(day)
    assert _seats(terms, BEGIN - 1) == 5


def test_terms_are_two_calendar_years_but_for_those_known(terms: list[Claim]) -> None:
    odd = set()
    for claim in terms:
        if claim.value != ELECTED or (claim.subject in ("YMD", "YEM") and claim.begin.startswith("1990")):
            continue
        first, last = int(claim.begin[:4]), int(claim.end[:4]) - 1
        assert claim.begin[4:] in ("-01-01", "-01-12", "-01-07"), claim
        assert claim.end[4:] == "-01-01", claim
        if last != first + 1:
            assert last == first, claim
            odd.add((claim.subject, first))
    assert odd == ONE_YEAR


def test_no_state_is_elected_to_follow_itself(terms: list[Claim]) -> None:
    elected = [c for c in terms if c.value == ELECTED]
    for claim in elected:
        follows = [c for c in elected if c.subject == claim.subject and c.begin == claim.end]
        assert not follows, (claim.subject, claim.end)


def test_how_many_terms_begin_each_year(terms: list[Claim]) -> None:
    begun = Counter(int(c.begin[:4]) for c in terms if c.value == ELECTED and c.subject != "YMD")
    second_halves = {year for state, year in ONE_YEAR if state in ("PHL", "TUR", "IRL", "MYS")} | {2018}
    expected = {year: (3 if year < 1966 else 5) + (year in second_halves) for year in range(1946, 2027)}
    expected |= {1946: 6, 1966: 3 + 4}
    assert begun == expected


def test_every_elected_member_was_a_member_of_the_united_nations(record: Record, terms: list[Claim]) -> None:
    rosters: dict[str, frozenset[str]] = {}
    for claim in (c for c in terms if c.value == ELECTED):
        if claim.begin not in rosters:
            rosters[claim.begin] = frozenset(members(record, "UN", on=claim.begin).members)
        assert claim.subject in rosters[claim.begin], claim


def test_no_term_rests_on_memory(record: Record, terms: list[Claim]) -> None:
    for claim in terms:
        assert all(record.sources[key].kind != "recalled" for key in claim.sources), claim
        assert claim.confidence in ("high", "medium"), claim


@pytest.mark.parametrize("day", sorted(PRESENT))
def test_who_sat(record: Record, day: str) -> None:
    assert list(members(record, "UNSC", on=day).members) == PRESENT[day].split()


def test_the_permanent_members_are_those_of_the_group(record: Record) -> None:
    for day in ("1945-10-24", "1971-10-24", "1971-10-25", "1991-12-23", "1991-12-24", "2026-01-01"):
        council = members(record, "UNSC", on=day, role=PERMANENT)
        assert council.members == members(record, "UNSC_P5", on=day).members
        assert council.unsure == members(record, "UNSC_P5", on=day).unsure


def test_the_day_the_soviet_seat_changed_hands_and_jordan_took_the_seat_saudi_arabia_declined(record: Record) -> None:
    assert "SUN" in members(record, "UNSC", on="1991-12-23").members
    assert "RUS" in members(record, "UNSC", on="1991-12-24").members
    seated = members(record, "UNSC", on="2014-06-01").members
    assert "JOR" in seated
    assert "SAU" not in seated
