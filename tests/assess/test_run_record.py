"""A saved run gives the same answer again; what was altered, or would be answered otherwise, is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indivisible.apps.desk import Desk
from indivisible.assess.run_differences import differences
from indivisible.assess.run_record import DIFFERENT, EQUAL, IDENTICAL, Run, here, parse_run, verified
from indivisible.errors import FileError, MissingData, QuestionError
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
    places = [one.place for one in found.differences]
    assert places[0] == "record"
    assert places[1].endswith(".verdict")  # what a reader asks for stands before what follows from it


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
    assert [one.said() for one in far.differences] == ["models[m].states[AAA].x: 1.0 then, 1.0000001 now"]
    assert far.rows() == [{"place": "models[m].states[AAA].x", "then": "1.0", "now": "1.0000001"}]
    assert far.to_dict()["differences"] == far.rows()


def test_unknown_is_not_zero_when_two_answers_are_compared() -> None:
    assert said({"x": None}, {"x": 0.0}) == ["x: null then, 0.0 now"]
    assert said({"x": False}, {"x": 0}) == ["x: false then, 0 now"]
    assert said({"x": None}, {}) == ["x: null then, absent now"]


def said(first: Any, second: Any) -> list[str]:
    return [one.said() for one in differences(first, second)]


def test_of_a_long_text_only_the_words_that_differ_are_told() -> None:
    text = "deterrence: over the 8 combinations of constants tried, {} gain and 0 to 117 lose in {} of them."
    assert said([text.format("0 to 11", "all")], [text.format("0 to 12", "all")]) == [
        '[0]: "… to 11 gain …" then, "… to 12 gain …" now'
    ]
    assert said([text.format("11", "all")], [text.format("12", "some")]) == [
        '[0]: "… tried, 11 gain … in all of …" then, "… tried, 12 gain … in some of …" now'
    ]
    assert said({"x": "a " * 40}, {"x": "a " * 41}) == ['x: "… a" then, "… a a" now']
    assert said({"x": "short"}, {"x": "shorter"}) == ['x: "short" then, "shorter" now']


def test_one_sentence_more_is_one_difference() -> None:
    lines = [f"Sentence {n} stands where it stood." for n in range(5)]
    more = [*lines[:2], "One that is new.", *lines[2:]]
    assert said({"summary": lines}, {"summary": more}) == ['summary[2]: absent then, "One that is new." now']
    assert said({"summary": more}, {"summary": lines}) == ['summary[2]: "One that is new." then, absent now']


def test_rows_of_constants_are_told_apart_and_matched_by_what_they_try() -> None:
    def row(power: str, leader: bool, gains: int) -> dict[str, Any]:
        return {"model": "m", "power": power, "parameters": {"leader": leader}, "chosen": False, "counts": {"g": gains}}

    first = [row("p", True, 1), row("p", False, 2)]
    assert said({"variants": first}, {"variants": [first[0], row("p", False, 3)]}) == [
        "variants[m, p, leader=false].counts.g: 2 then, 3 now"
    ]
    two = [{"model": "m", "output": out, "x": 1} for out in ("sure", "possible")]
    assert said({"models": two}, {"models": [two[0], {**two[1], "x": 2}]}) == ["models[m possible].x: 1 then, 2 now"]
    assert said({"steps": [{"step": "s1", "due": 1}]}, {"steps": [{"step": "s1", "due": 2}]}) == [
        "steps[s1].due: 1 then, 2 now"
    ]


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
    assert "use the version that saved the run" in said
    assert "--overlay" not in said  # it was made without one


def test_models_may_be_named_in_one_text(lands: Record, change: str) -> None:
    found = Desk(lands).assess(change, models="deterrence, distance")
    assert [j.model for j in found.models] == ["deterrence", "distance"]


OWN = """\
subject,field,object,value,from,to,layer,speaker,source,place,confidence,note
AAA,alias,,{},1990-01-01,,,,MINE,p. 1,high,
"""
SOURCE = """\
source,title,publisher,published,kind,licence,url,note
MINE,My own,Me,2001,dataset,CC0,,
"""


def laid_over(folder: Path, name: str) -> Path:
    (folder / "sources").mkdir(parents=True)
    (folder / "own.csv").write_text(OWN.format(name))
    (folder / "sources" / "own.csv").write_text(SOURCE)
    return folder


def test_a_run_with_own_claims_says_which_it_needs(tmp_path: Path, change: str) -> None:
    from changes_world import write

    from indivisible.record.load import load

    facts = write(tmp_path / "facts")

    def desk(*overlays: Path) -> Desk:
        return Desk(load(facts=facts, overlays=overlays, faulty_overlays=True))  # the small world is no whole record

    mine, other = laid_over(tmp_path / "mine", "Alandia"), laid_over(tmp_path / "other", "Alandistan")
    saved = desk(mine).assess(change, models=["deterrence"]).save_run(tmp_path / "r.json")
    (named,) = json.loads(saved.read_text())["question"]["overlays"]
    assert named["files"] == ["own.csv", "sources/own.csv"]
    moved = desk(laid_over(tmp_path / "elsewhere", "Alandia")).verify(saved)
    assert moved.said == IDENTICAL  # where the folder lies does not matter

    with pytest.raises(MissingData, match="needs --overlay DIR with " + named["digest"]) as problem:
        desk().verify(saved)
    assert "own.csv" in str(problem.value)
    edited = desk(other).verify(saved)
    assert edited.said == DIFFERENT
    assert f"needs --overlay DIR with {named['digest']}" in edited.sentence()
    assert "the one given has sha256:" in edited.sentence()
    assert edited.to_dict()["needs"] is not None

    plain = desk().assess(change, models=["deterrence"]).save_run(tmp_path / "plain.json")
    given = desk(mine).verify(plain)
    assert "made without an overlay; leave --overlay out" in given.sentence()


def test_a_run_from_before_overlays_were_named_can_still_be_read(lands: Record, saved: Path) -> None:
    held = json.loads(saved.read_text())
    older = {key: value for key, value in held["question"].items() if key not in ("overlays", "materiality")}
    read = parse_run(json.dumps({**held, "question": older}), "run.json")
    assert read.question["materiality"] == 0.01
    assert read.overlays == ()
    for wrong in ([1], [{"digest": "x"}], "none"):
        with pytest.raises(FileError, match="overlays"):
            parse_run(json.dumps({**held, "question": {**held["question"], "overlays": wrong}}), "run.json")


def test_materiality_is_part_of_the_question(lands: Record, change: str, tmp_path: Path) -> None:
    coarse = Desk(lands).assess(change, models=["deterrence"], materiality=0.5)
    (judged,) = coarse.models
    assert judged.materiality == 0.5
    assert judged.counts != Desk(lands).assess(change, models=["deterrence"]).models[0].counts
    assert any("Effects above 50% count" in line for line in coarse.summary)
    kept = coarse.save_run(tmp_path / "coarse.json")
    assert parse_run(kept.read_text(), "r").question["materiality"] == 0.5
    assert Desk(lands).verify(kept).said == IDENTICAL
    said = Desk(lands).why_assess(change, "AAA", models=["deterrence"], materiality=1.0).to_dict()
    assert said["models"][0]["verdict"] == "unchanged"


@pytest.mark.parametrize("share", [-0.001, 1.001, float("nan"), float("inf"), 5])
def test_materiality_is_a_share(lands: Record, change: str, share: float) -> None:
    with pytest.raises(QuestionError, match="not a share between 0 and 1"):
        Desk(lands).assess(change, models=["deterrence"], materiality=share)
    with pytest.raises(QuestionError, match="not a share between 0 and 1"):
        Desk(lands).why_assess(change, "AAA", models=["deterrence"], materiality=share)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_both_ends_of_materiality_are_shares(lands: Record, change: str, share: float) -> None:
    found = Desk(lands).assess(change, models=["deterrence"], materiality=share)
    assert found.models[0].materiality == share
