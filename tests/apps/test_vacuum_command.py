"""`indivisible vacuum`: the same answer in Python, on the terminal and in every kind of file; mistakes in one line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indivisible.apps.cli import main
from indivisible.apps.desk import Desk
from indivisible.report.json_text import rounded

ASKED = ("vacuum", "--on", "2021-06-01", "--among", "GUAM")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_python_and_the_command_line_agree(desk: Desk) -> None:
    found = run(*ASKED, "--json")
    assert found.exit_code == 0, found.output
    assert json.loads(found.stdout) == json.loads(
        json.dumps(rounded(desk.vacuum(on="2021-06-01", among="GUAM").to_dict()))
    )


def test_the_terminal_says_what_it_counts(desk: Desk) -> None:
    said = run(*ASKED, "--pairs", "matter").stdout
    for words in ("by the texts in this record", "no text in this record", "Left out as universal", "assumed to oblige",
                  "land border, by the record", "Nobody has pledged", "observer seat"):  # fmt: skip
        assert words in said
    one = run("vacuum", "--on", "2021-06-01", "--among", "FIN,RUS", "--top", "1").stdout
    assert "Finland (FIN) and Russia (RUS)" in one
    assert "RUS_FIN_TREATY_1992 Art. 5 (consult), legal" in one
    late = run("vacuum", "--on", "2027-01-01", "--among", "GUAM").stdout
    assert "past what the record covers" in late


@pytest.mark.parametrize("ending", ["csv", "json", "html", "parquet", "dta"])
def test_every_kind_of_file(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"answer.{ending}"
    assert run(*ASKED, "--out", str(path)).exit_code == 0
    assert path.stat().st_size > 500
    if ending == "csv":
        rows = list(csv.DictReader(path.open(encoding="utf-8")))
        assert len(rows) == 6 * 6
        assert {row["level"] for row in rows} <= {"legal", "political", "none", "unknown"}
    if ending == "html":
        page = path.read_text(encoding="utf-8")
        assert "<script" not in page
        assert page.count('<td class="o') == 4 * 3
        assert "Who has no duty to whom" in page


def test_a_page_of_all_states_has_no_grid(desk: Desk) -> None:
    page = desk.vacuum(on="2021-06-01", domains="incidents", top=1).answer.to_html()
    assert 'class="grid"' not in page
    assert "States" in page


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("--on", "2021"), "is not one day"),
        (("--on", "2021-06-01", "--among", "NATOO"), "near names: NATO"),
        (("--on", "2021-06-01", "--among", "FIN"), "two states"),
        (("--on", "2021-06-01", "--binding", "law"), "legal, political, any"),
        (("--on", "2021-06-01", "--domain", "arms"), "arms_control"),
        (("--on", "2021-06-01", "--pairs", "near"), "all or matter"),
        (("--on", "2021-06-01", "--layer", "both"), "participation or legal"),
        ((), "--on"),
    ],
)
def test_mistakes_are_one_clear_line(asked: tuple[str, ...], words: str) -> None:
    result = run("vacuum", *asked)
    assert result.exit_code != 0
    assert words in (result.output + str(result.exception))


def test_an_overlay_may_mark_a_text_as_universal(tmp_path: Path) -> None:
    """What is universal is data: whoever reads a text as drawn up for every state can say so."""
    (tmp_path / "mine.csv").write_text(
        "subject,field,object,value,from,to,layer,speaker,source,place,confidence,note\n"
        "GUAM,open_to,,all_states,,,,,RECALLED_DUTIES,,low,\n",
        encoding="utf-8",
    )
    plain, overlaid = (
        json.loads(run(*ASKED, "--json", "--domain", "economic", *more).stdout)
        for more in ((), ("--overlay", str(tmp_path)))
    )
    assert "GUAM" in overlaid["left_out"]
    assert "GUAM" not in plain["left_out"]
    assert (plain["counts"][0]["legal"], overlaid["counts"][0]["legal"]) == (6, 1)  # Azerbaijan and Moldova by the CIS
