"""Cohesion of a body in the Assembly: published numbers, who was counted, chance, issues, and what the command says."""

from __future__ import annotations

import csv
import json
import math
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from indivisible.apps.cli import main
from indivisible.apps.desk import Desk
from indivisible.errors import MissingData, QuestionError
from indivisible.measures.cohesion import expected_lijphart, lijphart
from indivisible.panels.cohesion_of import INDICES, Cohesion, cohesion_of
from indivisible.panels.roll_call_subjects import issue_of, subjects
from indivisible.readers import library
from indivisible.record.record import Record
from reference_material import shared

Row = dict[str, Any]
DATA = shared("data", "INDIVISIBLE_DATA")
FILES = ("unga_votes_cow_1946_2024.parquet", "unga_roll_calls.parquet", "unga_roll_call_issues.csv")
needs_data = pytest.mark.skipif(not (DATA / FILES[0]).is_file(), reason=f"the published datasets are not at {DATA}")
counts = st.tuples(*[st.integers(0, 9)] * 3)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("votes")
    for name in FILES:
        library.import_path(DATA / name, home=folder)
    return folder


@given(counts)
def test_lijphart_is_the_mean_over_pairs(votes: tuple[int, int, int]) -> None:
    cast = [1.0] * votes[0] + [3.0] * votes[1] + [2.0] * votes[2]
    pairs = [1 - abs(one - other) / 2 for one, other in combinations(cast, 2)]
    found = float(lijphart(*votes))
    if pairs:
        assert found == pytest.approx(np.mean(pairs), abs=1e-12)
    else:
        assert math.isnan(found)


@pytest.mark.parametrize(
    ("votes", "value"), [((2, 0, 0), 1.0), ((1, 1, 0), 0.0), ((1, 0, 1), 0.5), ((2, 1, 1), 5 / 12)]
)
def test_lijphart_by_hand(votes: tuple[int, int, int], value: float) -> None:
    """Of yes, yes, no, abstain: pairs 1, 0, 0, 1/2, 1/2, 1/2."""
    assert float(lijphart(*votes)) == pytest.approx(value)


def test_lijphart_by_chance_is_five_ninths_whatever_the_size() -> None:
    for members in (2, 3, 5):
        outcomes = np.array(np.meshgrid(*[(1, 2, 3)] * members)).reshape(members, -1)
        yes, abstain, no = ((outcomes == vote).sum(axis=0) for vote in (1, 2, 3))
        assert float(lijphart(yes, no, abstain).mean()) == pytest.approx(expected_lijphart(members))
    assert math.isnan(expected_lijphart(1))


@needs_data
@pytest.mark.parametrize(
    ("body", "members_on", "rice", "index"),
    # models.md section 9, session 74: the Union without the United Kingdom, which left as the session went on
    [("EU", "2020-02-01", 0.936647, 0.918803), ("CSTO", None, 0.915751, 0.830769)],
)
def test_published_numbers(
    record: Record, home: Path, body: str, members_on: str | None, rice: float, index: float
) -> None:
    (row,) = cohesion_of(body, session=74, members_on=members_on, record=record, home=home).rows()
    assert row["rice"] == pytest.approx(rice, abs=5.1e-7)
    assert row["agreement_index"] == pytest.approx(index, abs=5.1e-7)
    assert row["attina"] == pytest.approx((4 * index - 1) / 3, abs=1e-6)
    assert row["roll_calls"] == 91
    assert row["unsure"] == 0
    chance = {"EU": (0.208922, 0.143320), "CSTO": (0.372940, 0.321)}[body]
    assert row["rice_by_chance"] == pytest.approx(chance[0], abs=5.1e-7)
    assert row["agreement_index_by_chance"] == pytest.approx(chance[1], abs=0.001)
    assert row["lijphart_by_chance"] == pytest.approx(5 / 9)


