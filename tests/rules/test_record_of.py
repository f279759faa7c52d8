"""Known decisions of bodies: what ships, put to its rule in tests/cases/councils, and what imported data add."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

from indivisible.apps.cli import main
from indivisible.apps.desk import Desk
from indivisible.errors import MissingData, QuestionError
from indivisible.readers import library
from indivisible.record.record import Record
from indivisible.rules.councils import COUNCILS
from indivisible.rules.decide import decide
from indivisible.rules.decision_case import read_many
from indivisible.rules.decisions_of import FOLDER, RECALLED, decisions_of
from indivisible.rules.imported_decisions import Asked, roll_calls, vetoes
from reference_material import shared

DATA = shared("data", "INDIVISIBLE_DATA")
VETOES = DATA / "unsc_vetoes_1946_2022.csv"
FILES = ("unga_votes_cow_1946_2024.parquet", "unga_roll_calls.parquet", "unga_roll_call_issues.csv", VETOES.name)
needs_data = pytest.mark.skipif(not VETOES.is_file(), reason=f"the published datasets are not at {DATA}")
CASES = [(path.stem, case) for path in sorted(FOLDER.glob("*.yaml")) for case in read_many(path)]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("decisions")
    for name in FILES:
        library.import_path(DATA / name, home=folder)
    return folder


def test_cases_are_numbered_once_and_have_sources() -> None:
    numbers = [case["case"] for _, case in CASES]
    assert len(numbers) == len(set(numbers))
    assert {body for body, _ in CASES} <= {council.KEY.lower() for council in COUNCILS}
    for _, case in CASES:
        assert str(case["source"]).removesuffix(RECALLED).strip(), case["case"]
        assert str(case["case"]).endswith(str(case["on"])) or str(case["case"])[:-2].endswith(str(case["on"]))


@needs_data
def test_those_who_vetoed_are_those_of_the_published_list(record: Record, home: Path) -> None:
    listed = {row["decision"].partition(" (")[0]: row for row in vetoes(record, Asked(), home=home).rows}
    compared = 0
    for body, case in CASES:
        draft = case["title"].partition(",")[0]
        if body != "unsc" or draft not in listed:
            continue
        found = decide(record, case)
        permanent = set(found.meeting.holders("permanent_member"))
        against = sorted(state for state, vote in found.ballot.items() if vote == "no" and state in permanent)
        assert (against, str(case["on"])) == (listed[draft]["against"], listed[draft]["date"]), draft
        compared += 1
    assert compared >= 12


@needs_data
def test_vetoes_were_cast_by_permanent_members_of_the_day(record: Record, home: Path) -> None:
    rows = vetoes(record, Asked(), home=home).rows
    assert len(rows) == 214
    by_whom = pl.DataFrame({"who": [state for row in rows for state in row["against"]]})["who"].value_counts()
    assert dict(by_whom.rows()) == {"SUN": 90, "USA": 82, "RUS": 31, "GBR": 29, "CHN": 17, "FRA": 16}


@needs_data
def test_one_draft_stands_once_with_the_votes_of_the_case(record: Record, home: Path) -> None:
    answer = decisions_of(record, "UNSC", home=home)
    (row,) = [row for row in answer.rows() if row["decision"].startswith("S/2022/155")]
    assert (row["yes"], row["no"], row["abstain"], row["against"]) == (11, 1, 3, ["RUS"])
    assert row["source"].endswith("unsc_vetoes")
    assert row["subject"].startswith("Letter dated 28 February 2014")
    shipped = sum(body == "unsc" for body, _ in CASES)
    both = sum(row["case"] is not None and row["source"].endswith("unsc_vetoes") for row in answer.rows())
    assert len(answer.rows()) == 214 + shipped - both
    assert "1946 to 2022, the last of 2022-07-08" in answer.sentence()
    assert [row["date"] for row in answer.rows()] == sorted(row["date"] for row in answer.rows())


@needs_data
def test_years_at_both_ends_are_within(record: Record, home: Path) -> None:
    dates = [row["date"] for row in decisions_of(record, "UNSC", first=2014, last=2015, home=home).rows()]
    assert {date[:4] for date in dates} == {"2014", "2015"}
    assert len(dates) == len([d for d in dates if "2014-01-01" <= d <= "2015-12-31"])


def test_without_the_list_of_vetoes_the_cases_remain_and_it_says_so(record: Record, tmp_path: Path) -> None:
    answer = decisions_of(record, "Security Council", home=tmp_path)
    assert len(answer.rows()) == sum(body == "unsc" for body, _ in CASES)
    assert "(unsc_vetoes) is not imported" in answer.sentence()
    assert answer.sources() == ()


def test_named_votes_are_counted_over_the_members_of_the_day(record: Record, tmp_path: Path) -> None:
    rows = {row["case"]: row for row in decisions_of(record, "UNSC", home=tmp_path).rows()}
    printed = {
        "UNSC-1950-06-27": (7, 1, 0, 3),
        "UNSC-1990-08-02": (14, 0, 0, 1),
        "UNSC-2002-11-08": (15, 0, 0, 0),
        "UNSC-2022-09-30": (10, 1, 4, 0),
        "UNSC-2022-11-02": (2, 3, 10, 0),
    }
    for case, votes in printed.items():
        assert tuple(rows[case][name] for name in ("yes", "no", "abstain", "other")) == votes
    assert rows["UNSC-2022-11-02"]["against"] == ["FRA", "GBR", "USA"]
    assert rows["UNSC-1950-06-27"]["recalled"]
    assert not rows["UNSC-1990-08-02"]["recalled"]
    assembly = {row["case"]: row for row in decisions_of(record, "UNGA", home=tmp_path).rows()}
    assert tuple(assembly["UNGA-2022-03-02"][name] for name in ("yes", "no", "abstain", "other")) == (141, 5, 35, 12)
    assert tuple(assembly["UNGA-2022-10-12"][name] for name in ("yes", "no", "abstain", "other")) == (143, 5, 35, 10)
    assert assembly["UNGA-2022-11-14"]["against"] is None  # numbers only


def test_where_nobody_votes_there_are_no_numbers(record: Record, tmp_path: Path) -> None:
    (kazakhstan,) = decisions_of(record, "CSTO", home=tmp_path).rows()
    assert kazakhstan["consensus"]
    assert kazakhstan["yes"] is None
    osce = {row["date"]: row for row in decisions_of(record, "OSCE", home=tmp_path).rows()}
    assert osce["1992-07-08"]["consensus"]
    assert osce["2022-03-31"]["against"] == ["RUS"]
    assert (osce["2020-09-17"]["consensus"], osce["2020-09-17"]["yes"]) == (False, 17)
    assert decisions_of(record, "ASEAN", home=tmp_path).rows() == []


@needs_data
def test_the_roll_calls_of_a_session(record: Record, home: Path) -> None:
    answer = decisions_of(record, "UN", session=74, home=home)
    rows = {row["decision"]: row for row in answer.rows()}
    assert len(answer.rows()) == 91
    embargo = rows["A/RES/74/7"]
    assert (embargo["yes"], embargo["no"], embargo["abstain"], embargo["outcome"]) == (187, 3, 2, "adopted")
    assert embargo["date"] == "2019-11-07"
    nuclear = decisions_of(record, "UN", session=74, issue="nu", home=home)
    assert len(nuclear.rows()) == 17
    assert "what 1 further roll calls were about" in nuclear.sentence()


def votes(folder: Path, *calls: tuple[int, int]) -> Path:
    """Roll calls with so many for and against, in a file of our own."""
    lines = ["resid,session,ccode,date,year,vote"]
    for number, (yes, no) in enumerate(calls, start=1):
        cast = [1] * yes + [3] * no + [2]
        lines += [f"{1000 + number},1,{code},1946-12-0{number},1946,{vote}" for code, vote in enumerate(cast, start=2)]
    path = folder / "unga_votes_cow_invented.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    library.import_path(path, home=folder)
    return folder


def test_what_follows_from_numbers_alone(record: Record, tmp_path: Path) -> None:
    """Two thirds carry either way, no majority carries neither; between these the numbers do not tell."""
    home = votes(tmp_path, (4, 2), (5, 3), (3, 3), (4, 3), (2, 1))
    rows = roll_calls(record, Asked(session=1), home=home).rows
    assert [row["outcome"] for row in rows] == ["adopted", None, "rejected", None, "adopted"]
    assert [row["decision"] for row in rows][:2] == ["roll call 1001", "roll call 1002"]
    assert "2 of which the outcome is not known" in decisions_of(record, "UN", session=1, home=home).sentence()


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"body": "Freedonia"}, "no rules of a body called 'Freedonia'"),
        ({"body": "CSTO", "session": 3}, "no roll calls by session are known of CSTO"),
        ({"body": "UNSC", "issue": "nu"}, "no roll calls by session are known of UNSC"),
        ({"body": "UNSC", "first": 2020, "last": 2010}, "the years end"),
    ],
)
def test_questions_that_have_no_answer(record: Record, tmp_path: Path, asked: dict[str, Any], message: str) -> None:
    with pytest.raises(QuestionError, match=message):
        decisions_of(record, home=tmp_path, **asked)


def test_a_session_needs_the_votes(record: Record, tmp_path: Path) -> None:
    with pytest.raises(MissingData, match="unga_votes"):
        decisions_of(record, "UN", session=74, home=tmp_path)
    with pytest.raises(QuestionError, match="no roll call was taken then"):
        decisions_of(record, "UN", session=9, home=votes(tmp_path, (1, 1)))


def test_the_command_and_the_desk(record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INDIVISIBLE_HOME", str(tmp_path))
    shown = CliRunner().invoke(main, ["record-of", "CSTO"])
    assert shown.exit_code == 0, shown.output
    assert "no objection" in shown.output
    answer = json.loads(CliRunner().invoke(main, ["record-of", "OSCE", "--from", "2022", "--json"]).output)
    assert answer["schema"] == "record-of/1"
    assert [row["outcome"] for row in answer["rows"]] == ["rejected", "adopted"]
    found = Desk(record).councils.record_of("EU")
    assert [row["no"] for row in found.rows()] == [4, 6]
    assert found.to_polars().height == 2
    assert CliRunner().invoke(main, ["record-of", "UN", "--session", "74"]).exit_code == 6
