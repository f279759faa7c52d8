"""Who is hostile to whom: sides of a conflict, for ten years after it, as far as the list of conflicts reaches."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from changes_world import record

from indivisible.architecture.hostility import YEARS, hostilities
from indivisible.architecture.snapshot import as_of
from indivisible.architecture.to_arrays import to_arrays
from indivisible.record.load import load
from indivisible.values import day_of


def war(key: str, one: str, other: str, begin: str, end: str) -> list[str]:
    rows = [f"{key},kind,,conflict,{begin},{end},,,PRIMER,list,high,"]
    rows += [f"{key},side_a,{one},,{begin},{end},,,PRIMER,list,high,"]
    return [*rows, f"{key},side_b,{other},,{begin},{end},,,PRIMER,list,high,"]


LIST = [
    "INTERSTATE_CONFLICTS_UCDP,kind,,text,1980,,,,PRIMER,list,high,",
    "INTERSTATE_CONFLICTS_UCDP,list_complete,,conflict,1980-01-01,2015-01-01,,,PRIMER,list,high,",
]
WARS = war("WAR_AB", "BBB", "AAA", "1995-03-01", "1996-05-10") + war("WAR_CD", "CCC", "DDD", "2012", "2013-02/2013-04")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    return record(tmp_path_factory.mktemp("wars") / "facts", more=[*LIST, *WARS])


def pairs(world, day: str) -> dict[tuple[str, str], bool]:  # type: ignore[no-untyped-def]
    found = hostilities(world, day_of(day))
    assert found is not None
    return {(h.one, h.other): h.certain for h in found.pairs}


def test_a_conflict_counts_from_its_first_day_until_ten_years_after_its_last(world) -> None:  # type: ignore[no-untyped-def]
    assert pairs(world, "1995-02-28") == {}
    assert pairs(world, "1995-03-01") == {("AAA", "BBB"): True}
    last = date(1996, 5, 9).toordinal() + round(365.25 * YEARS)  # the conflict's last day is 9 May
    assert pairs(world, date.fromordinal(last - 1).isoformat()) == {("AAA", "BBB"): True}
    assert pairs(world, date.fromordinal(last + 1).isoformat()) == {}


def test_an_inexact_end_leaves_the_hostility_in_doubt(world) -> None:  # type: ignore[no-untyped-def]
    assert pairs(world, "2012-06-01") == {("CCC", "DDD"): False}  # it may have begun later in the year
    assert pairs(world, "2013-01-01") == {("CCC", "DDD"): True}


def test_before_the_list_nothing_is_known_and_past_it_its_last_day_stands(world) -> None:  # type: ignore[no-untyped-def]
    assert hostilities(world, day_of("1989-12-01")) is None
    assert hostilities(world, day_of("1990-02-01")) is not None
    found = hostilities(world, day_of("2019-06-01"))
    assert found is not None
    assert found.day == day_of("2014-12-31")
    assert [(h.one, h.other) for h in found.pairs] == [("CCC", "DDD")]


def test_without_a_list_silence_is_not_peace(tmp_path: Path) -> None:
    bare = record(tmp_path / "facts", more=WARS)
    assert hostilities(bare, day_of("1995-06-01")) is None
    assert to_arrays(as_of(bare, day_of("1995-06-01"))).hostility is None


def test_doubt_reaches_the_arrays_and_both_sides_alike(world) -> None:  # type: ignore[no-untyped-def]
    arrays = to_arrays(as_of(world, day_of("2012-06-01")))
    ties = arrays.hostility
    assert ties is not None
    assert not ties.sure.any()
    assert ties.possible.sum() == 2
    assert (ties.doubt == ties.doubt.T).all()
    assert arrays.hostility_name == "conflicts of 10 years to 2012-06-01"
    none = to_arrays(as_of(world, day_of("2012-06-01")), hostility="none")
    assert none.hostility is not None
    assert not none.hostility.possible.any()


def test_the_list_of_the_record_holds_every_pair_that_it_names() -> None:
    found = hostilities(load(), day_of("2022-06-01"))
    assert found is not None
    held = {(h.one, h.other) for h in found.pairs if h.certain}
    assert {("ARM", "AZE"), ("CHN", "IND"), ("RUS", "UKR"), ("KGZ", "TJK")} <= held
    assert ("GEO", "RUS") not in held  # more than ten years before
