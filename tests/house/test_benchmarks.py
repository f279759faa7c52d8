"""Every benchmark that gives rows is part of `make bench`, under a name of its own."""

from __future__ import annotations

import ast
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks"


def functions(path: Path) -> list[str]:
    return [one.name for one in ast.parse(path.read_text("utf-8")).body if isinstance(one, ast.FunctionDef)]


def test_every_benchmark_with_rows_is_run() -> None:
    run = (FOLDER / "run.py").read_text("utf-8")
    measured = [path.stem for path in sorted(FOLDER.glob("*.py")) if "rows" in functions(path)]
    assert {"armament", "risk", "verdict"} <= set(measured)
    left_out = [name for name in measured if f"import {name} as benchmark" not in run]
    assert not left_out, f"not wired into benchmarks/run.py: {left_out}"
    (parts,) = (
        one.value
        for one in ast.parse(run).body
        if isinstance(one, ast.Assign) and getattr(one.targets[0], "id", "") == "PARTS"
    )
    assert isinstance(parts, ast.Dict)
    wired = {value.id for value in parts.values if isinstance(value, ast.Name)}
    assert set(measured) <= wired
