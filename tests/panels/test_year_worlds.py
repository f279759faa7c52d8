"""Worlds of years from imported data against the rows of the files, and what they do not cover."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from invented_year_worlds import MOVED, PLACES, world

from indivisible.architecture.arrays import Arrays
from indivisible.errors import MissingData, QuestionError
from indivisible.measures.geography import great_circle
from indivisible.models import deterrence, distance
from indivisible.models.base import settle
from indivisible.panels.expenditure import expenditures
from indivisible.panels.year_worlds import Choices, PastCoverage, YearWorld, versions_of, worlds_of
from indivisible.record.record import Record
from published_worlds import published_home

POWER = frozenset({"power"})
KINDS = {"defense": "defence", "offense": "offence", "neutral": "neutrality", "nonagg": "nonaggression",
         "consul": "consultation"}  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def home(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return world(files, tmp_path_factory.mktemp("home"))


def made(home: Path, record: Record, first: int, last: int, **chosen: object) -> list[YearWorld]:
    return list(worlds_of(first, last, choices=Choices(**chosen), record=record, home=home))  # type: ignore[arg-type]


def arrays_of(one: YearWorld, *reads: str) -> Arrays:
    found = one.arrays_for(frozenset(reads or POWER))
    assert isinstance(found, Arrays), found
    return found


def lines(files: Path, name: str) -> list[dict[str, str]]:
    with (files / name).open(encoding="utf-8") as text:
        return list(csv.DictReader(text))


def test_who_is_there_on_the_last_day_of_the_year(home: Path, world_record: Record) -> None:
    """200 leaves in March 2008 and 210 enters in July; 300 is away from 2009 to 2012; 400 comes in 2015."""
    codes = {one.year: sorted(one.codes.tolist()) for one in made(home, world_record, 2007, 2016, hostility="none")}
    assert codes[2007] == [2, 20, 200, 255, 300]
    assert codes[2008] == [2, 20, 210, 255, 300]
    assert codes[2009] == [2, 20, 210, 255]
    assert codes[2012] == [2, 20, 210, 255, 300]
    assert codes[2014] == [2, 20, 210, 255, 300]
    assert codes[2015] == [2, 20, 210, 255, 300, 400]


def test_states_bear_the_records_keys_or_their_code(home: Path, world_record: Record) -> None:
    (one,) = made(home, world_record, 2005, 2005, hostility="none")
    arrays = arrays_of(one)
    assert arrays.states == tuple(sorted(arrays.states))
    assert dict(zip(arrays.states, one.codes.tolist(), strict=True)) == {
        "CAN": 20, "COW_300": 300, "DEU": 255, "GBR": 200, "USA": 2,
    }  # fmt: skip
    assert one.names["COW_300"] == "Land 300"
    assert one.names["CAN"] == world_record.name_of("CAN")
    assert arrays.power_name == "cinc_2005"


def test_capabilities_pledges_borders_and_distances_are_those_of_the_files(
    home: Path, files: Path, world_record: Record
) -> None:
    """Every number of every year found again, row by row, in the published layouts."""
    cinc = {(int(r["ccode"]), int(r["year"])): float(r["cinc"]) for r in lines(files, "cow_nmc_invented.csv")}
    atop = {(int(r["ccode1"]), int(r["ccode2"]), int(r["year"])): r for r in lines(files, "atop_alliance.csv")}
    land = {(int(r["state1no"]), int(r["state2no"]), int(r["year"])) for r in lines(files, "contdird.csv")
            if r["conttype"] == "1"}  # fmt: skip
    shortest = {(int(r["ccode1"]), int(r["ccode2"]), int(r["year"])): float(r["mindist"])
                for r in lines(files, "cow_mindist.csv")}  # fmt: skip
    near = made(home, world_record, 2003, 2016, hostility="none", distance="shortest")
    for one, other in zip(made(home, world_record, 2003, 2016, hostility="none"), near, strict=True):
        arrays = arrays_of(one, "power", "borders", *(f"pledges.{kind}" for kind in KINDS.values()))
        codes, year = one.codes.tolist(), one.year
        known = [cinc.get((code, year), np.nan) for code in codes]
        assert np.array_equal(arrays.power.best, np.array(known), equal_nan=True)
        assert (arrays.power.high[np.isnan(known)] == 1.0).all()
        for a, i in enumerate(codes):
            for b, j in enumerate(codes):
                row = atop.get((i, j, year), {})
                for name, kind in KINDS.items():
                    assert arrays.pledges[kind][a, b] == (i != j and row.get(f"atop_{name}") == "1")
                assert arrays.borders[a, b] == ((i, j, year) in land or (j, i, year) in land)
                expected = shortest.get((min(i, j), max(i, j), year), np.nan) if i != j else 0.0
                assert np.array_equal(arrays_of(other).distance[a, b], expected, equal_nan=True)
                assert arrays.distance[a, b] == pytest.approx(_km(i, j, year), abs=1e-9)


def _km(i: int, j: int, year: int) -> float:
    def place(code: int) -> tuple[float, float]:
        moved = code == MOVED[0] and date(year, 12, 31) >= date.fromisoformat(MOVED[1])
        return MOVED[2] if moved else PLACES[code]

    return float(great_circle(*map(np.array, place(i)), *map(np.array, place(j)))) if i != j else 0.0  # type: ignore[arg-type]


def test_hostility_by_rivalry_and_by_disputes(home: Path, files: Path, world_record: Record) -> None:
    spells = [(int(r["ccode1"]), int(r["ccode2"]), int(r["start"]), int(r["end"]))
              for r in lines(files, "tss_rivalries.csv")]  # fmt: skip
    fights = {(int(r["ccode1"]), int(r["ccode2"]), int(r["year"])) for r in lines(files, "gml_dirdisp.csv")}
    for years in (1, 3):
        for one in made(home, world_record, 2006, 2010, hostility="disputes", hostile_years=years):
            hostile = arrays_of(one, "hostility").hostility
            assert hostile is not None
            for a, i in enumerate(one.codes.tolist()):
                for b, j in enumerate(one.codes.tolist()):
                    recent = any((i, j, one.year - back) in fights for back in range(years))
                    assert hostile.sure[a, b] == recent
    for one in made(home, world_record, 2003, 2016, hostility="rivalries"):
        arrays = arrays_of(one, "hostility")
        assert arrays.hostility is not None
        assert arrays.hostility_name == "rivalries"
        for a, i in enumerate(one.codes.tolist()):
            for b, j in enumerate(one.codes.tolist()):
                known = {first <= one.year <= last for x, y, first, last in spells if {x, y} == {i, j}}
                assert arrays.hostility.sure[a, b] == (True in known)


def test_alliances_of_the_correlates_of_war_bind_each_member_to_all_others(home: Path, world_record: Record) -> None:
    cow = {"hostility": "none", "alliances": "cow"}
    before, after = (made(home, world_record, year, year, **cow)[0] for year in (2008, 2011))
    tied = arrays_of(before, "pledges.defence")
    row = {code: i for i, code in enumerate(before.codes.tolist())}
    assert {(row[a], row[b]) for a in (2, 20, 300) for b in (2, 20, 300) if a != b} == set(
        zip(*np.nonzero(tied.pledges["defence"]), strict=True)
    )
    assert not arrays_of(after, "pledges.defence").pledges["defence"].any()
    neutral = tied.pledges["neutrality"]
    assert neutral[row[255], row[20]]  # a member's own pledge, towards all others
    assert neutral.sum() == 1
    assert tied.pledges["consultation"][row[20], row[255]]
    gap = before.arrays_for(frozenset({"pledges.offence"}))
    assert isinstance(gap, PastCoverage)
    assert "does not tell pledges of offence" in gap.sentence()


def test_what_is_past_coverage_is_refused_with_the_years(home: Path, world_record: Record) -> None:
    worlds = {one.year: one for one in made(home, world_record, 2016, 2020, hostility="none")}
    assert isinstance(worlds[2018].arrays_for(frozenset({"pledges.defence"})), Arrays)
    gap = worlds[2019].arrays_for(frozenset({"pledges.defence", "power"}))
    assert isinstance(gap, PastCoverage)
    assert gap.arrays == ("pledges.defence", "power")
    assert gap.sentence().startswith("2019 cannot be read: past coverage: ATOP directed dyad-years")
    assert "2003 to 2018, not about 2019" in gap.sentence()  # the file begins then
    assert isinstance(worlds[2016].arrays_for(frozenset({"borders"})), Arrays)
    assert isinstance(worlds[2017].arrays_for(frozenset({"borders"})), PastCoverage)
    assert worlds[2016].carried is False
    assert worlds[2017].carried is True
    assert worlds[2017].codes.tolist() == worlds[2016].codes.tolist()
    for name in ("warheads", "deployments", "shared_organizations"):
        assert isinstance(worlds[2016].arrays_for(frozenset({name})), PastCoverage)


def test_a_system_that_is_not_carried_ends(home: Path, world_record: Record) -> None:
    last, past = made(home, world_record, 2016, 2017, hostility="none", carry_system=False)
    assert isinstance(last.arrays_for(POWER), Arrays)
    gap = past.arrays_for(frozenset())
    assert isinstance(gap, PastCoverage)
    assert "the list of states is known from 2003 to 2016" in gap.sentence()
    assert len(past.codes) == 0


def test_hostility_past_its_source_is_no_peace(home: Path, world_record: Record) -> None:
    one = made(home, world_record, 2011, 2011, hostility="disputes")[0]
    gap = one.arrays_for(frozenset({"hostility"}))
    assert isinstance(gap, PastCoverage)
    assert "not about 2011" in gap.sentence()
    assert arrays_of(one).hostility is None


def test_expenditure_in_dollars(home: Path, files: Path, world_record: Record) -> None:
    spent = {(int(r["ccode"]), int(r["year"])): float(r["milex"]) for r in lines(files, "cow_nmc_invented.csv")}
    checked = 0
    for one in made(home, world_record, 2003, 2016, hostility="none"):
        found = arrays_of(one, "expenditure").expenditure
        for i, code in enumerate(one.codes.tolist()):
            known = spent.get((code, one.year), -9.0)
            if known == -9.0:  # not published
                assert (found.low[i], found.high[i]) == (0.0, np.inf)
            else:
                assert found.best[i] == known * 1000.0
                checked += 1
    assert checked > 10
    assert "National Material Capabilities" in expenditures("nmc", 2005, 2005, record=world_record, home=home).name


def test_mistakes(home: Path, world_record: Record, tmp_path: Path) -> None:
    for wrong in ({"alliances": "natoo"}, {"distance": "miles"}, {"hostility": "hate"}, {"expenditure": "cia"}):
        with pytest.raises(QuestionError, match="use"):
            Choices(**wrong)  # type: ignore[arg-type]
    with pytest.raises(QuestionError, match="at least"):
        Choices(hostile_years=0)
    with pytest.raises(QuestionError, match="earlier year first"):
        list(worlds_of(2005, 2004, record=world_record, home=home))
    with pytest.raises(MissingData, match="indivisible data import"):
        list(worlds_of(2004, 2005, record=world_record, home=tmp_path))
    with pytest.raises(QuestionError, match="nmc or sipri"):
        expenditures("cia", 2004, 2005, record=world_record, home=home)


def test_models_read_a_world(home: Path, world_record: Record) -> None:
    (one,) = made(home, world_record, 2008, 2008, hostility="none")
    arrays = arrays_of(one)
    for model in (deterrence, distance):
        reading = model.read(arrays, settle(model.name, model.parameters))
        assert reading.states == arrays.states
        assert (np.isfinite(reading.low) | reading.unopposed | np.isnan(arrays.power.best).any()).all()


@pytest.fixture(scope="module")
def world_record() -> Record:
    from indivisible.record.load import load

    return load()


def test_published_worlds(world_record: Record) -> None:
    home = published_home()
    worlds = {one.year: one for one in worlds_of(2015, 2020, record=world_record, home=home)}
    assert arrays_of(worlds[2018], "pledges.defence").pledges["defence"].sum() == 3412
    assert len(worlds[2018].codes) == 195
    assert not np.isnan(arrays_of(worlds[2018]).power.best).any()
    assert arrays_of(worlds[2018]).power.best.sum() == pytest.approx(1.0, abs=0.01)  # 1.0074 as published
    assert isinstance(worlds[2019].arrays_for(frozenset({"pledges.defence"})), PastCoverage)
    assert isinstance(worlds[2020].arrays_for(frozenset({"hostility"})), Arrays)  # rivalries are known to 2020
    assert not [key for key in worlds[2018].names if key.startswith("COW_")]
    assert versions_of(Choices(), home=home)["nmc"] == "7.0"


def test_published_expenditures(world_record: Record) -> None:
    spent = expenditures("sipri", 1990, 2023, record=world_record, home=published_home())
    assert "European Union" in spent.nameless
    assert len(spent.nameless) <= 3
    assert 8e11 < spent.years[2022]["USA"] < 9e11
    nmc = expenditures("nmc", 1912, 2022, record=world_record, home=published_home())
    assert min(nmc.years) == 1914  # in pounds before
    assert nmc.years[2016]["USA"] == pytest.approx(spent.years[2016]["USA"], rel=0.1)


def test_published_conflicts(world_record: Record) -> None:
    """Opposite sides of an armed conflict of the last ten years, by Gleditsch-Ward codes turned into COW's."""
    home = published_home()
    choices = Choices(hostility="conflicts")
    worlds = {one.year: one for one in worlds_of(1954, 1992, choices=choices, record=world_record, home=home)}
    assert isinstance(worlds[1954].arrays_for(frozenset({"hostility"})), PastCoverage)  # the list begins in 1946
    arrays = arrays_of(worlds[1992], "hostility")
    assert arrays.hostility is not None
    row = {state: i for i, state in enumerate(arrays.states)}
    assert arrays.hostility.sure[row["IRQ"], row["KWT"]]
    assert arrays.hostility.sure[row["USA"], row["IRQ"]]
    assert arrays.hostility.sure[row["IRN"], row["IRQ"]]
    assert not arrays.hostility.sure[row["USA"], row["RUS"]]
    assert (arrays.hostility.sure == arrays.hostility.sure.T).all()
