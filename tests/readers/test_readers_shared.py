"""The published files themselves, where they are at hand: all are imported, and known facts are found in them."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest

from indivisible import readers
from indivisible.readers import DATASETS, library
from indivisible.readers.nmc.power import cinc_of_year
from indivisible.values import Truth

SHARED = Path(os.environ.get("INDIVISIBLE_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))

pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"no folder of published data at {SHARED}: set INDIVISIBLE_DATA to one"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    report = library.import_path(SHARED, home=folder)
    assert not report.failed, report.sentence()
    assert {one.dataset for one in report.outcomes if one.result == "imported"} == set(DATASETS)
    return folder


def rows(home: Path, key: str, **where: object) -> pl.DataFrame:
    return readers.open(key, home=home).filter(**where).collect()


def test_a_second_run_imports_nothing_and_the_check_is_clean(home: Path) -> None:
    report = library.import_path(SHARED, home=home)
    assert {one.result for one in report.outcomes} == {"already", "not recognised"}
    assert {one.result for one in library.check(home=home).findings} == {"sound"}


def test_the_state_system(home: Path) -> None:
    assert rows(home, "cow_system", year=1816).height == 23
    assert rows(home, "cow_system", year=2016).height == 195
    spells = readers.open("cow_states", home=home).collect()
    assert spells.filter(pl.col("ends").is_null()).height == 195


def test_shares_of_power_sum_to_one(home: Path) -> None:
    found = cinc_of_year(2016, home=home)
    assert sum(value for value in found.values.values() if value is not None) == pytest.approx(1, abs=0.01)
    assert cinc_of_year(2023, home=home).covered is Truth.NO


def test_alliances_are_symmetric_where_all_pledge_the_same(home: Path) -> None:
    pledges = rows(home, "atop_directed", year=2018)
    pairs = set(pledges.filter(pl.col("defense")).select("ccode1", "ccode2").rows())
    assert (2, 200) in pairs
    assert len(pairs) == 3412
    assert readers.covers("atop_directed", 2019, home=home) is Truth.NO


def test_land_neighbours_and_distance(home: Path) -> None:
    near = rows(home, "cow_contiguity_years", year=2016, ccode1=365, conttype=1)
    assert near.height == 14
    assert rows(home, "cow_mindist", year=2019, ccode1=2, ccode2=365)["mindist"][0] == pytest.approx(80, abs=1)


def test_no_missing_code_is_left_as_a_number(home: Path) -> None:
    for key in DATASETS:
        if key in ("cow_capitals", "democracy"):
            continue  # coordinates and scores of democracy may be negative
        table = readers.open(key, home=home).select(pl.col(pl.Int64, pl.Float64)).collect()
        lowest = [value for value in table.min().row(0) if value is not None]
        assert all(value >= 0 for value in lowest), key


def test_disputes_conflicts_votes_and_memberships(home: Path) -> None:
    assert rows(home, "mid_disputes")["dispnum"].n_unique() == 2436
    assert rows(home, "gml_disputes")["dispnum"].n_unique() == 2174
    assert rows(home, "ucdp_acd")["conflict_id"].n_unique() == 303
    assert set(rows(home, "unga_votes")["vote"].unique()) == {"yes", "abstain", "no"}
    nato = rows(home, "cow_igo_years", year=2014, igo="nato")
    assert nato.filter(membership=1).height == 28
    assert nato["ccode"].n_unique() == nato.height


def test_vetoes_by_those_who_cast_them(home: Path) -> None:
    found = rows(home, "unsc_vetoes")
    cast = dict(found.group_by("member").len().rows())
    assert cast == {"USSR": 90, "USA": 82, "Russia": 31, "UK": 29, "China": 17, "France": 16}
    assert found["veto"].n_unique() == 214
    assert found["date"].max().isoformat() == "2022-07-08"
    assert found.filter(member="China")["date"].min().isoformat() == "1972-08-25"
    assert rows(home, "unsc_vetoes", draft="S/2022/155")["ccode"].to_list() == [365]
