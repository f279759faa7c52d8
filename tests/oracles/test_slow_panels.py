"""Fast panels against the slow ones: every cell on invented data, counts and sums of every column on published data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from indivisible import panels
from indivisible.readers import library
from oracles import slow_panels
from panels.invented_panels import world
from reference_material import shared

EVERYTHING = ("contiguity", "majors", "nmc", "democracy", "atop", "distance", "trade", "igos", "rivalries",
              "gml-mids", "mids", "peace-years")  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return world(tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("home"))


def fast(home: Path, years: tuple[int, int], *joined: str, **chosen: Any) -> pl.DataFrame:
    return panels.dyad_years(years=years, carry_system=True, home=home, **chosen).with_(*joined).frame()


def as_rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return frame.rows(named=True)


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("gaps", ["bridge", "restart"])
def test_every_cell_on_invented_data(home: Path, directed: bool, gaps: str) -> None:
    slow = slow_panels.Slow(home, gaps=gaps)
    wanted = slow_panels.dyad_years(slow, 2003, 2020, directed=directed)
    found = as_rows(fast(home, (2003, 2020), *EVERYTHING, directed=directed, gaps=gaps))
    assert len(found) == len(wanted)
    assert set(found[0]) == set(wanted[0])
    for got, want in zip(found, wanted, strict=True):
        for name, value in want.items():
            exact = value is None or got[name] is None or isinstance(value, int)
            same = got[name] == value if exact else got[name] == pytest.approx(value)
            assert same, (got["ccode1"], got["ccode2"], got["year"], name, got[name], value)


def test_a_few_years_are_the_same_rows_as_in_the_whole(home: Path) -> None:
    whole = fast(home, (2003, 2020), *EVERYTHING)
    for first, last in ((2003, 2003), (2008, 2009), (2012, 2014), (2018, 2020)):
        part = fast(home, (first, last), *EVERYTHING)
        assert part.equals(whole.filter(pl.col("year").is_between(first, last)))


# years in which states left or came during the year, and years past the end of most sources
SPANS = (
    (1860, 1861, True),
    (1918, 1918, True),
    (1940, 1941, True),
    (1990, 1990, True),
    (2010, 2011, False),
    (2018, 2019, False),
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shared("data", "INDIVISIBLE_DATA")
    if not folder.is_dir():
        pytest.skip(f"the published datasets are not at {folder}; set INDIVISIBLE_DATA")
    home = tmp_path_factory.mktemp("published")
    library.import_path(folder, home=home)
    return home


@pytest.mark.parametrize(("first", "last", "directed"), SPANS)
def test_counts_and_sums_on_published_data(published: Path, first: int, last: int, directed: bool) -> None:
    slow = slow_panels.Slow(published, years=(first, last))
    joined = EVERYTHING[:-1]
    wanted = slow_panels.dyad_years(slow, first, last, directed=directed, peace=False)
    found = fast(published, (first, last), *joined, directed=directed)
    assert found.height == len(wanted)
    for name in wanted[0]:
        values = [row[name] for row in wanted if row[name] is not None]
        column = found[name].drop_nulls().cast(pl.Float64)
        assert len(column) == len(values), name
        assert column.sum() == pytest.approx(sum(values), rel=1e-9, abs=1e-9), name


@pytest.mark.parametrize("gaps", ["bridge", "restart"])
def test_peace_years_on_published_data(published: Path, gaps: str) -> None:
    slow = slow_panels.Slow(published, gaps=gaps)
    found = fast(published, (1950, 1950), "gml-mids", "mids", "peace-years", gaps=gaps)
    for row in as_rows(found)[::40]:
        for prefix in ("gmlmid", "cowmid"):
            wanted = slow.peace(prefix, row["ccode1"], row["ccode2"], 1950)
            assert (row[f"{prefix}spell"], row[f"{prefix}spell_number"]) == wanted, row
