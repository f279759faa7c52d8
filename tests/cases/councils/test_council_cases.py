"""Decisions that a lawyer can read, put to the function that the command calls."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from indivisible.record.record import Record
from indivisible.rules.decide import decide
from indivisible.rules.decision_case import read_many
from indivisible.rules.decisions_of import FOLDER

HERE = Path(__file__).parent
FILES = [*sorted(HERE.glob("*.yaml")), *sorted(FOLDER.glob("*.yaml"))]  # made up or typed here, and real ones that ship
CASES = [(path.stem, case) for path in FILES for case in read_many(path)]
EXPECTED = {
    "outcome", "defeated_by", "flips", "flips_size", "possible", "failed", "passed", "note", "error", "found",
    "follows",
}  # fmt: skip


def test_numbers_are_unique() -> None:
    numbers = [case["case"] for _, case in CASES]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(("file", "case"), CASES, ids=[f"{file}:{case['case']}" for file, case in CASES])
def test_case(record: Record, file: str, case: dict[str, Any]) -> None:
    expect = case["expect"]
    assert expect, "a case without an expectation"
    assert set(expect) <= EXPECTED, sorted(set(expect) - EXPECTED)
    assert case.get("source") or case.get("sources"), "a case without the source of its expectation"
    if "error" in expect:
        with pytest.raises(Exception, match=expect["error"]):
            decide(record, case)
        return
    found = decide(record, case).to_dict()
    for key in {"outcome", "defeated_by", "possible"} & set(expect):
        assert found[key] == expect[key], (key, found)
    if "flips" in expect:
        assert found["flips"] == sorted(sorted(one) for one in expect["flips"])
    if "flips_size" in expect:
        sizes = {sum(group["any"] for group in groups) for groups in found["flips_of"]}
        assert sizes == ({expect["flips_size"]} if expect["flips_size"] else set())
    for says in expect.get("failed", ()):
        assert any(says in one for one in found["failed"]), found["failed"]
    for says, passed in expect.get("passed", {}).items():
        (step,) = [one for one in found["steps"] if says in one["rule"]]
        assert step["passed"] == passed, step
    for says, told in expect.get("found", {}).items():
        (step,) = [one for one in found["steps"] if says in one["rule"]]
        assert told in step["found"], step
    if "note" in expect:
        assert expect["note"] in " ".join(found["notes"])
    if "follows" in expect:
        assert expect["follows"] in (found["follows"] or "")
