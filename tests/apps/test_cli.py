"""The command line: the same answers as Python, one clear line for each mistake, nothing lost."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from asked_once import asked_once as asked_once
from indivisible.apps.cli import main
from indivisible.apps.desk import Desk
from indivisible.report.json_text import rounded


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def answer(*arguments: str) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


QUESTIONS: list[tuple[tuple[str, ...], str, dict[str, Any]]] = [
    (("members", "CSTO", "--on", "2000-06-01"), "members", {"organization": "CSTO", "on": "2000-06-01"}),
    (("members", "CSTO", "--on", "2010"), "members", {"organization": "CSTO", "on": "2010"}),
    (("treaty", "CFE_1990", "--on", "2010-01-01"), "treaty", {"name": "CFE_1990", "on": "2010-01-01"}),
    (
        ("treaty", "CFE_1990", "--on", "2010-01-01", "--state", "RUS"),
        "treaty",
        {"name": "CFE_1990", "on": "2010-01-01", "state": "RUS"},
    ),
    (("state", "FIN", "--on", "2024-06-01"), "state", {"name": "FIN", "on": "2024-06-01"}),
    (("timeline", "NATO"), "timeline", {"name": "NATO"}),
    (
        ("diff", "1999-01-01", "2004-12-31", "--about", "NATO"),
        "diff",
        {"first": "1999-01-01", "second": "2004-12-31", "about": "NATO"},
    ),
    (
        ("why", "members", "CSTO", "UZB", "--on", "2003-01-01"),
        "why_members",
        {"organization": "CSTO", "state": "UZB", "on": "2003-01-01"},
    ),
    (("list", "organizations"), "list", {"what": "organizations"}),
    (("list", "models"), "list", {"what": "models"}),
    (("list", "changes"), "list", {"what": "changes"}),
    (("assess", "nordic-accession"), "assess", {"change": "nordic-accession"}),
    (("assess", "nothing"), "assess", {"change": "nothing"}),
]


@pytest.mark.parametrize(
    ("arguments", "method", "chosen"), QUESTIONS, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_the_command_line_and_python_give_the_same_answer(
    desk: Desk, arguments: tuple[str, ...], method: str, chosen: dict[str, Any]
) -> None:
    assert answer(*arguments) == json.loads(json.dumps(rounded(getattr(desk, method)(**chosen).to_dict())))


@pytest.mark.parametrize(
    ("arguments", "method", "chosen"), QUESTIONS, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_every_answer_prints_a_sentence_first(arguments: tuple[str, ...], method: str, chosen: dict[str, Any]) -> None:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    assert len(result.stdout.splitlines()[0]) > 10
    assert not any(mark in result.stdout for mark in ("nan", "inf ", "None", "Infinity", "Traceback"))


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("members", "NATOO", "--on", "2010"), 2, "near names: NATO"),
        (("members", "CSTO", "--on", "2010-02-30"), 2, "not a day of the calendar"),
        (("members", "CSTO", "--on", "yesterday"), 2, "write YYYY-MM-DD"),
        (("members", "CSTO"), 2, "give --on DATE"),
        (("members", "CSTO", "--on", "2010", "--role", "captain"), 2, "no role 'captain'"),
        (("state", "Atlantis", "--on", "2010-01-01"), 2, "no state is called 'Atlantis'"),
        (("state", "FIN", "--on", "2010"), 2, "is not one day"),
        (("treaty", "CFE_1890", "--on", "2010"), 2, "near names"),
        (("diff", "2004-01-01", "2030-01-01"), 2, "past what the record covers"),
        (("assess", "nordic-acession"), 2, "nordic-accession"),
        (("assess", "nowhere.yml"), 3, "nowhere.yml"),
        (("assess", "nordic-accession", "--set", "gamma=2"), 2, "model.parameter=value"),
        (("assess", "nordic-accession", "--models", "astrology"), 2, "astrology"),
        (("assess", "nordic-accession", "--materiality", "5"), 2, "5 per cent is 0.05"),
        (("assess", "nordic-accession", "--materiality", "5%"), 2, "--materiality"),
        (("members", "CSTO", "--on", "2010", "--out", "x.xls"), 3, "no format has the ending"),
        (("members", "CSTO", "--on", "2010", "--out", "no/such/folder/x.csv"), 3, "the folder does not exist"),
        (("members", "CSTO", "--on", "2010", "--overlay", "no/such/folder"), 3, "no such folder"),
        (("frobnicate",), 2, "No such command"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_mistake_gives_one_clear_line_and_its_exit_code(arguments: tuple[str, ...], code: int, message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == code, result.output
    assert message in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("ending", ["csv", "parquet", "dta", "json", "html"])
@pytest.mark.parametrize(
    "arguments",
    [("members", "CSTO", "--on", "2010"), ("state", "FIN", "--on", "2024-06-01"), ("assess", "nordic-accession"),
     ("treaty", "CTBT_1996", "--on", "2024-01-01"), ("list", "models")],
    ids=" ".join,
)  # fmt: skip
def test_every_answer_can_be_taken_away(tmp_path: Path, arguments: tuple[str, ...], ending: str) -> None:
    path = tmp_path / f"answer.{ending}"
    result = run(*arguments, "--out", str(path))
    assert result.exit_code == 0, result.output
    assert path.stat().st_size > 100
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_files_hold_the_rows(tmp_path: Path, desk: Desk) -> None:
    import polars
    import pyreadstat

    question = desk.members("CSTO", on="2010")
    states = [row["state"] for row in question.rows()]
    for ending in ("csv", "parquet", "dta"):
        question.save(tmp_path / f"m.{ending}")
    with (tmp_path / "m.csv").open() as file:
        assert [row["state"] for row in csv.DictReader(file)] == states
    assert polars.read_parquet(tmp_path / "m.parquet")["state"].to_list() == states
    frame, _ = pyreadstat.read_dta(str(tmp_path / "m.dta"), output_format="dict")
    assert list(frame["state"]) == states
    assert question.to_polars()["state"].to_list() == states


def test_a_failed_write_leaves_the_older_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "answer.csv"
    path.write_text("older")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    result = run("members", "CSTO", "--on", "2010", "--out", str(path))
    assert result.exit_code == 3
    assert "No space left" in result.output
    assert path.read_text() == "older"
    assert [entry.name for entry in tmp_path.iterdir()] == ["answer.csv"]


def test_a_citation_is_bibtex_of_what_the_answer_rests_on() -> None:
    result = run("cite", "members", "CSTO", "--on", "2010")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("@")
    assert result.stdout == run("members", "CSTO", "--on", "2010", "--cite").stdout


def test_state_years(tmp_path: Path) -> None:
    rows = answer("members", "CSTO", "--from", "1998", "--to", "2007")["rows"]
    found = {(row["state"], row["year"]): row["on_31_december"] for row in rows}
    assert found["UZB", 1998] == "yes"
    assert ("UZB", 2001) not in found
    assert found["UZB", 2006] == "yes"


def test_an_overlay_is_named_in_the_answer(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(
        "subject,field,object,value,from,to,layer,speaker,source,place,confidence,note\n"
        "FIN,role,CSTO,member,2010-01-01,2011-01-01,legal,,INDIVISIBLE,a test,low,invented for a test\n"
    )
    plain, laid = (
        run("members", "CSTO", "--on", "2010-06-01", *more).stdout for more in ((), ("--overlay", str(tmp_path)))
    )
    assert "FIN" not in plain
    assert "FIN" in laid
    assert str(tmp_path) in laid


def test_help_names_the_exit_codes() -> None:
    assert "Exit codes:" in run("--help").output


def test_an_assessment_on_the_terminal_has_counts_spread_and_summary() -> None:
    lines = run("assess", "nordic-accession", "--models", "deterrence,distance").stdout.splitlines()
    spreads = [line for line in lines if line.startswith("Spread of scores (absolute Gini, ")]
    assert len(spreads) == 2
    assert all(" before, " in line and line.endswith(" after.") for line in spreads)
    assert lines.index("Summary") > max(lines.index(line) for line in spreads)


def test_a_page_leaves_out_empty_columns_and_sets_numbers_to_the_right(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    assert run("members", "NATO", "--from", "2023", "--to", "2024", "--out", str(path)).exit_code == 0
    page = path.read_text(encoding="utf-8")
    assert '<th scope="col" class=n>year</th>' in page
    assert '<th scope="col">state</th>' in page
    assert run("members", "NATO", "--on", "2024-06-01", "--out", str(path)).exit_code == 0
    assert ">why</th>" not in path.read_text(encoding="utf-8")
