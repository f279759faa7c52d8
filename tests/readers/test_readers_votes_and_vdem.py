"""What two readers keep of their publishers' columns: issues and parts of votes, and V-Dem's indices."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from indivisible import panels, readers
from indivisible.errors import FileError
from indivisible.readers import library
from indivisible.values import Truth
from panels.invented_panels import world
from reference_material import shared

DATA = shared("data", "INDIVISIBLE_DATA")
VDEM = DATA / "vdem_v15_simple.parquet"
INDICES = ("polyarchy", "libdem", "partipdem", "delibdem", "egaldem")


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def votes(**told: Any) -> list[dict[str, Any]]:
    common = {"rcid": 1, "ccode": 2, "session": 40, "vote": 1, "date": "1985-10-01"}
    return [common | {name: value[at] for name, value in told.items()} | {"rcid": at + 1} for at in range(3)]


def test_issues_and_parts_of_votes(tmp_path: Path) -> None:
    rows = votes(me=[1, 0, "NA"], nu=[1, 0, "NA"], ec=[0, 0, "NA"], amend=[1, 0, "NA"], para=["NA", 1, 0])
    library.import_path(written(tmp_path / "UNVotes1.csv", rows), home=tmp_path)
    table = readers.open("unga_votes", home=tmp_path).collect().sort("roll_call")
    assert table["issues"].to_list() == ["me nu", "", None]
    assert table["amendment"].to_list() == [True, False, None]
    assert table["paragraph"].to_list() == [None, True, False]


def test_a_file_without_these_columns_tells_nothing(tmp_path: Path) -> None:
    library.import_path(written(tmp_path / "UNVotes1.csv", votes()), home=tmp_path)
    table = readers.open("unga_votes", home=tmp_path).collect()
    assert table.select("issues", "amendment", "paragraph").null_count().row(0) == (3, 3, 3)


def test_an_issue_that_is_neither_yes_nor_no_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="column me: '2' is not 0 or 1"):
        library.import_path(written(tmp_path / "UNVotes1.csv", votes(me=[0, 2, 1])), home=tmp_path)


def country(**own: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"country_name": "x", "country_text_id": "XXX", "country_id": 1, "year": 2003, "COWcode": 2}
    for place, index in enumerate(INDICES):
        row |= {f"v2x_{index}": (place + 1) / 10, f"v2x_{index}_codelow": place / 10}
        row |= {f"v2x_{index}_codehigh": (place + 2) / 10, f"v2x_{index}_sd": 0.05}
    return row | {"v2elsuffrage": 100, "v2elsuffrage_ord_codehigh": "", "e_regionpol_6C": 3, "v3stflag": 1} | own


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The invented world, with V-Dem for code 2 in 2003 to 2005, for 20 without scores, for a land without code."""
    (tmp_path / "files").mkdir()
    home = world(tmp_path / "files", tmp_path)
    rows = [country(year=year) for year in (2003, 2004, 2005)]
    rows += [country(country_id=2, COWcode=20, **{name: "" for name in country() if name.startswith("v2x_")})]
    rows += [country(country_id=3, COWcode="", year=2003)]
    library.import_path(written(tmp_path / "V-Dem-CY-Core-v15.csv", rows), home=home)
    return home


def test_indices_join_a_panel_with_bounds_and_coverage(home: Path) -> None:
    made = panels.state_years(years=(2003, 2006), home=home).with_("vdem", "democracy")
    frame = made.frame().filter(pl.col("ccode") == 2)
    assert frame["vdem_v2x_libdem"].to_list() == [0.2, 0.2, 0.2, None], "null past the last year of the file"
    assert frame["vdem_v2x_libdem_codelow"][0] == 0.1
    assert frame["vdem_v2x_libdem_codehigh"][0] == pytest.approx(0.3)
    assert "v2x_polyarchy" in frame.columns, "the other source's column of that name stays"
    assert made.frame().filter(pl.col("ccode") != 2)["vdem_v2x_polyarchy"].null_count() > 0
    assert readers.covers("vdem", 2006, home=home) is Truth.NO
    account = {row["column"]: row for row in made.rows()}
    assert account["vdem_v2x_polyarchy"]["dataset"] == "vdem"
    assert account["vdem_v2x_polyarchy"]["coverage"] == "2003 to 2005"
    assert account["vdem_v2x_polyarchy"]["absent"].startswith("null")
    assert "vdem" in made.sources()
    pairs = panels.dyad_years(years=(2003, 2003), home=home).with_("vdem").frame()
    assert {"vdem_v2x_egaldem1", "vdem_v2x_egaldem2"} <= set(pairs.columns)
    assert (pairs.filter(pl.col("ccode2") == 2)["vdem_v2x_egaldem2"] == 0.5).all()


def test_a_column_of_no_known_family_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="unknown column 'w2x_odd'"):
        library.import_path(written(tmp_path / "V-Dem-CY-Core-v15.csv", [country(w2x_odd=1)]), home=tmp_path)
    with pytest.raises(FileError, match=r"column v2x_libdem: 1\.5 is above 1"):
        library.import_path(written(tmp_path / "V-Dem-CY-Core-v15.csv", [country(v2x_libdem=1.5)]), home=tmp_path)


@pytest.mark.skipif(not VDEM.is_file(), reason=f"the published datasets are not at {DATA}")
def test_the_published_indices(tmp_path: Path) -> None:
    library.import_path(VDEM, home=tmp_path)
    table = readers.open("vdem", home=tmp_path).collect()
    assert (table.height, table["year"].min(), table["year"].max()) == (27913, 1789, 2024)
    last = dict(table.filter(pl.col("year") == 2024).select("ccode", "v2x_polyarchy").drop_nulls().iter_rows())
    assert (last[380], last[365]) == (0.881, 0.172)
    assert not table.drop_nulls("ccode").select(pl.struct("ccode", "year").is_duplicated().any()).item()
    bounds = table.drop_nulls("v2x_libdem")
    assert (bounds["v2x_libdem_codelow"] <= bounds["v2x_libdem"]).all()
    assert (bounds["v2x_libdem"] <= bounds["v2x_libdem_codehigh"]).all()
