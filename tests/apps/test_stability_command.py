"""The command `stability`: what it prints, and one clear line with an exit code for every mistake."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from indivisible.apps.cli import main


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["stability", *words])


def test_both_questions_as_json() -> None:
    network = json.loads(run("--on", "2007-02-10", "--among", "CSTO", "--json").stdout)
    assert network["schema"] == "stability/1"
    assert set(network["vulnerable"]) == {"ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK", "UZB"}
    two = json.loads(run("--strategic", "USA", "RUS", "--on", "2007-02-10", "--json").stdout)
    assert two["schema"] == "strategic-stability/1"
    assert two["states"] == ["RUS", "USA"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("--on 2007-02-10 --set gamma=2", 2, "write model.parameter=value"),
        ("--on 2007-02-10 --set deterrence.gama=2", 2, "near names: gamma"),
        ("--on 2007-02-10 --trade", 6, "cow_trade"),
        ("--on 2007-02-10 --power cinc", 6, "nmc"),
        ("--on 2007-02 --among CSTO", 2, "not one day"),
        ("--on 2007-02-10 --strategic USA BRA", 2, "Brazil had no nuclear warheads"),
        ("--on 2007-02-10 --strategic USA RUS --trade", 2, "says nothing"),
    ],
)
def test_one_line_for_every_mistake(words: str, code: int, said: str) -> None:
    done = run(*words.split())
    assert done.exit_code == code
    assert done.stdout == ""
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
