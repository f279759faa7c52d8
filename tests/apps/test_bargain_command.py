"""`indivisible bargain` and `indivisible positions`: the same in Python, on the terminal and in files; mistakes."""

from __future__ import annotations

import csv
import json
import sys
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from indivisible.apps.bargain_command import EXAMPLE
from indivisible.apps.cli import main
from indivisible.apps.desk import Desk
from indivisible.report.bargain_drawing import LINE, TOP, _apart
from indivisible.report.json_text import rounded

SVG = "{http://www.w3.org/2000/svg}"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The example that the command prints, as a file."""
    path = tmp_path_factory.mktemp("bargain") / "case.yaml"
    printed = run("bargain", "--example")
    assert printed.exit_code == 0
    path.write_text(printed.stdout + "side: 9  # a coarse grid is quick\n", encoding="utf-8")
    return str(path)


def test_python_and_the_command_line_agree(desk: Desk, case: str) -> None:
    found = run("bargain", case, "--draws", "3", "--seed", "2", "--json")
    assert found.exit_code == 0, found.output
    told = json.loads(found.stdout)
    assert told == json.loads(json.dumps(rounded(desk.councils.bargain(case, draws=3, seed=2).to_dict())))
    assert next(iter(told)) == "schema"
    placed = run("positions", case, "--json")
    assert json.loads(placed.stdout) == json.loads(json.dumps(rounded(desk.councils.positions(case).to_dict())))


def test_the_terminal_shows_every_turn_the_end_and_what_the_rule_leaves(case: str) -> None:
    said = run("bargain", case, "--draws", "3").stdout
    for words in ("Bargaining settles after 4 turns", "likeliest to prevail", "not a forecast", "Settings: votes prop",
                  "Turn 1", "Turn 4", "target sees", "with Eland", "In the end", "3 draws of the intervals (seed 0)",
                  "Rule: at least 4 of 5 and a veto of Bland", "Core (no coalition", "Veto: Bland", "Uncovered: ",
                  "Status quo (mandate 0 and length 0)"):  # fmt: skip
        assert words in said, words
    assert "Turn 5" not in said
    assert "nan" not in said.casefold()


def test_a_case_without_a_rule_says_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("\n".join(line for line in EXAMPLE.splitlines() if not line.startswith("rule")), encoding="utf-8")
    assert "is not told: the case names neither a body nor a rule." in run("bargain", str(path)).stdout


@pytest.mark.parametrize("ending", ["csv", "json", "html", "parquet", "dta", "svg"])
def test_every_kind_of_file(tmp_path: Path, case: str, ending: str) -> None:
    path = tmp_path / f"answer.{ending}"
    found = run("bargain", case, "--out", str(path))
    assert found.exit_code == 0, found.output
    assert "Written to" in found.output
    if ending == "csv":
        rows = list(csv.DictReader(path.open(encoding="utf-8")))
        assert len(rows) == 5 * 5
        assert {"turn", "actor", "mandate", "length", "chance", "challenges", "takes"} <= set(rows[0])
    if ending == "html":
        page = path.read_text(encoding="utf-8")
        assert "<script" not in page
        assert "<svg" in page
        assert all(f"<h2>{title}</h2>" in page for title in ("Turn 1", "Turn 4", "In the end", "What the rule leaves"))


def test_the_drawing_has_a_line_for_each_actor_and_dimension(tmp_path: Path, case: str) -> None:
    path = tmp_path / "bargain.svg"
    run("bargain", case, "--draws", "3", "--out", str(path))
    drawn = ElementTree.parse(path).getroot()
    assert len(drawn.findall(f".//{SVG}polyline")) == 5 * 3  # two dimensions, and the plane of both
    assert len(drawn.findall(f".//{SVG}polygon")) == 2  # the core, and its sign
    told = [text.text for text in drawn.iter(f"{SVG}text")]
    assert told.count("Aland") == 3
    assert "90% of draws" in told
    dashes = {line.get("stroke-dasharray") for line in drawn.iter(f"{SVG}polyline")}
    assert dashes == {""}


def test_names_do_not_cover_each_other() -> None:
    found = sorted(_apart([100.0, 101.0, 99.0, 290.0, 295.0], 296))
    assert all(b - a >= LINE - 1e-9 for a, b in pairwise(found))
    assert found[0] >= TOP
    assert found[-1] <= 296


def test_a_png_needs_matplotlib(tmp_path: Path, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bargain.png"
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "matplotlib.figure", None)
        refused = run("bargain", case, "--out", str(path))
        assert refused.exit_code == 6
        assert "needs matplotlib, which is not installed (write .svg, or install it)" in refused.output
    assert not path.exists()
    pytest.importorskip("matplotlib")
    assert run("bargain", case, "--out", str(path)).exit_code == 0
    assert path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["bargain"], 2, "--example prints one"),
        (["bargain"], 2, "no case is given"),
        (["positions"], 2, "no case is given"),
        (["bargain", "none.yaml"], 3, "none.yaml"),
        (["bargain", "CASE", "--draws", "-1"], 2, "-1 draws"),
        (["bargain", "CASE", "--draws", "10001"], 2, "ask for 0 to 10,000"),
        (["bargain", "CASE", "--draws", "2", "--seed", "-1"], 2, "a seed of -1"),
        (["bargain", "CASE", "--out", "answer.doc"], 3, "no format has the ending '.doc'"),
        (["bargain", "CASE", "--out", "no/folder.svg"], 3, "the folder does not exist"),
    ],
)
def test_mistakes_in_one_line(case: str, arguments: list[str], code: int, told: str) -> None:
    found = run(*(case if one == "CASE" else one for one in arguments))
    assert found.exit_code == code, found.output
    lines = [line for line in found.output.splitlines() if line.startswith("indivisible: ")]
    assert len(lines) == 1
    assert told in found.output
    assert "Traceback" not in found.output


def test_what_a_bargain_rests_on(tmp_path: Path, case: str) -> None:
    assert run("bargain", case, "--cite").output.strip() == ""
    path = tmp_path / "csto.yaml"
    actors = "".join(
        f"  - {{actor: {key}, position: {10 * n}, salience: 50, capability: 1}}\n"
        for n, key in enumerate(["ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK"])
    )
    path.write_text(f"body: CSTO\non: 2022-01-05\ndimensions: [size]\nactors:\n{actors}", encoding="utf-8")
    assert "@misc{csto_charter_2002" in run("bargain", str(path), "--cite").output
    said = run("bargain", str(path)).stdout
    assert "Kazakhstan" in said
    assert "Core (no coalition that can carry prefers anything else): from size 0 to size 50." in said
