"""A saved run gives the same answer again; what was altered, or would be answered otherwise, is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indivisible.apps.desk import Desk
from indivisible.assess.run_record import DIFFERENT, EQUAL, IDENTICAL, Run, differences, here, parse_run, verified
from indivisible.errors import FileError
from indivisible.record.record import Record

CHANGE = """schema: change/1
name: x
title: X
steps:
  - {id: s1, date: 2010-06-02, do: accede, state: DDD, organization: PACT}
"""


@pytest.fixture
def change(tmp_path: Path) -> str:
    path = tmp_path / "x.yml"
    path.write_text(CHANGE)
    return str(path)


@pytest.fixture
def saved(lands: Record, change: str, tmp_path: Path) -> Path:
    found = Desk(lands).assess(change, models=["deterrence", "distance"], draws=40, seed=3, attribute=True)
    return found.save_run(tmp_path / "run.json")


def test_a_run_computed_again_is_identical(lands: Record, saved: Path) -> None:
    for workers in (1, 2):
        again = Desk(lands).verify(saved, workers=workers)
        assert again.said == IDENTICAL
        assert again.exit_code == 0
        assert "identical" in again.sentence()


def test_saving_twice_gives_the_same_bytes(lands: Record, change: str, saved: Path, tmp_path: Path) -> None:
    other = Desk(lands).assess(change, models=["deterrence", "distance"], draws=40, seed=3, attribute=True, workers=2)
    assert other.save_run(tmp_path / "other.json").read_bytes() == saved.read_bytes()


def test_the_change_is_in_the_run_and_its_file_may_go(lands: Record, change: str, saved: Path) -> None:
    Path(change).unlink()
    assert Desk(lands).verify(saved).said == IDENTICAL


def test_another_record_or_constant_is_said_to_differ(lands: Record, saved: Path, tmp_path: Path) -> None:
    from changes_world import record

    other = record(tmp_path / "facts", "CCC,role,PACT")
    found = Desk(other).verify(saved)
    assert found.said == DIFFERENT
    assert found.exit_code == 7
    assert any(one.startswith("record:") for one in found.differences)
    assert any("verdict" in one for one in found.differences)


def test_a_run_that_was_altered_is_refused(saved: Path) -> None:
    held = json.loads(saved.read_text())
    held["answer"]["models"][0]["states"][0]["verdict"] = "loses"
    with pytest.raises(FileError, match="not the one that was saved"):
        parse_run(json.dumps(held), "run.json")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ("[]", "not a saved run"),
        ('{"schema": "assess/1"}', "not a saved run"),
        ('{"schema": "run/1"}', "lacks version"),
    ],
)
def test_what_is_no_run_is_refused_in_one_line(text: str, said: str) -> None:
    with pytest.raises(FileError, match=said) as problem:
        parse_run(text, "run.json")
    assert "\n" not in str(problem.value)


def run(value: float, state: str = "AAA") -> Run:
    answer: dict[str, Any] = {
        "record": "r",
        "data": {},
        "models": [{"model": "m", "states": [{"state": state, "x": value}]}],
    }
    return Run({}, answer, "1", here())


def test_the_last_digit_may_differ_and_no_more() -> None:
    assert verified("r", run(1.0), run(1.0)).said == IDENTICAL
    close = verified("r", run(1.0), run(1.000000001))
    assert close.said == EQUAL
    assert "equal within 1e-9" in close.sentence()
    far = verified("r", run(1.0), run(1.0000001))
    assert far.said == DIFFERENT
    assert far.differences == ("models[m].states[AAA].x: 1.0 then, 1.0000001 now",)


def test_unknown_is_not_zero_when_two_answers_are_compared() -> None:
    assert list(differences({"x": None}, {"x": 0.0})) == ["x: null then, 0.0 now"]
    assert list(differences({"x": False}, {"x": 0})) == ["x: false then, 0 now"]


def test_another_platform_is_named(saved: Path) -> None:
    elsewhere = Run({}, run(1.1).answer, "1", {**here(), "numpy": "0.1"})
    assert "numpy 0.1 then" in verified("r", elsewhere, run(1.0)).sentence()


def test_two_runs_side_by_side(lands: Record, change: str, saved: Path, tmp_path: Path) -> None:
    chosen = {"deterrence.allies_may_attack": "yes"}
    other = Desk(lands).assess(change, models=["deterrence"], settings=chosen).save_run(tmp_path / "b.json")
    found = Desk(lands).compare(saved, other)
    rows = found.rows()
    assert any("allies_may_attack" in str(row["says"]) for row in rows)
    turned = {row["state"]: (row[str(saved)], row[str(other)]) for row in rows if row["about"] == "verdict"}
    assert turned["AAA"] == ("gains", "loses")
    assert "Only in one of them: distance" in found.sentence()
    same = Desk(lands).compare(saved, saved)
    assert same.rows() == []


@pytest.mark.parametrize("wrong", [{"text": None}, {"draws": "many"}, {"hostility": None}, {"settings": []}])
def test_a_run_whose_question_is_not_whole_is_refused_in_one_line(saved: Path, wrong: dict[str, Any]) -> None:
    held = json.loads(saved.read_text())
    with pytest.raises(FileError, match=next(iter(wrong))):
        parse_run(json.dumps({**held, "question": {**held["question"], **wrong}}), "run.json")
    lacking = {key: value for key, value in held["question"].items() if key not in wrong}
    with pytest.raises(FileError, match=next(iter(wrong))):
        parse_run(json.dumps({**held, "question": lacking}), "run.json")
    for key in ("question", "platform", "answer"):
        with pytest.raises(FileError):
            parse_run(json.dumps({**held, key: []}), "run.json")


def test_a_number_that_json_does_not_know_is_refused_in_one_line(saved: Path) -> None:
    held = json.loads(saved.read_text())
    held["answer"]["models"][0]["materiality"] = float("nan")
    with pytest.raises(FileError, match="NaN"):
        parse_run(json.dumps(held), "run.json")


def test_other_data_are_told_beside_other_verdicts(saved: Path) -> None:
    from indivisible.assess.run_record import compared

    first = parse_run(saved.read_text(), "a")
    second = Run(first.question, {**first.answer, "data": {"nmc": "7.0"}}, first.version, first.platform)
    told = compared(first, second, ("a", "b"))
    assert any("data.nmc" in str(row["says"]) for row in told.rows())
    assert told.sentence().startswith("1 thing was asked otherwise")


def test_another_record_is_said_to_be_another(lands: Record, saved: Path) -> None:
    first = parse_run(saved.read_text(), "a")
    other = Run(first.question, {**first.answer, "record": "sha256:0"}, first.version, first.platform)
    said = verified("a", first, other).sentence()
    assert "different in 1 place:" in said
    assert "--overlay" in said


def test_models_may_be_named_in_one_text(lands: Record, change: str) -> None:
    found = Desk(lands).assess(change, models="deterrence, distance")
    assert [j.model for j in found.models] == ["deterrence", "distance"]
