"""Bad inputs, each through the command line: one clear line, a non-zero exit code, and nothing lost."""

from __future__ import annotations

from pathlib import Path

import polars
import pytest
from click.testing import CliRunner

from indivisible.apps.cli import main

HEAD = "schema: change/1\nname: x\ntitle: X\nsteps:\n"
STATES = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n"
ROW = "ALA,1,Aland,1900,1,1,2016,12,31,2016\n"


def refused(arguments: list[str], code: int, *words: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == code, result.output
    lines = [line for line in result.output.splitlines() if line.startswith("indivisible: ")]
    assert len(lines) == 1, result.output
    assert all(word in result.output for word in words), result.output
    assert "Traceback" not in result.output


def test_an_unknown_state() -> None:
    refused(["state", "Finnland", "--on", "2010-01-01"], 2, "no state is called 'Finnland'", "Finland (FIN)")


def test_an_impossible_date() -> None:
    refused(["members", "NATO", "--on", "2023-02-29"], 2, "'2023-02-29' is not a day of the calendar")


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (HEAD + "  - {id: a, do: accede, state: FIN, organization: NATO, date: 2024-06-01}\n", 5, ("already_so",)),
        (HEAD + "  - {id: a, do: withdraw, state: CHE, organization: NATO, date: 2024-06-01}\n", 5, ("not_so",)),
        (HEAD + "  - {id: a, do: accede, state: Narnia, organization: NATO, date: 2024-06-01}\n", 2, ("Narnia",)),
        (HEAD + "  - {id: a, do: accede, state: AUT, organization: NATO, date: 2024-02-30}\n", 3, ("2024-02-30",)),
        (
            HEAD + "  - {id: a, do: accede, state: AUT, organization: NATO, date: 2024-06-01, moral: bad}\n",
            3,
            ("moral",),
        ),
        (HEAD + "  - {id: a, do: accede\n", 3, ("line",)),
        (HEAD + "  - !!python/object/apply:os.system ['true']\n", 3, ("python/object",)),
        ("just a sentence\n", 3, ()),
        ("", 3, ()),
    ],
)
def test_a_change_that_cannot_be(tmp_path: Path, text: str, code: int, words: tuple[str, ...]) -> None:
    path = tmp_path / "change.yml"
    path.write_text(text, encoding="utf-8")
    refused(["assess", str(path)], code, *words)


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data home with one good import in it."""
    home = tmp_path / "home"
    monkeypatch.setenv("INDIVISIBLE_HOME", str(home))
    good = tmp_path / "states2016.csv"
    good.write_text(STATES + ROW, encoding="utf-8")
    done = CliRunner().invoke(main, ["data", "import", str(good)])
    assert done.exit_code == 0, done.output
    return home


def held(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def test_a_dataset_with_a_duplicate_key(tmp_path: Path, stored: Path) -> None:
    before = held(stored)
    bad = tmp_path / "states2016.csv"
    bad.write_text(STATES + ROW + ROW, encoding="utf-8")
    refused(["data", "import", str(bad)], 3, "states2016.csv", "ccode")
    assert held(stored) == before


def test_a_truncated_parquet(tmp_path: Path, stored: Path) -> None:
    before = held(stored)
    whole = tmp_path / "whole.parquet"
    polars.DataFrame({"ccode1": [1], "ccode2": [2], "year": [2000], "mindist": [1.0]}).write_parquet(whole)
    cut = tmp_path / "cow_mindist.parquet"
    cut.write_bytes(whole.read_bytes()[:60])
    refused(["data", "import", str(cut)], 3, "cow_mindist.parquet")
    assert held(stored) == before


def test_a_bad_cell_is_named_with_row_and_column(tmp_path: Path, stored: Path) -> None:
    before = held(stored)
    bad = tmp_path / "states2016.csv"
    bad.write_text(STATES + ROW + ROW.replace("ALA,1,", "BLA,two,"), encoding="utf-8")
    refused(["data", "import", str(bad)], 3, "states2016.csv", "3", "ccode")
    assert held(stored) == before
