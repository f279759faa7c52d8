"""What a new user does, in a real browser against a real server: one walk, each step of it one test here.

The walk is written in web/e2e. What it takes away is compared with what the command line says to the same questions.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from click.testing import CliRunner
from pypdf import PdfReader

from indivisible.apps.cli import main
from indivisible.apps.desk import Desk

WEB = Path(__file__).resolve().parents[3] / "web"
STEPS = [
    name
    for path in sorted((WEB / "e2e" / "steps").glob("*.mjs"))
    for name in re.findall(r'^  async "(.+)"\(', path.read_text("utf-8"), re.MULTILINE)
]
LONGEST = 600  # seconds of the whole walk, on a machine that does other things too
DISPUTED = "shown as disputed"
CHANGED = ("assess", "nordic-accession", "--set", "deterrence.allies_may_attack=true")


@dataclass(frozen=True)
class Walk:
    """What came of the steps, what was noted on the way, and the folder of files that were taken away."""

    steps: Mapping[str, Mapping[str, Any]]
    kept: Mapping[str, Any]
    measured: Mapping[str, float | None]
    folder: Path

    def text(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of a table, without the notes above them."""
        lines = (line for line in io.StringIO(self.text(name), newline="") if not line.startswith("#"))
        return list(csv.DictReader(lines))

    def json(self, name: str) -> Any:
        return json.loads(self.text(name))


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """A server of its own on a port that is free; gives its address."""
    command = [sys.executable, "-m", "indivisible", "serve", "--port", "0"]
    environment = {**os.environ, "INDIVISIBLE_HOME": str(home)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        try:
            assert server.stdout is not None
            told = server.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+", told)
            assert address, f"the server does not start: {told!r}"
            yield address[0]
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def walk(node: str, packages: Path, chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """All steps, taken once."""
    folder = tmp_path_factory.mktemp("walk")
    with serving(tmp_path_factory.mktemp("served")) as address:
        environment = {**os.environ, "INDIVISIBLE_PAGE": address, "CHROMIUM": chromium}
        command = [node, "e2e/run.mjs", "--into", str(folder), "--measure"]
        done = subprocess.run(command, cwd=WEB, env=environment, capture_output=True, text=True, timeout=LONGEST)
    result = folder / "result.json"
    assert result.is_file(), f"the walk did not end:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    found = json.loads(result.read_text("utf-8"))
    return Walk(found["steps"], found["kept"], found["measured"], folder)


def answer(*arguments: str) -> Any:
    """What the command line says, as JSON."""
    found = CliRunner().invoke(main, [*arguments, "--json"])
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def counts_of(told: Any) -> dict[str, int]:
    """The page's own way to name a count: model (output):verdict."""
    found = {}
    for one in told["models"]:
        label = one["model"] if one["output"] in (None, one["model"]) else f"{one['model']} ({one['output']})"
        found |= {f"{label}:{verdict}": number for verdict, number in one["counts"].items()}
    return found


@pytest.fixture(scope="module")
def changed() -> Any:
    """The command line's answer to the question that the walk shares by link."""
    return answer(*CHANGED)


@pytest.mark.parametrize("step", STEPS)
def test_step(walk: Walk, step: str) -> None:
    found = walk.steps[step]
    assert found["ok"], found["problem"]


def test_every_step_is_taken(walk: Walk) -> None:
    assert len(STEPS) == len(set(STEPS)) > 20
    assert sorted(walk.steps) == sorted(STEPS)


def test_first_paint_and_frames_are_measured(walk: Walk) -> None:
    """That they are, not how quick they are: a machine that tests is busy. `make bench` tells that."""
    assert {"first_paint_ms", "frames_a_second", "first_page_bytes"} <= set(walk.measured)
    assert all(value is not None and value > 0 for value in walk.measured.values())


def test_the_page_shows_the_numbers_of_the_command_line(walk: Walk, changed: Any) -> None:
    assert walk.kept["changed counts"] == counts_of(changed)
    assert walk.kept["plain counts"] == counts_of(answer("assess", "nordic-accession"))
    assert walk.kept["plain counts"] != walk.kept["changed counts"]
    assert walk.kept["headline"] in changed["summary"]


def test_the_answer_as_json_is_that_of_the_command_line(walk: Walk, changed: Any) -> None:
    taken = walk.json("answer.json")
    assert {name: taken[name] for name in changed} == changed
    assert set(taken) - set(changed) <= {"sentence", "viewpoint"}


def test_the_answer_as_a_table_has_every_state_of_every_model(walk: Walk, changed: Any, desk: Desk) -> None:
    assert len(walk.table("answer.csv")) == sum(len(one["states"]) for one in changed["models"])
    by_state = walk.table("states.csv")
    shown = {row["State"]: row for row in by_state}
    assert len(shown) == len(by_state) > 50
    for one in changed["models"]:
        label = one["model"] if one["output"] in (None, one["model"]) else f"{one['model']} ({one['output']})"
        said = {desk.record.name_of(state["state"]): state["verdict"] for state in one["states"]}
        assert {name: row[label] for name, row in shown.items()} == {name: said[name] for name in shown}


def test_the_change_as_a_file_is_the_change(walk: Walk, changed: Any) -> None:
    ships = WEB.parent / "src" / "indivisible" / "architecture" / "changes" / "nordic-accession.yml"
    assert yaml.safe_load(walk.text("change.yml"))["steps"] == yaml.safe_load(ships.read_text("utf-8"))["steps"]
    again = answer("assess", str(walk.folder / "change.yml"), *CHANGED[2:])
    assert counts_of(again) == walk.kept["changed counts"]


def test_a_change_composed_on_the_page_asks_the_same_on_the_command_line(walk: Walk) -> None:
    own = answer("assess", str(walk.folder / "own-change.yml"), "--models", "commitment")
    assert walk.kept["own counts"] == counts_of(own)
    (step,) = yaml.safe_load(walk.text("own-change.yml"))["steps"]
    assert (step["do"], step["organization"], str(step["date"])) == ("accede", "NATO", "2024-03-07")


@pytest.mark.parametrize("name", ["answer.pdf", "findings.pdf"])
def test_a_sheet_to_print_can_be_read(walk: Walk, desk: Desk, name: str) -> None:
    pages = PdfReader(walk.folder / name).pages
    words = " ".join("\n".join(page.extract_text() for page in pages).split())
    told = walk.json(name.replace("pdf", "json"))
    if name == "answer.pdf":
        assert len(pages) > 1
        assert " ".join(walk.kept["headline"].split()) in words
        touched = {one["state"] for model in told["models"] for one in model["states"]
                   if one["verdict"] in ("gains", "loses")}  # fmt: skip
        assert not [state for state in touched if desk.record.name_of(state) not in words]
    else:
        assert " ".join(told["sentence"].split())[:80] in words
        assert all(f"{row['article']} {row['verdict']}" in words for row in walk.table("findings.csv"))


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("map.svg", ["NPT", "2024-06-01", DISPUTED, "Natural Earth"]),
        ("map-by-viewpoint.svg", ["United Nations", "As asserted by China"]),
        ("answer.svg", ["Finland", "gains", "loses", DISPUTED]),
        ("network.svg", ["2015-06-01", DISPUTED]),
        ("bargaining.svg", ["Aland", "Eland"]),
    ],
)
def test_a_picture_is_whole_and_says_what_it_shows(walk: Walk, name: str, holds: list[str]) -> None:
    root = ElementTree.fromstring(walk.text(name))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    words = " ".join(text.strip() for text in root.itertext())
    assert not [one for one in holds if one not in words], words[:2000]
    assert sum(1 for one in root.iter() if one.tag.endswith(("}path", "}circle", "}line", "}polyline"))) > 10
    links = [value for one in root.iter() for key, value in one.attrib.items() if key.endswith(("href", "src"))]
    assert all(link.startswith("#") for link in links)


