"""Coverage: what a dataset says about a year on each side of its window, and CINC of a year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from indivisible import readers
from indivisible.errors import MissingData, QuestionError
from indivisible.readers import library
from indivisible.readers.coverage import listed
from indivisible.readers.nmc.power import cinc_of_year, power_cinc
from indivisible.values import Truth

HEAD = "stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "NMC-60-abridged.csv"
    path.write_text(
        f"{HEAD}AAA,901,2015,1,1,1,1,1,1,0.25,2025\nBBB,902,2016,1,1,1,1,1,1,0.75,2025\nCCC,903,2016,1,1,1,1,1,1,-9,2025\n"
    )
    library.import_path(path, home=tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("dataset", "year", "expected"),
    [
        ("atop_directed", 1814, Truth.NO),
        ("atop_directed", 1815, Truth.YES),
        ("atop_directed", 2018, Truth.YES),
        ("atop_directed", 2019, Truth.NO),
        ("mid_disputes", 2014, Truth.YES),
        ("mid_disputes", 2015, Truth.NO),
        ("cow_igo_years", 1960, Truth.YES),
        ("cow_igo_years", 1961, Truth.UNKNOWN),
        ("cow_igo_years", 1965, Truth.YES),
        ("cow_igo_years", 2015, Truth.NO),
        ("wb_gdp", 1959, Truth.NO),
        ("wb_gdp", 2000, Truth.UNKNOWN),  # how far the file goes is not known before it is imported
    ],
)
def test_declared_windows(dataset: str, year: int, expected: Truth, tmp_path: Path) -> None:
    assert readers.covers(dataset, year, home=tmp_path) is expected


def test_an_imported_panel_covers_the_years_of_its_file(home: Path) -> None:
    assert [readers.covers("nmc", year, home=home) for year in (2014, 2015, 2016, 2017)] == [
        Truth.NO,
        Truth.YES,
        Truth.YES,
        Truth.NO,
    ]


def test_silence_is_no_only_inside_a_complete_list(tmp_path: Path) -> None:
    assert listed("atop_directed", 2018, False, home=tmp_path) is Truth.NO
    assert listed("atop_directed", 2019, False, home=tmp_path) is Truth.UNKNOWN
    assert listed("atop_directed", 2018, True, home=tmp_path) is Truth.YES
    assert listed("nmc", 2000, False, home=tmp_path) is Truth.UNKNOWN


def test_within_turns_an_answer_past_the_window_into_unknown(tmp_path: Path) -> None:
    assert readers.within("atop_directed", 2018, Truth.NO, home=tmp_path) is Truth.NO
    assert readers.within("atop_directed", 2019, Truth.NO, home=tmp_path) is Truth.UNKNOWN


def test_a_panel_that_ends_early_says_so(tmp_path: Path) -> None:
    path = tmp_path / "cow_mindist.csv"
    path.write_text("ccode1,ccode2,year,mindist\n901,902,2000,5\n")
    outcome = library.import_path(path, home=tmp_path).outcomes[0]
    assert "the file ends in 2000, the published data in 2019" in outcome.message
    assert readers.covers("cow_mindist", 2001, home=tmp_path) is Truth.NO


def test_cinc_of_a_covered_year(home: Path) -> None:
    found = cinc_of_year(2016, home=home)
    assert found.covered is Truth.YES
    assert found.version == "6.0"
    assert dict(found.values) == {902: 0.75, 903: None}
    assert power_cinc(date(2016, 5, 1).toordinal(), home=home) == found


def test_cinc_past_the_end_is_unknown_and_never_carried_forward(home: Path) -> None:
    found = cinc_of_year(2017, home=home)
    assert found.covered is Truth.NO
    assert dict(found.values) == {}
    with pytest.raises(MissingData):
        cinc_of_year(2016, home=home / "empty")


def test_an_unknown_dataset_comes_with_near_names() -> None:
    with pytest.raises(QuestionError, match="near names"):
        readers.covers("atop", 2000)