@needs_data
def test_the_same_by_hand_from_the_file(record: Record, home: Path) -> None:
    """Six members of session 74, their codes written out, every index by definition."""
    votes = pl.read_parquet(DATA / FILES[0]).filter(pl.col("session") == 74)
    told = votes.group_by("resid").agg(pl.col("vote").n_unique()).filter(pl.col("vote") > 1)["resid"]
    own = votes.filter(pl.col("ccode").is_in([371, 370, 705, 703, 365, 702]), pl.col("resid").is_in(told.to_list()))
    found: dict[str, list[float]] = {"rice": [], "agreement_index": [], "lijphart": []}
    for _, part in own.group_by("resid"):
        cast = part["vote"].to_list()
        yes, abstain, no = (cast.count(vote) for vote in (1, 2, 3))
        if yes + no:
            found["rice"].append(abs(yes - no) / (yes + no))
        most, total = max(yes, no, abstain), len(cast)
        found["agreement_index"].append((most - (total - most) / 2) / total)
        pairs = [1 - abs(a - b) / 2 for a, b in combinations(cast, 2)]
        if pairs:
            found["lijphart"].append(sum(pairs) / len(pairs))
    (row,) = cohesion_of("CSTO", session=74, record=record, home=home).rows()
    for name, values in found.items():
        assert row[name] == pytest.approx(np.mean(values), abs=1e-9), name


@needs_data
def test_members_are_those_of_the_day_of_each_vote(record: Record, home: Path) -> None:
    answer = cohesion_of("NATO", sessions_of=(71, 71), record=record, home=home)
    (told,) = answer.to_dict()["members"]
    assert len(told["throughout"]) == 28
    assert told["at_some"] in ([], ["MNE"])
    before = cohesion_of("NATO", session=71, members_on="2017-06-04", record=record, home=home).to_dict()["members"][0]
    after = cohesion_of("NATO", session=71, members_on="2017-06-05", record=record, home=home).to_dict()["members"][0]
    assert set(after["throughout"]) - set(before["throughout"]) == {"MNE"}
    assert "ARM, BLR, KAZ, KGZ, RUS, TJK" in cohesion_of("CSTO", session=74, record=record, home=home).sentence()


@needs_data
def test_over_time_one_row_a_session_with_nothing_where_there_was_no_body(record: Record, home: Path) -> None:
    rows = cohesion_of("CSTO", sessions_of=(46, 50), record=record, home=home).rows()
    assert [row["session"] for row in rows] == [46, 47, 48, 49, 50]
    assert [row["year"] for row in rows] == [1991, 1992, 1993, 1994, 1995]
    assert [row["rice"] is None for row in rows] == [True, True, False, False, False]  # in force on 1994-04-20
    assert rows[0]["roll_calls"] == 0
    assert all(row[f"{name}_by_chance"] is None for row in rows[:2] for name in INDICES)


@needs_data
def test_without_a_session_it_is_the_last_of_the_file(record: Record, home: Path) -> None:
    assert [row["session"] for row in cohesion_of("CSTO", record=record, home=home).rows()] == [78]


@needs_data
def test_issues_are_matched_by_place_and_day(record: Record, home: Path) -> None:
    answer = cohesion_of("CSTO", session=74, by_issue=True, record=record, home=home)
    rows = {row["issue"]: row for row in answer.rows()}
    assert list(rows) == ["all", "me", "nu", "di", "hr", "co", "ec"]
    calls = pl.read_parquet(DATA / FILES[1]).filter(pl.col("session") == 74)
    listed = pl.read_csv(DATA / FILES[2]).join(calls, on="rcid").group_by("short_name").len()
    assert {issue: row["roll_calls"] for issue, row in rows.items() if issue != "all"} == dict(listed.rows())
    assert rows["all"] == rows["all"] | {"roll_calls": 91, "issue": "all"}
    assert answer.extra["notes"] == [
        "session 74: the list of issues gives the very same roll calls to co and di and ec"
    ]  # a flaw of the published list
    one = cohesion_of("CSTO", session=74, issues=["nuclear weapons"], record=record, home=home)
    assert one.rows() == [rows["nu"]]
    assert one.extra["notes"] == []


