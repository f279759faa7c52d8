"""Small worlds from files, through the command: the reference counts of equilibria, and files that cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from indivisible.apps.cli import main
from indivisible.errors import FileError, QuestionError
from indivisible.models.allocation_game import all_equilibria, read_world

HEAD = "state,power,friends,adversaries\n"
LETTERS = {"s": "safe", "p": "precarious", "u": "unsafe"}
# powers, friends, adversaries, profiles, equilibria, kinds of outcome, and outcomes that are printed
PRINTED = [
    ((3, 2), "", "AB", 12, 6, 2, {"su": 3, "sp": 3}),
    ((2, 2), "", "AB", 9, 1, 1, {"pp": 1}),
    ((2, 2, 3), "AB", "AC BC", 360, 74, 10, {"pss": 24}),
    ((1, 1, 3), "AB", "AC BC", 90, 21, 3, {"pps": 9, "pus": 6, "ups": 6}),
    ((2, 2, 2), "", "AB AC BC", 216, 36, 13, {}),
    ((1, 2, 4), "", "AB AC BC", 270, 102, 4, {"ups": 36, "pus": 26, "uus": 25, "pps": 15}),
    ((1, 3, 3), "AB", "AC", 48, 18, 2, {"pss": 10, "sps": 8}),
]


def as_csv(powers: tuple[int, ...], friends: str, adversaries: str) -> str:
    rows = []
    for state, power in zip("ABC", powers, strict=False):
        named = [" ".join(pair[1] for pair in pairs.split() if pair[0] == state) for pairs in (friends, adversaries)]
        rows.append(",".join([state, str(power), *named]))
    return HEAD + "\n".join(rows) + "\n"


def as_yaml(powers: tuple[int, ...], friends: str, adversaries: str) -> str:
    """Each tie on the side of its second state, so that either side will do."""
    rows = ["schema: allocation/1", "states:"]
    for state, power in zip("ABC", powers, strict=False):
        named = [", ".join(pair[0] for pair in pairs.split() if pair[1] == state) for pairs in (friends, adversaries)]
        rows.append(f"  - {{state: {state}, power: {power}, friends: [{named[0]}], adversaries: [{named[1]}]}}")
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize(("name", "written"), [("w.csv", as_csv), ("w.yml", as_yaml)])
@pytest.mark.parametrize(("powers", "friends", "adversaries", "profiles", "count", "kinds", "outcomes"), PRINTED)
def test_reference_counts_through_the_command(
    powers: tuple[int, ...], friends: str, adversaries: str, profiles: int, count: int, kinds: int,
    outcomes: dict[str, int], name: str, written: object, tmp_path: Path,
) -> None:  # fmt: skip
    path = tmp_path / name
    path.write_text(written(powers, friends, adversaries))  # type: ignore[operator]
    result = CliRunner().invoke(main, ["allocation", str(path), "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.output)
    assert (found["schema"], found["profiles"], found["equilibria"]) == ("allocation/1", profiles, count)
    assert found["outcomes"] == len(found["rows"]) == kinds
    assert sum(row["equilibria"] for row in found["rows"]) == count
    names = "ABC"[: len(powers)]
    counts = {tuple(row[state] for state in names): row["equilibria"] for row in found["rows"]}
    assert {key: counts[tuple(LETTERS[letter] for letter in key)] for key in outcomes} == outcomes


def test_who_survives_is_said_in_words(tmp_path: Path) -> None:
    """By hand: C lacks 1 against A and B and has no friend; A and B lack 1 each, and have nothing to spare."""
    path = tmp_path / "w.csv"
    path.write_text(as_csv((2, 2, 3), "AB", "AC BC"))
    result = CliRunner().invoke(main, ["allocation", str(path)])
    assert result.output.startswith(
        "Equilibria: 74 of 360 ways to spend power, with 10 outcomes. Surviving in every equilibrium: none; in some "
        "only: A, B, C; in none: none. Whatever adversaries do, surviving when friends share out what they can spare "
        "(assured): none; with all that friends have (possible): A, B."
    )
    path.write_text(as_csv((3, 2), "", "AB"))
    says = all_equilibria(path).sentence()
    assert "every equilibrium: A; in some only: B; in none: none" in says
    assert "(assured): A; with all that friends have (possible): A." in says


def test_a_world_without_power_or_ties(tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    path.write_text("state,power\nB,0\nA,3\n")
    found = all_equilibria(path)
    assert found.rows() == [{"equilibria": 1, "A": "safe", "B": "precarious"}]
    assert "Equilibria: 1 of 1 way to spend power, with 1 outcome." in found.sentence()


@pytest.mark.parametrize(
    ("name", "text", "where", "said"),
    [
        ("w.csv", HEAD + "A,1,B,\n", "line 2", "'B' is no state"),
        ("w.csv", HEAD + "Alfa,1,,\nBravo,1,Alfe,\n", "line 3", "near names: Alfa"),
        ("w.csv", HEAD + "A,1.5,,\n", "line 2", "whole number"),
        ("w.csv", HEAD + "A,-1,,\n", "line 2", "whole number"),
        ("w.csv", HEAD + "A,,,\n", "line 2", "whole number"),
        ("w.csv", HEAD + "A,1,,\nA,2,,\n", "line 3", "stands twice"),
        ("w.csv", HEAD + "A,1,A,\n", "line 2", "tied to itself"),
        ("w.csv", HEAD + "equilibria,1,,\n", "line 2", "no name"),
        ("w.csv", HEAD + "A,1,B,\nB,1,,A\n", "w.csv", "friends and adversaries"),
        ("w.csv", HEAD, "w.csv", "holds no states"),
        ("w.csv", "", "line 1", "lacks the column state"),
        ("w.csv", "state,power,foes\nA,1,\n", "line 1", "unknown column 'foes'"),
        ("w.yml", "schema: change/1\nstates: []\n", "line 1", "another kind"),
        ("w.yml", "schema: allocation/1\nstates: []\nmore: 1\n", "line 3", "unknown key 'more'"),
        ("w.yml", "schema: allocation/1\nstates:\n  - {state: A, power: yes}\n", "line 3", "whole number"),
        ("w.yml", "schema: allocation/1\nstates:\n  - {state: A, foes: [B]}\n", "line 3", "unknown key 'foes'"),
    ],
)
def test_files_that_cannot_be_read_name_the_line(name: str, text: str, where: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(FileError) as caught:
        read_world(path)
    assert where in str(caught.value)
    assert said in str(caught.value)
    assert CliRunner().invoke(main, ["allocation", str(path)]).exit_code != 0


def test_a_world_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    path.write_text(HEAD + "".join(f"{state},1,,\n" for state in "ABCDEFG"))
    with pytest.raises(QuestionError, match="at most 6 states"):
        all_equilibria(path)
