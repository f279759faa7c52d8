"""A file that is not what it claims to be: each kind is refused with one clear sentence."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from indivisible import readers
from indivisible.errors import FileError, MissingData, QuestionError
from indivisible.readers import library

HEAD = "stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version\n"
ROWS = "AAA,901,2015,10,1,-9,3,100,40,0.25,2025\nBBB,902,2015,-9,2,0,3,100,40,0.75,2025\n"


def nmc(folder: Path, text: str | bytes, name: str = "NMC-60-abridged.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refusal(path: Path, home: Path) -> str:
    with pytest.raises(FileError) as caught:
        library.import_path(path, home=home)
    message = str(caught.value)
    assert path.name in message
    assert "\n" not in message, "one line"
    assert caught.value.exit_code == 3
    assert not (home / "data").exists()
    return message


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"),
        (b"  \n\n", "empty"),
        (HEAD.encode(), "no rows"),
        (b"<!DOCTYPE html>\n<html><body>Please log in</body></html>", "web page"),
        (b"\xef\xbb\xbf <HTML>", "web page"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "Git LFS"),
        (b"PK\x03\x04....", "archive or spreadsheet is truncated"),
        (b"\x1f\x8b\x08....", "gzip"),
        ((HEAD + ROWS).encode("utf-16"), "UTF-16"),
        ((HEAD + ROWS.replace("AAA", "ÅÅÅ")).encode("latin-1"), "not UTF-8"),
        ((HEAD + ROWS + ROWS[:30]).encode(), "row 4 has 10 fields, the header 11: the file is truncated or damaged"),
        ((HEAD + "AAA,901,2015,10\n\n" + ROWS).encode(), "row 2 has 4 fields"),
        ((HEAD + ROWS + "\n" + ROWS.replace("2015", "2016")).encode(), "follows a blank line"),
        ((HEAD + ROWS + '"AAA,901').encode(), "quoted field"),
        (HEAD.replace("pec", "irst").encode() + ROWS.encode(), "the column 'irst' stands twice"),
        (b"\x00\x01\x02\x03 binary \x00\n", ""),
    ],
)
def test_impostors_are_refused(content: bytes, expected: str, tmp_path: Path) -> None:
    assert expected in refusal(nmc(tmp_path, content), tmp_path / "home")


@pytest.mark.parametrize("content", [b"PAR1 cut short", b"not parquet at all", b"PAR1" + b"\0" * 40 + b"PAR1"])
def test_a_broken_parquet_file_is_refused(content: bytes, tmp_path: Path) -> None:
    message = refusal(nmc(tmp_path, content, "cow_nmc.parquet"), tmp_path / "home")
    assert "Parquet" in message


def test_a_broken_stata_file_is_refused(tmp_path: Path) -> None:
    assert "Stata" in refusal(nmc(tmp_path, b"<stata_dta> no", "atop5_1ddyr.dta"), tmp_path / "home")


def test_a_stata_file_is_read(tmp_path: Path) -> None:
    import pyreadstat

    row = {"ddyad": 901902.0, "year": 2015.0, "stateA": 901.0, "stateB": 902.0, "atopally": 1.0, "number": 1.0}
    pledges = {"defense": 1.0, "offense": 0.0, "neutral": 0.0, "nonagg": 1.0, "consul": None}
    frame = pl.DataFrame([row | pledges], schema_overrides={"consul": pl.Float64})
    pyreadstat.write_dta(frame, str(tmp_path / "atop5_1ddyr.dta"))
    library.import_path(tmp_path / "atop5_1ddyr.dta", home=tmp_path)
    found = readers.open("atop_directed", home=tmp_path).collect().row(0, named=True)
    assert (found["defense"], found["offense"], found["consul"]) == (True, False, None)


def test_trailing_blank_lines_and_a_byte_order_mark_are_harmless(tmp_path: Path) -> None:
    library.import_path(nmc(tmp_path, b"\xef\xbb\xbf" + (HEAD + ROWS + "\n\n").encode()), home=tmp_path)
    assert readers.open("nmc", home=tmp_path).collect().height == 2


def test_a_missing_code_is_null_and_a_zero_stays_zero(tmp_path: Path) -> None:
    library.import_path(nmc(tmp_path, HEAD + ROWS), home=tmp_path)
    first, second = readers.open("nmc", home=tmp_path).collect().sort("ccode").rows(named=True)
    assert (first["irst"], second["irst"]) == (None, 0)
    assert (first["milex"], second["milex"]) == (10, None)


def test_all_bad_rows_are_counted_and_the_first_twenty_named(tmp_path: Path) -> None:
    rows = "".join(f"AAA,{at},2015,ten,1,1,3,100,40,0.25,2025\n" for at in range(1, 31))
    message = refusal(nmc(tmp_path, HEAD + rows), tmp_path / "home")
    assert message.count("is not a whole number") == 20
    assert "30 values do not fit: row 2, column milex: 'ten'" in message
    assert "and 10 more" in message


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("1.5", "'1.5' is not a whole number"), ("-8", "-8 is below 0"), ("nan", "'nan' is not"), ("inf", "'inf' is not")],
)
def test_values_out_of_type_or_range_are_named(cell: str, expected: str, tmp_path: Path) -> None:
    rows = ROWS.replace("2015,10,", f"2015,{cell},")
    assert f"row 2, column milex: {expected}"[:40] in refusal(nmc(tmp_path, HEAD + rows), tmp_path / "home")


def test_a_whole_number_written_with_a_point_is_one(tmp_path: Path) -> None:
    library.import_path(nmc(tmp_path, HEAD + ROWS.replace("2015,10,", "2015,10.0,")), home=tmp_path)
    assert readers.open("nmc", home=tmp_path).collect()["milex"].to_list() == [10, None]


def test_an_unknown_column_comes_with_its_near_name(tmp_path: Path) -> None:
    message = refusal(nmc(tmp_path, HEAD.replace("milper", "milpers") + ROWS), tmp_path / "home")
    assert "unknown column 'milpers' (near: 'milper'); missing column 'milper' (near: 'milpers')" in message


def test_a_file_that_no_reader_knows(tmp_path: Path) -> None:
    assert "neither the name nor the columns" in refusal(nmc(tmp_path, "a,b\n1,2\n", "x.csv"), tmp_path / "home")
    with pytest.raises(FileError, match="no such file"):
        library.import_path(tmp_path / "nothing.csv", home=tmp_path)


def test_columns_tell_where_the_name_does_not(tmp_path: Path) -> None:
    report = library.import_path(nmc(tmp_path, HEAD + ROWS, "download (3).csv"), home=tmp_path)
    assert report.outcomes[0].dataset == "nmc"


def test_columns_that_fit_two_datasets_are_not_guessed(tmp_path: Path) -> None:
    path = nmc(tmp_path, "Country Name,Country Code,Year,Value\nAland,ALA,1999,5\n", "download.csv")
    assert "fit several datasets: wb_gdp, wb_population" in refusal(path, tmp_path / "home")
    report = library.import_path(path, dataset="wb_gdp", home=tmp_path)
    assert report.outcomes[0].dataset == "wb_gdp"


def test_unknown_dataset_and_one_not_imported(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match=r"near names: .*nmc"):
        readers.open("nmcc", home=tmp_path)
    with pytest.raises(MissingData, match="is not imported") as caught:
        readers.open("nmc", home=tmp_path)
    assert "indivisible data import" in str(caught.value)


def test_pairs_that_differ_between_directions_are_refused(tmp_path: Path) -> None:
    text = "ccode1,ccode2,year,mindist\n901,902,2000,5\n902,901,2000,6\n"
    assert "901 and 902 in 2000" in refusal(nmc(tmp_path, text, "cow_mindist.csv"), tmp_path / "home")
    library.import_path(nmc(tmp_path, text.replace(",6", ",5"), "cow_mindist.csv"), home=tmp_path)
    assert readers.open("cow_mindist", home=tmp_path).collect().rows() == [(901, 902, 2000, 5.0)]


def test_a_spell_that_reaches_the_end_of_the_data_has_no_end(tmp_path: Path) -> None:
    head = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n"
    rows = "AAA,901,Aland,1900,1,1,2016,12,31,2016\nBBB,902,Bland,1900,1,1,1990,10,2,2016\n"
    library.import_path(nmc(tmp_path, head + rows, "states2016.csv"), home=tmp_path)
    aland, bland = readers.open("cow_states", home=tmp_path).collect().sort("ccode").rows(named=True)
    assert aland["ends"] is None
    assert aland["known_to"].isoformat() == "2017-01-01"
    assert bland["ends"].isoformat() == "1990-10-03"


def test_states_of_a_conflict_are_split_by_side(tmp_path: Path) -> None:
    from indivisible.readers.dataset import dataset

    layout = next(one for one in dataset("ucdp_acd").layouts if one.name == "publisher")
    row = dict.fromkeys(layout.columns, "x") | {
        "conflict_id": "7", "year": "1999", "incompatibility": "1", "intensity_level": "2", "type_of_conflict": "4",
        "start_date": "1999-02-03", "start_date2": "1999-02-04 00:00:00", "ep_end": "0", "ep_end_date": "",
        "gwno_a": "901", "gwno_a_2nd": "902, 903", "gwno_b": "", "gwno_b_2nd": ""}  # fmt: skip
    text = ",".join(row) + "\n" + ",".join(f'"{value}"' for value in row.values()) + "\n"
    library.import_path(nmc(tmp_path, text, "UcdpPrioConflict_v25_1.csv"), home=tmp_path)
    table = readers.open("ucdp_acd", home=tmp_path).collect()
    assert table.select("gwcode", "side", "role").rows() == [
        (901, "a", "primary"),
        (902, "a", "secondary"),
        (903, "a", "secondary"),
    ]
    assert set(table["type_of_conflict"]) == {"internationalized"}


@pytest.mark.parametrize(
    ("begin", "end"), [("1900,2,30", "1950,1,1"), ("1900,1,1", "1950,6,31"), ("1960,1,1", "1950,1,1")]
)
def test_a_spell_without_days_of_the_calendar_is_refused(begin: str, end: str, tmp_path: Path) -> None:
    head = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n"
    path = nmc(tmp_path, f"{head}AAA,901,Aland,{begin},{end},2016\n", "states2016.csv")
    assert "rows of data 1" in refusal(path, tmp_path / "home")


def test_a_code_that_a_reader_cannot_turn_into_a_number_is_refused(tmp_path: Path) -> None:
    text = "Country,1999\nAland,1\nBland,xxx\nCland,...\n"
    library.import_path(nmc(tmp_path, text, "sipri_current.csv"), home=tmp_path)
    assert readers.open("sipri_milex", home=tmp_path).collect()["country"].to_list() == ["Aland"]