def test_a_table_of_the_map_holds_what_the_record_says(walk: Walk) -> None:
    note = walk.text("map.csv").partition("\n")[0]
    assert note.startswith("#")
    assert DISPUTED in note
    rows = {row["Key"]: row["Shown as"] for row in walk.table("map.csv")}
    told = answer("treaty", "NPT_1968", "--on", "2024-06-01", "--state", "FIN")
    assert (rows["FIN"], told["status"]) == ("bound", "in_force")
    assert rows["IND"] != "bound"


def test_findings_are_those_of_the_command_line(walk: Walk, tmp_path: Path) -> None:
    (tmp_path / "holdings.csv").write_text(walk.kept["holdings"], encoding="utf-8")
    told = answer("comply", "CFE_FLANK_1996", "--on", "1999-07-01", "--state", "RUS",
                  "--holdings", str(tmp_path / "holdings.csv"))  # fmt: skip
    taken = walk.json("findings.json")
    assert taken["findings"] == told["findings"]
    rows = {(row["article"], row["verdict"].replace(" ", "_")) for row in walk.table("findings.csv")}
    assert ("II new zone", "no") in rows <= {(one["article"], one["verdict"]) for one in told["findings"]}


def test_the_veto_is_that_of_the_command_line(walk: Walk, tmp_path: Path) -> None:
    case = {"body": "UNSC", "on": "2022-02-25", "others": "yes", "votes": {"RUS": "no"}}
    (tmp_path / "vote.yml").write_text(yaml.safe_dump(case), encoding="utf-8")
    told, taken = answer("decide", str(tmp_path / "vote.yml")), walk.json("decision.json")
    for name in ("outcome", "defeated_by", "steps", "flips", "votes"):
        assert taken[name] == told[name], name
    assert taken["outcome"] == "rejected"


def test_a_page_to_keep_needs_nothing_from_elsewhere(walk: Walk) -> None:
    page = walk.text("answer.html")
    assert "Finland" in page
    assert not re.findall(r"""(?:src|href)=["']?https?:|@import|url\(["']?https?:""", page)
