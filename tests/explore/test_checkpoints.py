"""A checkpoint is taken up only where it is whole and of the same question; nothing that was done is lost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import design_worlds as lands
import pytest

from indivisible.architecture.outside import NOTHING, Outside
from indivisible.errors import FileError
from indivisible.explore import packages
from indivisible.explore.design import design, digest_of
from indivisible.explore.design_case import DesignCase
from indivisible.record.record import Record

LEVERS = [
    f"id: p{n}, steps: [{lands.step('defence', *pair)}]"
    for n, pair in enumerate(list(combinations(lands.LANDS, 2))[:6])
]


@pytest.fixture(scope="module", autouse=True)
def small_blocks() -> Iterator[None]:
    before, packages.BLOCK = packages.BLOCK, 16
    yield
    packages.BLOCK = before


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return lands.world(tmp_path_factory.mktemp("five"), (2, 3, 4, 5, 6), ())


@pytest.fixture
def case() -> DesignCase:
    return lands.case(LEVERS, more="harm: {models: [deterrence]}\n")


@pytest.fixture
def whole(five: Record, case: DesignCase, tmp_path: Path) -> list[str]:
    """The lines of a checkpoint."""
    path = tmp_path / "whole"
    design(five, case, checkpoint=path)
    lines = path.read_text().split("\n")
    assert len(lines) == 6  # the head, four blocks, and nothing after the last
    return lines


def other_digit(line: str) -> str:
    """A line in which what a package fails is something else."""
    place = line.rindex('"') - 1
    return f"{line[:place]}{'1' if line[place] == '0' else '0'}{line[place + 1 :]}"


DAMAGE = {
    "a digit": lambda lines: [*lines[:2], other_digit(lines[2]), *lines[3:]],
    "a line is missing": lambda lines: [*lines[:2], *lines[3:]],
    "two lines change places": lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]],
    "a line stands twice": lambda lines: [*lines[:3], *lines[2:]],
    "words": lambda lines: [*lines[:2], "words", *lines[3:]],
    "of another kind": lambda lines: [*lines[:2], '["x", {"a": 1}]', *lines[3:]],
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_told_with_its_line_and_what_stands_before_it_is_kept(
    five: Record, case: DesignCase, whole: list[str], tmp_path: Path, damage: str
) -> None:
    path = tmp_path / "part"
    text = "\n".join(DAMAGE[damage](whole))
    path.write_text(text)
    with pytest.raises(FileError, match=r"part, line [34]: the checkpoint is damaged here") as raised:
        design(five, case, checkpoint=path)
    assert path.read_text() == text
    line = int(raised.value.where.rpartition(" ")[2])
    path.write_text("\n".join([*text.split("\n")[: line - 1], ""]))  # as the error says
    assert design(five, case, checkpoint=path).looked == design(five, case).looked
    assert path.read_text().split("\n") == whole


def test_another_question_is_refused_whatever_it_differs_in(
    five: Record, case: DesignCase, whole: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "part"
    path.write_text("\n".join(whole))
    others = [
        replace(case, must=("p0",)),
        replace(case, levers=case.levers[:-1]),
        replace(case, aims=replace(case.aims, gain=("AAA",))),
        replace(case, limits=replace(case.limits, steps=3)),
        replace(case, harm=replace(case.harm, materiality=0.02)),
        replace(case, on="2010-06-02"),
    ]
    for other in others:
        with pytest.raises(FileError, match="another question or record"):
            design(five, other, checkpoint=path)
    moved = replace(case, levers=tuple(replace(one, where="elsewhere") for one in case.levers))
    assert design(five, moved, checkpoint=path).looked == design(five, case).looked


def test_a_file_that_is_no_checkpoint_is_left_alone(five: Record, case: DesignCase, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("my notes\n")
    with pytest.raises(FileError, match="another question or record"):
        design(five, case, checkpoint=path)
    assert path.read_text() == "my notes\n"


SCRIPT = """
import os, time
from indivisible.explore.executor import Processes

def work(given, task):
    print("working", flush=True)
    time.sleep(0.05)

if __name__ == "__main__":
    with Processes(2).crew(None) as crew:
        for _ in crew.map(work, range(10_000)):
            pass
"""


def test_workers_end_with_a_search_that_was_killed(tmp_path: Path) -> None:
    """They hold the other end of the pipe, which closes only once all of them are gone."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    running = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert "working" in running.stdout.readline()
    running.kill()
    running.communicate(timeout=30)


def test_a_question_is_another_with_other_imported_data_or_another_start(five: Record, case: DesignCase) -> None:
    asked = {digest_of(five, replace(case, after=after), NOTHING) for after in ("", "nothing", "nordic-accession")}
    asked.add(digest_of(five, case, Outside(versions={"nmc": "7.0"})))
    asked.add(digest_of(five, case, Outside(versions={"nmc": "6.0"})))
    assert len(asked) == 5
