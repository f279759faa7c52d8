"""Vetoes and roll calls as their readers keep them: who vetoed, who held the seat, which roll call is which."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

from indivisible import readers
from indivisible.errors import FileError
from indivisible.readers import library
from indivisible.readers.dataset import dataset


def written(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def veto(date: str, *members: str) -> dict[str, str]:
    row = dict.fromkeys(dataset("unsc_vetoes").layouts[0].columns, "0")
    named = dict(zip(("member_veto1", "member_veto2", "member_veto3"), (*members, "", ""), strict=False))
    said = {
        "year": date[-4:],
        "month": date.partition("/")[0],
        "date": date,
        "draft": "S/1",
        "meeting_record": "S/PV.1",
    }
    return row | said | {"agenda_item": "A question", "crisis_topic": "", "region": ""} | named


def vetoes(folder: Path, *rows: dict[str, str]) -> pl.DataFrame:
    library.import_path(written(folder / "unsc_vetoes_1.csv", list(rows)), home=folder)
    return readers.open("unsc_vetoes", home=folder).collect()


def test_one_row_for_each_who_vetoed(tmp_path: Path) -> None:
    table = vetoes(tmp_path, veto("1/2/2020", "Russia", "China"), veto("12/31/1990", "USA"))
    assert table.select("veto", "ccode").rows() == [(1, 365), (1, 710), (2, 2)]
    assert [day.isoformat() for day in table["date"]] == ["2020-01-02", "2020-01-02", "1990-12-31"]
    assert table["year"].to_list() == [2020, 2020, 1990]


def test_rows_that_are_alike_are_two_vetoes_and_a_name_written_twice_is_one(tmp_path: Path) -> None:
    table = vetoes(tmp_path, veto("6/26/1946", "USSR"), veto("6/26/1946", "USSR"), veto("6/27/1946", "UK", "UK"))
    assert table.select("veto", "ccode").rows() == [(1, 365), (2, 365), (3, 200)]


def test_the_seat_of_china_changes_hands_on_its_day(tmp_path: Path) -> None:
    table = vetoes(tmp_path, veto("10/24/1971", "China"), veto("10/25/1971", "China"))
    assert table["ccode"].to_list() == [713, 710]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (veto("31/12/1990", "USA"), "row 2, column date: '31/12/1990' is not a date \\(MM/DD/YYYY\\)"),
        (veto("1990-12-31", "USA") | {"year": "1990", "month": "12"}, "'1990-12-31' is not a date"),
        (veto("1/2/2020", "Germany"), "column member_veto1: 'Germany' is none of China, France"),
        (veto("1/2/2020", ""), "column member_veto1: is missing"),
    ],
    ids=["day first", "ISO", "no permanent member", "nobody"],
)
def test_what_does_not_fit_is_refused_by_place(row: dict[str, str], message: str, tmp_path: Path) -> None:
    with pytest.raises(FileError, match=message):
        vetoes(tmp_path, row)


def test_roll_calls_are_numbered_within_their_session(tmp_path: Path) -> None:
    blank = {"importantvote": "1", "unres": "R/1", "amend": "0", "para": "NA", "short": " A title ", "descr": "longer"}
    calls = [(12, 2), (7, 1), (3, 1), (13, 2)]
    rows = [{"rcid": str(rcid), "session": str(session), "date": "1947-01-02"} | blank for rcid, session in calls]
    library.import_path(written(tmp_path / "unga_roll_calls_1.csv", rows), home=tmp_path)
    table = readers.open("unga_roll_calls", home=tmp_path).collect()
    assert table.select("rcid", "session", "number").rows() == [(3, 1, 1), (7, 1, 2), (12, 2, 1), (13, 2, 2)]
    assert table.select("title", "important", "amendment", "paragraph").rows()[0] == ("A title", True, False, None)
