"""Strategic and other weapons beyond the corpus: published numbers, terms of notice by a slow count, contradictions."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.errors import FileError
from indivisible.record.record import Record
from indivisible.rules.base import Case
from indivisible.rules.comply import comply
from indivisible.rules.conduct import added, all_so, any_so, done_by, forbids, requires
from indivisible.rules.facts import NUMBER, TRUTH, Fact, Facts, read_facts, vocabulary
from indivisible.rules.finding import BROKEN, KEPT, NOT_APPLICABLE, UNKNOWN, Finding
from indivisible.rules.treaties import ctbt, inf, new_start, npt, npt_status
from indivisible.values import Truth, day_of
from reference_material import shared

NUMBERS = shared("data", "INDIVISIBLE_DATA") / "new_start_aggregate_numbers.csv"
TRUTHS = (Truth.YES, Truth.NO, Truth.UNKNOWN)
ACTS = vocabulary(Fact("one", TRUTH, "Whether one is so."), Fact("two", TRUTH, "Whether two is so."))


def found(record: Record, treaty: str, on: str, **chosen: Any) -> dict[str, Finding]:
    return {one.article: one for one in comply(record, treaty, on=on, **chosen).findings}


@pytest.mark.skipif(not NUMBERS.exists(), reason=f"{NUMBERS} is not there")
def test_published_aggregate_numbers(record: Record) -> None:
    """Each figure of the published table against its limit, subtracted by hand; a gap in the table is unknown."""
    names = {
        "II(1)(a)": ("deployed_delivery_vehicles", "deployed_icbm_slbm_bombers", 700),
        "II(1)(b)": ("warheads_declared", "deployed_warheads", 1550),
        "II(1)(c)": ("launchers_and_bombers", "deployed_nondeployed_launchers", 800),
    }
    with NUMBERS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 18
    for row in rows:
        facts = {fact: int(row[column]) for fact, column, _ in names.values() if row[column]}
        answer = found(record, "New START", row["date"], state=row["party"], facts=facts)
        for article, (_, column, limit) in names.items():
            one = answer[article]
            if not row[column]:
                assert one.verdict == UNKNOWN or row["date"] < "2018-02-05", row
            elif row["date"] < "2018-02-05":
                assert (one.verdict, one.margin) == (NOT_APPLICABLE, limit - int(row[column])), row
            else:
                assert (one.verdict, one.margin) == (KEPT, limit - int(row[column])), row


def months_on(day: date, months: int) -> date:
    """A slow count: month by month, then back from a day that the month does not have."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for last in range(day.day, 0, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError


