"""Mistakes in a case file: one line that names the file and the field, found before anything is searched."""

from __future__ import annotations

from pathlib import Path

import design_worlds as lands
import pytest

from indivisible.apps.designing import run
from indivisible.errors import FileError
from indivisible.explore.design import design
from indivisible.explore.design_case import Limits, case_of, load_case
from indivisible.record.load import load
from indivisible.record.record import Record

CASE = """\
schema: design-case/1
name: mine
title: Mine
start: {on: 2010-06-01}
levers:
  - {id: a, steps: [{do: pledge, from: AAA, to: BBB, kind: defence}]}
harm: {models: [deterrence]}
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("name: mine", "name: ../mine", r"line 2, field name: name cannot be '\.\./mine'"),
        ("name: mine", "name: .mine", "files are called by it"),
        ("on: 2010-06-01", "on: 2010-13-01", "line 4, field on: '2010-13-01' is not a day"),
        ("[deterrence]", "[deterence]", "line 7, field models: no model is called 'deterence'.*deterrence"),
        ("[deterrence]}", "[deterrence], materiality: 2}", "line 7, field materiality: materiality 2 is not a share"),
        ("[deterrence]}", "[deterrence], settings: {deterrence.fad: 1}}", "field settings: deterrence has no .*'fad'"),
        ("[deterrence]}", "[deterrence], settings: {distance.reach: 0.3}}", "constant of a model that is not asked"),
        ("[deterrence]}", "[deterrence], draws: {seed: 4}}", "line 7, field count: count must be 1 or more"),
        ("[deterrence]}", "[deterrence], draws: {count: 4, most: 2}}", "field most: most must be at most 1, not 2"),
        ("harm:", "limits: {levers: 0}\nharm:", "line 7, field levers: levers must be 1 or more"),
        ("harm:", "limits: {steps: 0}\nharm:", "field steps: steps must be 1 or more"),
        ("harm:", "limits: {seconds: 0}\nharm:", "field seconds: seconds must be more than 0"),
        ("harm:", "limits: {evaluations: .inf}\nharm:", "evaluations must be a number from 0 up, not inf"),
        ("harm:", "limits: {evaluations: 1.5}\nharm:", "evaluations must be a whole number"),
        ("harm:", "power: gdp\nharm:", "line 7, field power: no measure of power is called 'gdp'"),
        ("harm:", "hostility: foes\nharm:", "line 7, field hostility: no source of hostility is called 'foes'"),
        ("harm:", "aims: {closed: [defense]}\nharm:", "line 7, field closed: no domain is called 'defense'"),
        ("harm:", "aims: {vacuum: [PACT]}\nharm:", "line 7, field vacuum: vacuum says among whom, but nothing asks"),
        ("harm:", "aims: {prefer: [best]}\nharm:", "'best' is nothing to compare by .*most_levers"),
        ("{id: a,", "{id: a, consent: {},", "line 6, field consent: consent names nobody"),
        ("[{do: pledge,", "[{id: s, do: dissolve, organization: P}, {id: s, do: pledge,", "two steps of lever a .*'s'"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_file_and_field(old: str, new: str, says: str) -> None:
    assert case_of(CASE, "mine.yml")
    with pytest.raises(FileError, match=says) as raised:
        case_of(CASE.replace(old, new), "mine.yml")
    assert "mine.yml, line" in str(raised.value)


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return lands.world(tmp_path_factory.mktemp("five"), (2, 3, 4, 5, 6), ())


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("on: 2010-06-01", "on: 2199-01-01", "mine.yml, field start.on: 2199-01-01 lies past.*up to 2019-12-31"),
        ("on: 2010-06-01", "after: nordic", "mine.yml, field start.after: no change is called 'nordic'"),
        ("harm:", "aims: {gain: [Nobody]}\nharm:", "mine.yml, field aims.gain: no state or organization"),
        ("harm:", "aims: {vacuum: [X], closed: [defence]}\nharm:", "mine.yml, field aims.vacuum: no state"),
    ],
)
def test_what_only_the_record_tells_is_told_with_the_field(five: Record, old: str, new: str, says: str) -> None:
    with pytest.raises(FileError, match=says):
        design(five, case_of(CASE.replace(old, new), "mine.yml"))


def test_a_folder_of_facts_that_is_not_there(five: Record, tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(CASE.replace("{on: ", "{facts: nowhere, on: "), encoding="utf-8")
    with pytest.raises(FileError, match=r"mine\.yml, field start\.facts: there is no folder 'nowhere'"):
        run(five, str(path))


def test_what_is_named_twice_counts_once() -> None:
    case = case_of(CASE + "must: [a, a]\naims: {prefer: [leximin, leximin]}\n", "mine.yml")
    assert case.must == ("a",)
    assert case.aims.prefer == ("leximin",)
    assert case.limits == Limits()


def test_constants_of_a_case_for_models_that_are_not_asked_are_left_out() -> None:
    own = load_case("europe-1997").harm.settings
    assert "distance.forward" in own
    found = run(load(), "europe-1997", models="deterrence").found
    assert dict(found.case.harm.settings) == {}


def test_a_folder_that_cannot_be_written_to_is_told_before_the_search(five: Record, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    def begun(what: str, done: int, of: int) -> None:
        raise AssertionError("searched")

    for folder in ("file", "file/inside"):
        with pytest.raises(FileError, match="cannot be written to"):
            run(five, "five-lands", save=str(tmp_path / folder), progress=begun)
