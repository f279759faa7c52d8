"""What goes wrong outside: closed pipes, full disks, damaged files; one line, an exit code, and nothing lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indivisible.apps.cli import main

COMMAND = [sys.executable, "-m", "indivisible"]
HEADER = "subject,field,object,value,from,to,layer,speaker,source,place,confidence,note\n"
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def one_line(text: str) -> str:
    lines = text.splitlines()
    assert len(lines) == 1, text
    assert lines[0].startswith("indivisible: ")
    return lines[0]


@pytest.mark.parametrize(
    "question",
    ["members UN --on 2010", "timeline UN", "members UN --on 2010 --json", "why members CSTO UZB --on 2003-01-01"],
)
def test_a_reader_that_closes_the_pipe_is_no_mistake(question: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run([*COMMAND, *question.split()], stdout=writing, stderr=subprocess.PIPE, text=True)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


@needs_full
@pytest.mark.parametrize("question", ["members UN --on 2010", "timeline UN", "members UN --on 2010 --json", "--help"])
def test_a_full_disk_is_said_in_one_line(question: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*COMMAND, *question.split()], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 3
    assert "No space left" in one_line(done.stderr)


def test_a_terminal_without_the_letters_still_gets_the_answer() -> None:
    done = subprocess.run(
        [*COMMAND, "list", "states", "--grep", "ivoire"],
        capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert b"CIV" in done.stdout


def test_an_interruption_is_said_in_one_line() -> None:
    question = [*COMMAND, "members", "UN", "--from", "1", "--to", "9998"]
    process = subprocess.Popen(question, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "indivisible: interrupted" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "arguments",
    [("--bogus",), ("list", "foo"), ("members", "CSTO", "--from", "0", "--to", "9"), ("cite", "members", "CSTO"),
     ("members",), ("members", "x" * 100_000, "--on", "2010"), ("timeline", "x" * 100_000),
     ("members", "a\nb", "--on", "2010"), ("members", "CSTO", "--on", "2004-13"), ("members", "CSTO", "--on", "0000"),
     ("members", "CSTO", "--from", "2010", "--to", "2000")],
    ids=lambda value: " ".join(value)[:40],
)  # fmt: skip
def test_a_wrong_question_is_answered_in_one_short_line(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert len(one_line(result.stderr)) < 400
    assert result.stdout == ""


def test_a_fault_of_the_program_itself_is_one_line_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("surprise")

    monkeypatch.setattr("indivisible.apps.desk.load", fail)
    result = run("members", "CSTO", "--on", "2010")
    assert result.exit_code == 1
    assert "KeyError: 'surprise'" in one_line(result.stderr)


@pytest.mark.parametrize(
    ("files", "code", "says"),
    [
        ({}, 3, "no CSV file is in this folder"),
        ({"a.csv": "wrong\n"}, 4, "the header is not right"),
        ({"a.csv": HEADER + "FIN,role,CSTO\n"}, 4, "3 columns instead of 12"),
        ({"a.csv": HEADER + 'FIN,role,CSTO,member,2009,,legal,,INDIVISIBLE,,low,"open\n'}, 4, "not a CSV row"),
        ({"a.csv": HEADER + "FIN\0,role,CSTO,member,2009,,legal,,INDIVISIBLE,,low,\n"}, 4, "NUL"),
        ({"a.csv": HEADER + "FIN,role,CSTO,member,2009,,legal,,NOWHERE,,low,\n"}, 4, "the source NOWHERE is not in"),
        ({"a.csv": HEADER + "NOLAND,role,CSTO,member,2009,,legal,,INDIVISIBLE,,low,\n"}, 4, "NOLAND is not declared"),
        ({"a.csv": HEADER + "FIN,population,,many,2010,,,,INDIVISIBLE,,low,\n"}, 4, "'many' is not a number"),
        ({"a.csv": HEADER + "FIN,population,,5,,,,,INDIVISIBLE,,low,\n"}, 4, "a figure of one year"),
        ({"a.csv": HEADER + "RECORD,known_to,,2030-01-01,,,,,INDIVISIBLE,,low,\n"}, 4, "known to one day, not 2"),
        ({"sources/s.csv": "wrong\n"}, 4, "sources/s.csv:1: the header is not right"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_broken_overlay_is_refused_before_it_is_asked(
    tmp_path: Path, files: dict[str, str], code: int, says: str
) -> None:
    for name, body in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(body)
    for _ in range(2):  # the second time nothing broken was kept packed
        result = run("members", "CSTO", "--on", "2010", "--overlay", str(tmp_path))
        assert result.exit_code == code
        assert says in one_line(result.stderr)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    result = run("members", "CSTO", "--on", "2010", "--overlay", str(tmp_path))
    assert result.exit_code == 3
    assert "a.csv: cannot be read" in one_line(result.stderr)


def test_an_overlay_replaces_a_claim_and_leaves_addresses_and_other_speakers_alone(tmp_path: Path) -> None:
    def bearing(*more: str) -> list[dict[str, str]]:
        answer = run("why", "members", "CSTO", "ARM", "--on", "2025-06-01", "--json", *more)
        assert answer.exit_code == 0, answer.output
        rows: list[dict[str, str]] = json.loads(answer.stdout)["rows"]
        return rows

    before = bearing()
    own = next(
        row for row in before if row["role"] == "member" and row["speaker"] is None and row["part"] != "complete list"
    )
    claim = f"ARM,role,CSTO,member,{own['from']},2024-01-01,legal,,INDIVISIBLE,a test,low,invented\n"
    (tmp_path / "mine.csv").write_text(HEADER + claim)
    after = bearing("--overlay", str(tmp_path))
    assert {row["claim"] for row in before} - {row["claim"] for row in after} == {own["claim"]}
    assert {row["claim"] for row in after} - {row["claim"] for row in before} == {"overlay1/mine.csv:2"}


def test_a_damaged_packed_record_is_packed_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    monkeypatch.setenv("INDIVISIBLE_CACHE", str(tmp_path))
    sound = run("members", "CSTO", "--on", "2010").stdout
    (packed,) = tmp_path.glob("*.npz")
    whole = packed.read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 255
    for damaged in (b"", b"garbage", whole[:20000], bytes(flipped)):
        packed.write_bytes(damaged)
        assert run("members", "CSTO", "--on", "2010").stdout == sound
        assert packed.read_bytes() == whole
    nine = np.full((13, 2), 9, np.int32)
    np.savez(
        packed, words=np.zeros(3, np.uint8), codes=nine, days=np.zeros((4, 2), np.int32), line=np.zeros(2, np.int32)
    )
    assert run("members", "CSTO", "--on", "2010").stdout == sound


def test_a_cache_that_cannot_be_written_only_costs_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INDIVISIBLE_CACHE", "/dev/null/nowhere")
    assert run("members", "CSTO", "--on", "2010").exit_code == 0
