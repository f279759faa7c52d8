"""Panels as files: what is written is what `frame` gives, in Parquet, CSV and Stata, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from indivisible import panels
from indivisible.errors import FileError, MissingData
from indivisible.panels import files
from indivisible.panels.panel import Panel
from panels.invented_panels import world


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return world(tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("home"))


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "ROWS", 50)  # many blocks


def made(home: Path) -> Panel:
    panel = panels.dyad_years(years=(2003, 2020), carry_system=True, home=home)
    return panel.with_("nmc", "gml-mids", "peace-years", "distance").keyed("iso3c")


def test_parquet_is_the_frame_and_carries_its_account(home: Path, tmp_path: Path) -> None:
    panel = made(home)
    path = panel.write(tmp_path / "panel.parquet")
    assert pl.read_parquet(path).equals(panel.frame())
    said = json.loads(pl.read_parquet_metadata(path)["indivisible"])
    assert said == json.loads(json.dumps(panel.to_dict()))
    assert said["rows"] == panel.frame().height
    assert {row["column"]: row["dataset"] for row in said["columns"]}["cinc1"] == "nmc"


def test_csv_is_the_frame(home: Path, tmp_path: Path) -> None:
    panel = made(home)
    frame = panel.frame()
    read = pl.read_csv(panel.write(tmp_path / "panel.csv"), schema=frame.schema)
    assert read.equals(frame)


def test_stata_is_the_frame(home: Path, tmp_path: Path) -> None:
    panel = made(home)
    frame = panel.frame()
    read, about = pyreadstat.read_dta(str(panel.write(tmp_path / "panel.dta")), output_format="polars")
    assert read.columns == frame.columns
    assert about.number_rows == frame.height
    for name in frame.columns:
        if frame[name].dtype == pl.String:
            assert read[name].to_list() == frame[name].fill_null("").to_list()
        else:
            assert read[name].cast(pl.Float64).equals(frame[name].cast(pl.Float64)), name
    assert about.file_label == "Directed dyad-years, COW system, asked for 2003 to 2020"
    assert all(0 < len(label) <= 80 for label in about.column_names_to_labels.values())
    assert about.column_names_to_labels["gmlmid_dispnum"].endswith("...")
    assert about.column_names_to_labels["mindist"] == "kilometres between the nearest points"


@pytest.mark.parametrize("ending", ["parquet", "csv", "dta"])
def test_an_interrupt_leaves_nothing_behind(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    """Also where a second interrupt comes while the first is answered."""
    (tmp_path / f"panel.{ending}").write_text("older", encoding="utf-8")
    unlink, tries = Path.unlink, []

    def stopped(*given: object) -> None:
        raise KeyboardInterrupt

    def impatient(path: Path, missing_ok: bool = False) -> None:
        tries.append(path)
        if len(tries) == 1:
            raise KeyboardInterrupt
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setitem(files.WRITERS, f".{ending}", stopped)
    monkeypatch.setattr(Path, "unlink", impatient)
    with pytest.raises(KeyboardInterrupt):
        made(home).write(tmp_path / f"panel.{ending}")
    assert [path.name for path in tmp_path.iterdir()] == [f"panel.{ending}"]
    assert (tmp_path / f"panel.{ending}").read_text() == "older"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("ending", ["parquet", "csv", "dta"])
def test_a_full_disk_is_said(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    writer = files.WRITERS[f".{ending}"]
    monkeypatch.setitem(files.WRITERS, f".{ending}", lambda path, *rest: writer(Path("/dev/full"), *rest))
    with pytest.raises(FileError, match="No space left"):
        made(home).write(tmp_path / f"panel.{ending}")
    assert list(tmp_path.iterdir()) == []


def test_blocks_are_whole_years_and_together_the_frame(home: Path) -> None:
    panel = made(home)
    blocks = list(panel.frames(50))
    assert len(blocks) > 5
    assert pl.concat(blocks).equals(panel.frame())
    years = [set(block["year"]) for block in blocks]
    assert sum(map(len, years)) == len(set.union(*years))


def test_a_panel_without_rows_is_written_too(home: Path, tmp_path: Path) -> None:
    panel = panels.dyad_years(years=(1900, 1950), home=home).with_("nmc", "atop")
    assert panel.frame().height == 0
    assert "No directed dyad-years" in panel.sentence()
    for ending in (".parquet", ".csv", ".dta"):
        assert panel.write(tmp_path / f"empty{ending}").is_file()


def test_nothing_is_left_half_written(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "panel.parquet"
    target.write_text("the older file", encoding="utf-8")
    with pytest.raises(MissingData):
        panels.dyad_years(years=(2003, 2005), home=home).with_("rivalries-td").write(target)
    assert target.read_text(encoding="utf-8") == "the older file"
    assert [one.name for one in tmp_path.iterdir()] == ["panel.parquet"]
    with pytest.raises(FileError, match=r"use \.parquet, \.csv, \.dta"):
        made(home).write(tmp_path / "panel.xyz")
    with pytest.raises(FileError, match="the folder does not exist"):
        made(home).write(tmp_path / "none" / "panel.csv")
