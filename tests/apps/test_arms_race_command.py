"""`indivisible arms-race` on invented expenditures: its shape, its words and its refusals."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "panels"))

from invented_expenditures import imported

from indivisible.apps.cli import main
from indivisible.apps.desk import Desk


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return imported(tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("home"))


def asked(*words: str, home: Path) -> Result:
    return CliRunner().invoke(main, ["arms-race", *words], env={"INDIVISIBLE_HOME": str(home), "COLUMNS": "200"})


def test_the_shape(home: Path) -> None:
    result = asked("--on", "2019-06-01", "--hostility", "none", "--json", home=home)
    assert result.exit_code == 0, result.output
    shown = json.loads(result.output, parse_constant=pytest.fail)
    assert list(shown)[:3] == ["schema", "on", "of"]
    assert shown["schema"] == "arms-race/1"
    assert (shown["on"], shown["of"], shown["hostility"]) == ("2019-06-01", None, "none")
    assert set(shown["fit"]["coefficients"]) == {"hostile", "neighbour", "camp", "fatigue"}
    assert shown["fit"]["coefficients"]["hostile"]["standard_error"] is None
    assert shown["fit"]["coefficients"]["fatigue"]["standard_error"] > 0.0
    assert shown["stability"]["reaction_ratio"][0] <= shown["stability"]["reaction_ratio"][1]
    assert shown["stability"]["settles"] in (True, False, None)
    states = [one["state"] for one in shown["states"]]
    assert states == sorted(states)
    assert "SIPRI, 2018" in shown["expenditure"]
    assert shown["record"].startswith("sha256:")


def test_one_state_in_words_and_rows(home: Path) -> None:
    result = asked("--on", "2019-06-01", "--of", "Finland", "--hostility", "none", home=home)
    assert result.exit_code == 0, result.output
    assert "reaction over fatigue is" in result.output
    assert "not an effect" in result.output
    rows = json.loads(asked("--on", "2019-06-01", "--of", "FIN", "--hostility", "none", "--json", home=home).output)[
        "rows"
    ]
    assert all("FIN" in (row["who"], row["answers"]) for row in rows)
    strengths = [row["percent_for_one_percent"] for row in rows]
    assert strengths == sorted(strengths, reverse=True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--on", "2019-06-01", "--of", "Mordor"), 2, "no state is called"),
        (("--on", "2019-06-01", "--of", "USSR"), 2, "is not a state on"),
        (("--on", "2019-06-31"), 2, "not a day"),
        (("--on", "2019-06-01", "--hostility", "rivals"), 2, "no source of hostility"),
        (("--on", "2019-06-01", "--hostility", "rivalries"), 6, "import"),
        (("--on", "1995-06-01"), 6, "no expenditure before 2004"),
        (("--on", "2010-06-01"), 6, "cannot be fitted"),
        (("--on", "2019-06-01", "--set", "arms-race.unlisted=-1"), 2, "unlisted"),
        (("--on", "2019-06-01", "--set", "spending"), 2, "not a setting"),
    ],
)
def test_what_cannot_be_answered(home: Path, words: tuple[str, ...], code: int, said: str) -> None:
    result = asked(*words, home=home)
    assert result.exit_code == code, result.output
    assert said in result.output


def test_nothing_imported(tmp_path: Path) -> None:
    result = asked("--on", "2019-06-01", home=tmp_path)
    assert result.exit_code == 6
    assert "sipri_milex" in result.output


def test_the_same_in_python(home: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INDIVISIBLE_HOME", str(home))
    found = desk.models.arms_race(on="2019-06-01", of="Finland", hostility="none")
    assert found.to_dict()["of"] == "FIN"
    assert found.sentence().startswith("With hostility by none")