TERMS = (
    ("NEW_START_2010", "XIV(3)", 3), ("INF_1987", "XV(2)", 6), ("NPT_1968", "X(1)", 3), ("ABM_1972", "XV(2)", 6),
    ("SORT_2002", "IV(3)", 3), ("START_I_1991", "XVII(3)", 6), ("CTBT_1996", "IX(2)", 6), ("BTWC_1972", "XIII(2)", 3),
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(day=st.dates(date(1996, 1, 1), date(2015, 12, 31)), off=st.integers(-2, 2), term=st.sampled_from(TERMS))
def test_notice_on_any_day(record: Record, day: date, off: int, term: tuple[str, str, int]) -> None:
    treaty, article, months = term
    left = months_on(day, months) + timedelta(days=off)
    facts = {"notified_on": day.isoformat(), "left_on": left.isoformat()}
    one = found(record, treaty, "2010-01-01", facts=facts, hypothetical=True)[article]
    assert one.verdict == (KEPT if off >= 0 else BROKEN)
    last = max(d for d in (left - timedelta(days=n) for n in range(80, 200)) if months_on(d, months) <= left)
    assert one.notice == last.isoformat()


@settings(max_examples=60, deadline=None)
@given(low=st.integers(0, 6000), width=st.integers(0, 6000))
def test_ranges_by_every_kilometre(record: Record, low: int, width: int) -> None:
    """The verdict on an interval of ranges is what every kilometre in it says, or unknown where they differ."""
    facts = {"range": f"{low}..{low + width}", "basing": "ground", "type": "cruise", "interceptor_only": False,
             "possessed": True}  # fmt: skip
    case = Case(record, day_of("2000-01-01"), "", read_facts(facts, inf.FACTS, where="test"))
    for one, first, last in ((inf.intermediate_held, 1001, 5500), (inf.shorter_held, 500, 1000)):
        inside = {first <= km <= last for km in range(low, low + width + 1)}
        wanted = UNKNOWN if len(inside) == 2 else BROKEN if inside == {True} else KEPT
        verdict = next(iter(one.check(case))).verdict
        assert verdict == wanted, (low, width)


def asked(record: Record, **truths: Truth) -> Case:
    return Case(
        record, day_of("2000-01-01"), "", Facts(ACTS, {k: v for k, v in truths.items() if v is not Truth.UNKNOWN})
    )


def test_forbidden_and_required_by_every_table(record: Record) -> None:
    """All combinations of two acts and of the exception, against three-valued logic written out."""
    for one in TRUTHS:
        for two in TRUTHS:
            case = asked(record, one=one, two=two)
            for other in TRUTHS:
                done = (one | two) & ~other
                wanted = {Truth.YES: BROKEN, Truth.NO: KEPT, Truth.UNKNOWN: UNKNOWN}[done]
                assert forbids(case, "1", "one", "two", unless=other).verdict == wanted
                both = {Truth.YES: KEPT, Truth.NO: BROKEN, Truth.UNKNOWN: UNKNOWN}[one & two]
                due = {Truth.YES: both, Truth.NO: NOT_APPLICABLE, Truth.UNKNOWN: UNKNOWN}[other]
                assert requires(case, "1", "one", "two", where=other).verdict == due
    assert any_so(()) is Truth.NO
    assert all_so(()) is Truth.YES


def test_a_thing_done_and_not_done_is_refused(record: Record) -> None:
    with pytest.raises(FileError, match="said not to be done"):
        done_by(asked(record), "1", "the return", 10, 9, done=Truth.NO)
    assert done_by(asked(record), "1", "the return", None, 9).verdict == UNKNOWN


def test_sums_of_parts_and_a_stated_whole() -> None:
    known = vocabulary(*(Fact(name, NUMBER, name) for name in ("a", "b", "whole")))

    def told(**given: object) -> Any:
        value = added(read_facts(given, known, where="test"), ("a", "b"), stated="whole")
        return None if value is None else (value.low, value.high)

    assert told() is None
    assert told(a=1, b=2) == (1 + 2, 3)
    assert told(a=1, whole=5) == (5, 5)
    assert told(a="1..9", b=2, whole="4..20") == (4, 11)
    with pytest.raises(FileError, match="add up to"):
        told(a=4, b=2, whole=5)


def test_status_of_a_state_is_not_for_the_case_to_say(record: Record) -> None:
    for state, day in (("CHN", "1970-01-01"), ("IND", "1966-12-31"), ("JPN", "1960-01-01")):
        with pytest.raises(FileError, match="first_explosion"):
            comply(record, "NPT", on="2020-01-01", state=state, facts={"first_explosion": day}, hypothetical=True)
    answer = found(record, "NPT", "2020-01-01", state="CHN", facts={"first_explosion": "1964-10-16"})
    assert answer["IX(3)"].group == npt_status.NUCLEAR
    assert {s for s, d in npt_status.explosions().items() if d < day_of(npt_status.BEFORE)} == {
        "USA", "SUN", "RUS", "GBR", "FRA", "CHN",
    }  # fmt: skip


def test_annex_2_names_44_states_that_the_record_knows(record: Record) -> None:
    listed = ctbt.annex_2()
    assert len(listed) == len(set(listed)) == 44
    assert set(listed) <= set(record.entities("state"))


def test_nothing_known_of_new_start_is_unknown_in_all(record: Record) -> None:
    answer = comply(record, "New START", on="2019-01-01", state="USA")
    assert {one.verdict for one in answer.findings} <= {UNKNOWN, NOT_APPLICABLE}
    assert len(answer.findings) >= len(new_start.OBLIGATIONS)
    assert npt.OBLIGATIONS
