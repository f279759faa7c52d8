"""Files of facts: every kind of mistake in one is named with its place, and none is read as something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from indivisible.apps.comply_command import facts_given
from indivisible.errors import FileError
from indivisible.record.record import Record
from indivisible.rules.case_file import read_map
from indivisible.rules.comply import comply
from indivisible.rules.force import force
from indivisible.rules.holdings import COLUMNS

HEAD = ",".join(COLUMNS).encode()
ROW = b"RUS,flank_1996,battle_tanks,total,declared,1300,1300,1999-07-01"
BAD_FACTS = {
    "nothing": (b"", "it is empty"),
    "only a remark": (b"# later\n", "it is empty"),
    "a list": (b"- a\n", "it is not a map"),
    "no YAML": (b"a: [1\n", "line 2"),
    "another encoding": ("name: Münster\n".encode("latin-1"), "byte 7 is not UTF-8"),
    "a name twice": (b"tanks: 5\ntanks: 6\n", "line 2: 'tanks' stands twice"),
    "a day that does not exist": (b"starts: 2019-02-30\n", "line 1: '2019-02-30' is not a day"),
    "a point that may part thousands": (b"troops: 9.500\n", "9.500 may be read in two ways (write 9500, or 9.5)"),
}


@pytest.mark.parametrize("name", BAD_FACTS)
def test_a_bad_file_of_facts_is_named_with_its_place(tmp_path: Path, name: str) -> None:
    content, says = BAD_FACTS[name]
    path = tmp_path / "facts.yaml"
    path.write_bytes(content)
    with pytest.raises(FileError) as caught:
        read_map(path, begin="one `name: value` a line")
    assert says in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_folder_and_a_file_that_is_not_there(tmp_path: Path, record: Record) -> None:
    for path, says in ((tmp_path, "Is a directory"), (tmp_path / "no.yaml", "No such file")):
        with pytest.raises(FileError, match=says):
            facts_given(str(path), ())
        with pytest.raises(FileError, match=says):
            force(record, path)
        with pytest.raises(FileError, match=says):
            comply(record, "CFE_1990", on="1999-07-01", holdings=path)


def test_names_and_numbers_stay_as_written(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text("on: 2020-05-01\nno: 1\nweight: 16.5\nopen: 12.3456\n", encoding="utf-8")
    found = read_map(path, begin="a name")
    assert list(found) == ["on", "no", "weight", "open"]
    assert (found["weight"], found["open"]) == (16.5, 12.3456)


BAD_HOLDINGS = {
    "nothing": (b"", "it is empty"),
    "a heading and nothing below it": (HEAD + b"\n\n", "there is no row below the heading"),
    "another encoding": (HEAD + b"\nT\xfcrkei" + ROW[3:], "is not UTF-8"),
    "an open quotation mark": (HEAD + b'\n"' + ROW, "it is not CSV"),
    "other marks between fields": (HEAD.replace(b",", b";") + b"\n", "the first row is state;zone"),
    "half a tank": (HEAD + b"\n" + ROW.replace(b"1300", b"1300.5"), "'1300.5' is not a whole number"),
    "a point that parts thousands": (HEAD + b"\n" + ROW.replace(b"1300", b"1.300"), "'1.300' is not a whole number"),
    "a count in other figures": (HEAD + b"\n" + ROW.replace(b"1300", b"1e3"), "'1e3' is not a whole number"),
    "a day that does not exist": (HEAD + b"\n" + ROW.replace(b"07-01", b"06-31"), "row 2, field date: '1999-06-31'"),
}


@pytest.mark.parametrize("name", BAD_HOLDINGS)
def test_a_bad_file_of_holdings_is_named(tmp_path: Path, record: Record, name: str) -> None:
    content, says = BAD_HOLDINGS[name]
    path = tmp_path / "holdings.csv"
    path.write_bytes(content)
    with pytest.raises(FileError) as caught:
        comply(record, "CFE_FLANK_1996", on="1999-07-01", state="RUS", holdings=path)
    assert says in str(caught.value)


def test_parts_of_things_are_refused_where_things_are_counted(record: Record) -> None:
    for fact, value in (("deployed_icbms", 9.5), ("deployed_icbms", "9..10.5")):
        with pytest.raises(FileError, match="not a whole number"):
            comply(record, "NEW_START_2010", on="2019-01-01", facts={fact: value})
    comply(record, "CFE_1990", on="1999-07-01", facts={"item_weight": 16.4})
    comply(record, "CSTO_CHARTER_2002", on="2025-01-01", facts={"years_unpaid": 1.9})


def row(date: str, count: int) -> dict[str, object]:
    return {
        "state": "RUS", "zone": "flank_1996", "category": "battle_tanks", "status": "total", "basis": "declared",
        "count": count, "date": date,
    }  # fmt: skip


def test_what_is_left_out_is_said(record: Record) -> None:
    facts = {"holdings": [row("1999-01-01", 1900), row("1999-07-01", 1300), row("1999-07-02", 1901)]}
    answer = comply(record, "CFE_FLANK_1996", on="1999-07-01", state="RUS", facts=facts)
    assert answer.to_dict()["remarks"] == [
        "1 row of the holdings is left out: dated after 1999-07-01.",
        "1 row of the holdings is left out: there are later figures of the same state, basis and category.",
    ]
    assert "dated after 1999-07-01" in answer.sentence()
    assert comply(record, "CFE_FLANK_1996", on="1999-07-01", facts={}).remarks == ()


def test_a_contradiction_is_refused_whichever_article_asks(record: Record) -> None:
    stored = row("1999-07-01", 1301) | {"status": "stored", "zone": "pskov_oblast"}
    whole = row("1999-07-01", 1300) | {"zone": "pskov_oblast"}
    with pytest.raises(FileError, match="contradict each other"):
        comply(record, "CFE_1990", on="1999-07-01", facts={"holdings": [stored, whole]})


def test_states_of_any_table_are_known_by_any_of_their_names(record: Record) -> None:
    rows = [{"state": "Belgium", "category": "battle_tanks", "count": 334}]
    told = {"notified_levels": rows, "total_holdings": [{**rows[0], "state": "BEL"}]}
    found = comply(record, "CFE_1990", on="1995-01-01", state="BEL", facts=told).to_dict()
    (tanks,) = (one for one in found["findings"] if one["article"] == "VII(1)" and one["unit"] == "battle tanks")
    assert (tanks["verdict"], tanks["margin"]) == ("yes", 0)


def test_a_state_of_a_table_that_nobody_knows_is_told_with_its_row_and_field(record: Record) -> None:
    rows = [{"state": "Belgium", "category": "battle_tanks", "count": 334}]
    rows.append({"state": "Narnia", "category": "battle_tanks", "count": 1})
    with pytest.raises(FileError, match="Narnia") as told:
        comply(record, "CFE_1990", on="1995-01-01", facts={"notified_levels": rows})
    assert "row 2, field state" in told.value.where
