"""Runs the treaty cases: each asks the record one question and states the answer a lawyer would check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from indivisible.architecture.treaties import treaty
from indivisible.record.record import Record

FOLDER = Path(__file__).parent
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['title']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
DERIVED = {"counts", "unsure", "complete", "absent", "speakers"}


@pytest.mark.parametrize("case", CASES)
def test_case(record: Record, case: dict[str, Any]) -> None:
    answer = treaty(record, case["treaty"], on=str(case["day"]), state=case.get("state")).to_dict()
    expected = case["expect"]
    found = {key: answer[key] for key in expected if key not in DERIVED}
    assert found == {key: value for key, value in expected.items() if key not in DERIVED}
    for name, count in expected.get("counts", {}).items():
        assert len(answer[name]) == count, f"{name}: {answer[name]}"
    if "unsure" in expected:
        assert {entry["state"]: entry["why"] for entry in answer["unsure"]} == expected["unsure"]
    for name, complete in expected.get("complete", {}).items():
        assert answer["complete"][name] is complete
    for name, states in expected.get("absent", {}).items():
        assert not set(states) & set(answer[name])
    if "speakers" in expected:
        assert sorted({position["speaker"] for position in answer["positions"]}) == expected["speakers"]


def test_there_are_cases() -> None:
    assert len(CASES) > 50
