"""Holdings: every kind of bad file is named with row and field, and no bound leaves out what can be so."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.apps.cli import main
from indivisible.errors import FileError, QuestionError
from indivisible.record.record import Record
from indivisible.rules.comply import comply
from indivisible.rules.facts import Facts, read_facts, vocabulary
from indivisible.rules.finding import Finding, ceiling
from indivisible.rules.holdings import COLUMNS, Holdings, Scheme, read_holdings
from indivisible.rules.treaties.cfe_counting import CATEGORIES, HOLDINGS_FACT, ZONES
from indivisible.rules.treaties.cfe_tables import groups_on, limits, rows, zones_on
from indivisible.values import Estimate, day_of

HEAD = ",".join(COLUMNS)
GOOD = "RUS,flank,battle_tanks,total,declared,1300,1300,1999-07-01"
BAD = {
    "an unknown zone": ("RUS,moon,battle_tanks,total,declared,1,1,1999-07-01", "row 2, field zone"),
    "an unknown category": ("RUS,flank,battle_tank,total,declared,1,1,1999-07-01", "row 2, field category"),
    "an unknown status": ("RUS,flank,battle_tanks,idle,declared,1,1,1999-07-01", "row 2, field status"),
    "an unknown basis": ("RUS,flank,battle_tanks,total,guessed,1,1,1999-07-01", "row 2, field basis"),
    "an unknown state": ("Ruritania,flank,battle_tanks,total,declared,1,1,1999-07-01", "row 2, field state"),
    "a negative count": ("RUS,flank,battle_tanks,total,declared,-1,1,1999-07-01", "row 2, field low"),
    "a count that is no number": ("RUS,flank,battle_tanks,total,declared,1,many,1999-07-01", "row 2, field high"),
    "an infinite count": ("RUS,flank,battle_tanks,total,declared,1,inf,1999-07-01", "row 2, field high"),
    "high below low": ("RUS,flank,battle_tanks,total,declared,2,1,1999-07-01", "row 2, field high"),
    "a day before the treaty": ("RUS,flank,battle_tanks,total,declared,1,1,1990-11-18", "row 2, field date"),
    "no day": ("RUS,flank,battle_tanks,total,declared,1,1,1999-07", "row 2, field date"),
    "an empty field": ("RUS,,battle_tanks,total,declared,1,1,1999-07-01", "row 2, field zone"),
    "a field too few": ("RUS,flank,battle_tanks,total,declared,1,1999-07-01", "row 2: 7 fields"),
    "two rows for one holding": (f"{GOOD}\nRussia,flank,battle_tanks,total,declared,2,2,1999-07-01", "row 3: the same"),
    "parts above the whole": (
        f"{GOOD}\nRUS,flank_1996,battle_tanks,active,declared,1301,1301,1999-07-01",
        "contradict",
    ),
}


def written(folder: Path, body: str, head: str = HEAD) -> Path:
    path = folder / "holdings.csv"
    path.write_text(f"{head}\n{body}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_with_row_and_field(record: Record, tmp_path: Path, name: str) -> None:
    body, place = BAD[name]
    with pytest.raises(FileError) as caught:
        comply(record, "CFE_FLANK_1996", on="1999-07-01", state="RUS", holdings=written(tmp_path, body))
    assert place in str(caught.value)
    if place.startswith("row"):
        assert "holdings.csv" in str(caught.value)


def test_the_first_day_of_the_treaty_is_in_its_life(record: Record, tmp_path: Path) -> None:
    body = "RUS,flank,battle_tanks,total,declared,1,1,1990-11-19"
    comply(record, "CFE_1990", on="1999-07-01", state="RUS", holdings=written(tmp_path, body))


@pytest.mark.parametrize("head", ["", "state,zone", HEAD + ",note", HEAD.replace("low", "lo")])
def test_other_columns_are_refused(tmp_path: Path, head: str) -> None:
    with pytest.raises(FileError, match="write state,zone"):
        read_holdings(written(tmp_path, GOOD, head), HOLDINGS_FACT)


def test_a_missing_file_is_one_line_and_code_3(tmp_path: Path) -> None:
    options = ["--on", "1999-07-01", "--holdings", str(tmp_path / "none.csv")]
    result = CliRunner().invoke(main, ["comply", "CFE_1990", *options])
    assert result.exit_code == 3
    assert "none.csv" in result.output


def test_empty_ends_are_open(tmp_path: Path) -> None:
    body = "\n".join(f"RUS,{zone},battle_tanks,total,declared,{count},1999-07-01"
                     for zone, count in (("flank", "5,"), ("zone_iv_2", ",7"), ("area", ",")))  # fmt: skip
    flank, iv_2, area = read_holdings(written(tmp_path, body), HOLDINGS_FACT)
    assert flank.number("count") == Estimate(5, None, math.inf)
    assert iv_2.number("count") == Estimate(0, None, 7)
    assert area.number("count") is None


def test_holdings_twice_are_refused(record: Record, tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    with pytest.raises(FileError, match="given twice"):
        comply(record, "CFE_1990", on="1999-07-01", facts={"holdings": []}, holdings=path)


def test_a_text_that_is_not_encoded_names_those_that_are(record: Record) -> None:
    with pytest.raises(QuestionError, match="not encoded") as caught:
        comply(record, "ANZUS_1951", on="1999-07-01")
    assert "encoded:" in str(caught.value)


SMALL = Scheme({"all": "", "north": "all", "south": "all"}, {"x": ""})
DAY = day_of("2000-01-01")
LEAVES = [(zone, "x", status) for zone in ("north", "south") for status in ("active", "stored")]
CELLS = [(zone, "x", status) for zone in SMALL.zones for status in SMALL.statuses]


def fill(numbers: tuple[int, ...]) -> dict[tuple[str, str, str], int]:
    """Every cell of the small scheme, from its four leaves."""
    leaf = dict(zip(LEAVES, numbers, strict=True))
    return {
        (zone, "x", status): sum(
            n for (z, _, s), n in leaf.items() if zone in (z, "all") and status in (s, "total")
        )
        for zone, _, status in CELLS
    }  # fmt: skip


ALL = [fill(numbers) for numbers in itertools.product(range(4), repeat=4)]


def held(own: dict[tuple[str, str, str], tuple[int, int]]) -> Holdings:
    fact = SMALL.fact()
    table = [
        {"state": "ALA", "zone": z, "category": c, "status": s, "basis": "declared", "count": f"{low}..{high}",
         "date": "2000-01-01"}
        for (z, c, s), (low, high) in own.items()
    ]  # fmt: skip
    found = read_facts({"holdings": table}, vocabulary(fact), where="test").table("holdings")
    assert found is not None
    return Holdings(found, SMALL, DAY)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(ALL), st.dictionaries(st.sampled_from(CELLS), st.tuples(st.integers(0, 2), st.integers(0, 2))))
def test_bounds_hold_all_that_can_be_so(
    truth: dict[tuple[str, str, str], int], spread: dict[tuple[str, str, str], tuple[int, int]]
) -> None:
    own = {cell: (max(0, truth[cell] - down), truth[cell] + up) for cell, (down, up) in spread.items()}
    possible = [one for one in ALL if all(low <= one[cell] <= high for cell, (low, high) in own.items())]
    found = held(own)
    for cell in CELLS:
        zone, category, status = cell
        bound = found.count("ALA", "declared", zone=zone, category=category, status=status)
        assert bound.low <= min(one[cell] for one in possible)
        assert bound.high >= max(one[cell] for one in possible)
        if cell in own:
            assert own[cell][0] <= bound.low
            assert bound.high <= own[cell][1]


@given(st.sampled_from(ALL))
def test_leaves_that_are_known_make_everything_known(truth: dict[tuple[str, str, str], int]) -> None:
    found = held({cell: (truth[cell], truth[cell]) for cell in LEAVES})
    for cell in CELLS:
        bound = found.count("ALA", "declared", zone=cell[0], category="x", status=cell[2])
        assert (bound.low, bound.high) == (truth[cell], truth[cell])


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0, 100))
def test_a_ceiling_never_reads_unknown_as_kept(low: float, more: float, limit: float) -> None:
    one = ceiling(Finding("1", "unknown", ""), Estimate(low, None, low + more), limit, what="Items")
    wanted = "yes" if low + more <= limit else "no" if low > limit else "unknown"
    assert one.verdict == wanted
    assert ceiling(Finding("1", "unknown", ""), None, limit, what="Items").verdict == "unknown"
    assert ceiling(Finding("1", "unknown", ""), Estimate(0, None, math.inf), limit, what="Items").verdict == "unknown"


def test_flank_ceilings_are_the_difference_of_the_others() -> None:
    figures = {(one.article[:5], one.category, one.status): one.limit for one in limits("cfe_1990_limits.csv")}
    for category in ("battle_tanks", "armoured_combat_vehicles", "artillery"):
        for status in ("total", "active"):
            whole, rest = figures["IV(1)", category, status], figures["IV(2)", category, status]
            if status == "total" or category == "battle_tanks":
                assert whole - rest == figures["V(1)(", category, "active"]


def test_every_zone_of_the_tables_can_be_written() -> None:
    for day in ("1990-11-19", "1996-05-30", "1996-05-31", "2010-01-01"):
        zones = zones_on(day_of(day))
        assert set(zones) == set(ZONES)
        assert {within for within in zones.values() if within} <= set(ZONES)
    used = {one.category for name in ("cfe_1990", "cfe_flank_1996") for one in limits(f"{name}_limits.csv")}
    assert used <= set(CATEGORIES)


def test_thirty_states_and_no_state_in_both_groups(record: Record) -> None:
    groups = groups_on(day_of("1999-07-01"))
    assert {name: len(states) for name, states in groups.items()} == {"eastern": 14, "western": 16}
    assert {row["state"] for row in rows("cfe_1990_groups.csv")} <= set(record.entities("state"))
    assert not set(groups["eastern"]) & set(groups["western"])


def test_rows_without_a_state_are_refused_in_facts(record: Record) -> None:
    row = {"zone": "area", "category": "battle_tanks", "status": "total", "basis": "declared", "date": "1999-01-01"}
    with pytest.raises(FileError, match="field state"):
        comply(record, "CFE_1990", on="1999-07-01", facts={"holdings": [row]})


def test_later_figures_are_not_known_yet() -> None:
    assert held({}).count("ALA", "declared", zone="all", category="x").high == math.inf
    one = {"state": "ALA", "zone": "all", "category": "x", "status": "total", "basis": "declared", "count": 3}
    facts = read_facts({"holdings": [{**one, "date": "2000-01-02"}]}, vocabulary(SMALL.fact()), where="test")
    table: tuple[Facts, ...] = facts.table("holdings") or ()
    assert Holdings(table, SMALL, DAY).count("ALA", "declared", zone="all", category="x").high == math.inf
    assert Holdings(table, SMALL, DAY + 1).count("ALA", "declared", zone="all", category="x").high == 3
