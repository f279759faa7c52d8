"""`indivisible design`: the same in Python and on the command line; what is saved is computed again; mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indivisible.apps.cli import main
from indivisible.apps.desk import Desk
from indivisible.report.json_text import rounded

CASE = """\
schema: design-case/1
name: after
title: More members after Finland and Sweden
start: {on: 2023-04-03, after: nordic-accession}
levers:
  - {id: aut, steps: [{do: accede, state: Austria, organization: NATO}], consent: {states: [Austria], bodies: [NATO]}}
  - {id: srb, steps: [{do: accede, state: Serbia, organization: CSTO}], consent: {bodies: [CSTO]}}
must: [aut]
harm: {states: [Austria, Finland], models: [deterrence, commitment], settings: {commitment.kind: defence}}
aims: {gain: [Austria], prefer: [most_gain, fewest_levers, least_vacuum], vacuum: [members of NATO]}
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("design") / "after.yml"
    path.write_text(CASE, encoding="utf-8")
    return path


def test_packages_after_a_change_are_saved_and_computed_again(desk: Desk, case: Path) -> None:
    folder = case.parent / "saved"
    found = desk.design(str(case), save=str(folder))
    told = found.to_dict()
    assert [one["levers"] for one in told["frontier"]] == [["aut"]]
    assert told["meet_every_demand"] == 2
    assert told["meet_every_demand_are_all"] is True
    assert told["after"] == "nordic-accession"
    asked = told["frontier"][0]["consents"]
    assert {(one["who"], one["consents"]) for one in asked} == {("AUT", True), ("NATO", True)}
    assert sorted(path.name for path in folder.iterdir()) == ["after-001.run.json", "after-001.yml"]
    verified = run("verify", str(folder / "after-001.run.json"))
    assert verified.exit_code == 0, verified.output
    assert "identical" in verified.output
    again = desk.assess(
        str(folder / "after-001.yml"), on="2023-04-03", after="nordic-accession", models="deterrence,commitment",
        settings={"commitment.kind": "defence"},
    ).to_dict()  # fmt: skip
    held = json.loads((folder / "after-001.run.json").read_text())["answer"]
    assert held["after_change"] == again["after_change"] == "nordic-accession"
    assert held["models"] == json.loads(json.dumps(again["models"]))
    assert any("Taken for granted before it" in line for line in again["summary"])
    by_model = {one["model"]: one for one in told["frontier"][0]["models"]}
    assert by_model["deterrence"]["gains"] == ["AUT"]


def test_a_run_that_does_not_say_after_what_is_refused(case: Path) -> None:
    folder = case.parent / "broken"
    folder.mkdir()
    held = json.loads((case.parent / "saved" / "after-001.run.json").read_text())
    held["question"]["after"] = {"change": "nordic-accession"}
    (folder / "run.json").write_text(json.dumps(held))
    found = run("verify", str(folder / "run.json"))
    assert found.exit_code == 3
    assert "after" in found.output


def test_python_and_the_command_line_agree(desk: Desk) -> None:
    found = run("design", "five-lands", "--json")
    assert found.exit_code == 0, found.output
    told = json.loads(found.stdout)
    assert told == json.loads(json.dumps(rounded(desk.design("five-lands").to_dict())))
    assert next(iter(told)) == "schema"
    assert told["packages"]["proven"] is True
    assert told["packages"]["sets_of_levers"] == told["packages"]["looked_at"] == 64
    for package in told["frontier"]:
        for model in package["each_lever_adds"]:
            assert {state["state"] for state in model["states"]} >= set(package["models"][0]["gains"])
    shown = run("design", "five-lands").output
    assert "Proven: every set of levers was looked at or ruled out." in shown
    assert "without runs to verify" in shown


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        ("state: Serbia", "state: Servia", 3, r"line 7.*lever srb: no state is called 'Servia'.*Serbia"),
        ("must: [aut]", "must: [austria]", 3, "'austria' is no lever of this case"),
        ("do: accede, state: Austria", "do: acede, state: Austria", 3, "no kind of step is called 'acede'.*accede"),
        ("bodies: [NATO]", "bodies: [NATTO]", 3, r"lever aut, consent: no organization is called 'NATTO'"),
        ("gain: [Austria]", "gain: [Austrai]", 3, "no state or organization is called 'Austrai'.*Austria"),
        ("organization: CSTO", "organization: CSTA", 3, "lever srb: no organization is called 'CSTA'"),
        ("after: nordic-accession", "after: nordic", 3, "field start.after: no change is called 'nordic'"),
        ("consent: {states: [Austria]", "consent: {people: [Austria]", 3, "unknown key 'people'"),
        ("must: [aut]", "must: [aut]\nlimits: {evaluations: 0}", 3, "evaluations must be 1 or more"),
    ],
)
def test_mistakes_are_named(desk: Desk, tmp_path: Path, old: str, new: str, code: int, says: str) -> None:
    from indivisible.errors import IndivisibleError

    path = tmp_path / "case.yml"
    path.write_text(CASE.replace(old, new), encoding="utf-8")
    with pytest.raises(IndivisibleError, match=says) as raised:
        desk.design(str(path))
    assert raised.value.exit_code == code


def test_a_case_that_is_not_there(desk: Desk) -> None:
    found = run("design", "nordic-acession")
    assert found.exit_code != 0
    assert "no case is called" in found.output
    missing = run("design", "nowhere.yml")
    assert "cannot be read" in missing.output


def test_a_checkpoint_of_another_question_is_refused(desk: Desk, case: Path, tmp_path: Path) -> None:
    from indivisible.errors import FileError

    checkpoint = tmp_path / "checkpoint"
    desk.design("five-lands", checkpoint=str(checkpoint))
    with pytest.raises(FileError, match="another question or record"):
        desk.design(str(case), checkpoint=str(checkpoint))