@needs_data
def test_a_roll_call_that_cannot_be_matched_is_unknown_not_about_nothing(record: Record, home: Path) -> None:
    """In sessions 71 to 73 the cleaned file has another order: most days differ, and so most issues are unknown."""
    known = {session: subjects(session, session, home=home).issues for session in (70, 72, 75)}
    assert len(known[70]) > 60
    assert len(known[72]) < 20
    assert known[75] == {}  # after the end of the list
    (row,) = cohesion_of("CSTO", session=72, issues=["nu"], record=record, home=home).rows()
    assert row["issue_unknown"] > 60
    with pytest.raises(QuestionError, match="what these roll calls are about is not known"):
        cohesion_of("CSTO", session=78, issues=["nu"], record=record, home=home)


@needs_data
def test_titles_and_resolutions(home: Path) -> None:
    about = subjects(74, 74, home=home)
    assert about.resolution[74002] == "A/RES/74/7"
    assert about.title[74003] == "Peaceful settlement of the question of Palestine"


def test_issues_by_code_or_name() -> None:
    assert issue_of(" NU ") == "nu"
    assert issue_of("human rights") == "hr"
    with pytest.raises(QuestionError, match="me \\(Middle East\\)"):
        issue_of("peace")


def test_the_publishers_own_file_tells_issues_itself(record: Record, tmp_path: Path) -> None:
    rows: list[Row] = []
    for number, (mine, other) in enumerate([(1, 3), (1, 1), (3, 1)], start=500):
        told = {"rcid": number, "session": 60, "date": "2005-11-01", "me": number % 2, "nu": 0}
        rows += [{**told, "ccode": code, "vote": vote} for code, vote in ((2, mine), (200, other), (365, 2))]
    path = tmp_path / "UNVotes1.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    library.import_path(path, home=tmp_path)
    whole, me, nu = cohesion_of(
        "NATO", session=60, issues=["me", "nu"], by_issue=True, record=record, home=tmp_path
    ).rows()
    assert (whole["roll_calls"], me["roll_calls"], nu["roll_calls"]) == (3, 1, 0)
    assert (whole["rice"], me["rice"], nu["rice"]) == (pytest.approx(1 / 3), 1.0, None)
    assert me["issue_unknown"] == 0
    assert whole["rice_by_chance"] == pytest.approx(0.5)


def test_without_votes_it_says_what_to_import(record: Record, tmp_path: Path) -> None:
    with pytest.raises(MissingData, match="unga_votes"):
        cohesion_of("CSTO", session=74, record=record, home=tmp_path)


@needs_data
@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"session": 200}, "no session 200"),
        ({"session": 74, "sessions_of": (1, 2)}, "both one session and a span"),
        ({"session": 74, "data": "votes"}, "use un-votes"),
        ({"session": 74, "issues": ["x"]}, "no issue is called 'x'"),
    ],
)
def test_questions_that_have_no_answer(asked: Row, message: str, record: Record, home: Path) -> None:
    with pytest.raises(QuestionError, match=message):
        cohesion_of("CSTO", record=record, home=home, **asked)


@needs_data
def test_the_command_and_the_desk(record: Record, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INDIVISIBLE_HOME", str(home))

    def run(*words: str) -> str:
        result = CliRunner().invoke(main, ["cohesion", *words])
        assert result.exit_code == 0, result.output
        return result.output

    shown = run("CSTO", "--session", "74")
    assert "0.916" in shown
    assert "by chance" in shown
    assert "0.373" in shown
    assert "0.916 (0.373)" in run("CSTO", "--sessions", "73-74")
    assert "no member voted" in run("CSTO", "--session", "3")
    answer = json.loads(run("CSTO", "--data", "un-votes", "--session", "74", "--json"))
    assert answer["schema"] == "cohesion/1"
    found = Desk(record).councils.cohesion("CSTO", session=74)
    assert isinstance(found.answer, Cohesion)
    assert found.rows()[0]["rice"] == pytest.approx(answer["rows"][0]["rice"], abs=1e-9)
    assert "bailey_2017" in found.cite()
    for name in ("c.csv", "c.svg"):
        run("CSTO", "--sessions", "60-74", "--out", str(tmp_path / name))
    assert len((tmp_path / "c.csv").read_text().splitlines()) == 16
    assert "rice by chance" in (tmp_path / "c.svg").read_text()
    refused = CliRunner().invoke(main, ["cohesion", "CSTO", "--sessions", "a-b"])
    assert refused.exit_code == 2
    assert "write --sessions 46-78" in refused.output
