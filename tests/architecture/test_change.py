"""Reading a change file: data only, every mistake named with its file, line and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from indivisible.architecture.change import SHIPPED, change_of, load_change, read_change
from indivisible.architecture.change_file import MOST_BYTES, parse_table
from indivisible.errors import FileError, UnknownName
from indivisible.values import Estimate, day_of

HEAD = "schema: change/1\nname: x\ntitle: X\n"


def change(steps: str):  # type: ignore[no-untyped-def]
    return change_of(parse_table(HEAD + "steps:\n" + steps, "x.yml"))


def test_a_change_keeps_what_the_file_says():
    found = change("  - {id: a, do: accede, state: Aland, organization: PACT, date: 2010-06-02, basis: Art. 10}\n")
    (step,) = found.steps
    assert (step.id, step.do, step.states, step.organization, step.basis) == (
        "a", "accede", ("Aland",), "PACT", "Art. 10",
    )  # fmt: skip
    assert step.where == "x.yml, line 5"
    assert found.first_day == day_of("2010-06-02")


def test_a_month_begins_on_its_first_day_and_no_date_is_no_day():
    assert change("  - {id: a, do: ratify, state: A, treaty: T, date: 2010-06}\n").first_day == day_of("2010-06-01")
    assert change("  - {id: a, do: ratify, state: A, treaty: T}\n").first_day is None


def test_amounts_are_numbers_or_intervals():
    (step,) = change("  - {id: a, do: deploy, state: A, host: B, personnel: 100..300}\n").steps
    assert step.amount == Estimate(100, 200, 300)
    (step,) = change("  - {id: a, do: set, state: A, figure: population, value: 5}\n").steps
    assert step.amount == Estimate(5, 5, 5)


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ("  - {id: a, do: join, state: A}\n", "no kind of step is called 'join'"),
        ("  - {id: a, do: accede, state: A}\n", "accede needs the key 'organization'"),
        ("  - {id: a, do: accede, organization: P}\n", "exactly one of state, states and has none"),
        ("  - {id: a, do: accede, state: A, states: [B], organization: P}\n", "has both state and states"),
        ("  - {id: a, do: accede, state: A, organisation: P}\n", "field organisation: unknown key"),
        ("  - {id: a, do: accede, state: NO, organization: P}\n", "not False"),
        ("  - {id: a, do: accede, state: A, organization: P, date: 2010-02-30}\n", "line 5, field date"),
        ("  - {id: a, do: pledge, from: A, to: B, kind: love}\n", "no pledge is of kind 'love'"),
        ("  - {id: a, do: pledge, from: A, to: B, kind: defence, mutual: maybe}\n", "must be true or false"),
        ("  - {id: a, do: cap, state: A, figure: population, at_most: -1}\n", "must be a number from 0 up"),
        ("  - {id: a, do: cap, state: A, figure: population, at_most: 1..2}\n", "must be a number from 0 up"),
        ("  - {id: a, do: cap, state: A, figure: population, at_most: .nan}\n", "must be a number from 0 up"),
        ("  - {id: a, do: set, state: A, figure: population, value: true}\n", "must be a number from 0 up"),
        ("  - {id: a, do: deploy, state: A, host: B, personnel: 9..1}\n", "9 is more than 1"),
        ("  - {id: a, do: dissolve, organization: P}\n  - {id: a, do: dissolve, organization: P}\n", "two steps"),
        ("  - {do: dissolve, organization: P}\n", "id must be a text"),
        ("  - {id: a, do: enact, treaty: T, effects: [{id: b, do: dissolve, organization: P}]}\n", "an effect has no"),
        ("  - {id: a, do: found, organization: P, members: A, pledges: [{kind: defence, to: B}]}\n", "key 'to'"),
        ("  just words\n", "steps must be a list of maps"),
        ("  - [a, b]\n", "steps must be a list of maps"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(steps: str, said: str):
    with pytest.raises(FileError, match=r"x[.]yml") as raised:
        change(steps)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: !!python/object/apply:os.system ['true']", "the tag !!python/object/apply:os.system is not allowed"),
        ("a: !!python/name:os.system ''", "is not allowed"),
        ("a: !mine 1", "the tag !mine is not allowed"),
        ("a: !!binary aGk=", "the tag !!binary is not allowed"),
        ("a: !!set {x, y}", "the tag !!set is not allowed"),
        ("a: &b [1]\nc: *b", "aliases (*name) are not allowed"),
        ("a: 1\na: 2", "the key 'a' stands twice (first on line 1)"),
        ("<<: {a: 1}", "a key must be a word"),
        ("? [a]\n: 1", "a key must be a word"),
        ("1: one", "a key must be a word"),
        ("a: [1", "is not YAML"),
        ("a: b: c", "is not YAML"),
        ("a: 1\n---\na: 2", "is not YAML"),
        ("a: \x00", "is not YAML"),
        ("", "must be a map"),
        ("- 1", "must be a map"),
        ("a: " + "[" * 5000, "nested too deeply"),
    ],
)
def test_a_file_that_is_not_plain_data_is_refused(text: str, said: str):
    with pytest.raises(FileError) as raised:
        parse_table(text, "x.yml")
    assert said in str(raised.value)


def test_the_head_of_the_file_is_checked():
    for text, said in (
        ("schema: change/2\nname: x\ntitle: X\nsteps: []", "schema must be change/1"),
        ("name: x\ntitle: X\nsteps: []", "schema must be a text"),
        ("schema: change/1\ntitle: X\nsteps: []", "name must be a text"),
        (HEAD, "the key 'steps' is missing"),
        (HEAD + "steps: []\ncode: exec", "unknown key 'code'"),
    ):
        with pytest.raises(FileError) as raised:
            change_of(parse_table(text, "x.yml"))
        assert said in str(raised.value)


def test_files_that_cannot_be_read(tmp_path: Path):
    with pytest.raises(FileError, match="cannot be read"):
        load_change(str(tmp_path / "none.yml"))
    (tmp_path / "latin.yml").write_bytes(b"name: \xe9")
    with pytest.raises(FileError, match="not UTF-8"):
        read_change(tmp_path / "latin.yml")
    (tmp_path / "long.yml").write_bytes(b"#" * (MOST_BYTES + 1))
    with pytest.raises(FileError, match="larger than"):
        read_change(tmp_path / "long.yml")


def test_an_unknown_change_fails_with_near_names():
    with pytest.raises(UnknownName, match="nordic-accession"):
        load_change("nordic-acession")


def test_every_shipped_file_is_listed():
    from indivisible.architecture import change as module

    folder = Path(module.__file__).parent / "changes"
    assert sorted(path.stem for path in folder.glob("*.yml")) == list(SHIPPED)
