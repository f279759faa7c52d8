"""No state is special: no constant of the code names one, and what ships is worded without taking a side."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from indivisible.record.record import Record

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "indivisible"
CHANGES = sorted((PACKAGE / "architecture" / "changes").glob("*.yml"))
# words that judge rather than report, unless they stand in a treaty's own name or terms
JUDGING = re.compile(
    r"\b(aggressive|provocat\w+|rightful\w*|illegitimate|regime|puppet|heroic|betray\w*)\b", re.IGNORECASE
)


def test_no_constant_of_the_code_names_a_state(record: Record) -> None:
    """Strings of the code, its documentation left out, hold no state's key, code or name."""
    names = {claim.value for claim in record.claims(field="name") if claim.subject in record.entities("state")}
    special = set(record.entities("state")) | names
    found = []
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documentation = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and node.body
            if isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
            if is_text and node.value in special:
                found.append(f"{path.relative_to(PACKAGE)}:{node.lineno} {node.value}")
    assert found == []


@pytest.mark.parametrize("path", CHANGES, ids=lambda path: path.stem)
def test_changes_report_and_do_not_judge(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert JUDGING.findall(text) == []
    assert "sources:" in text


def test_names_in_the_record_are_not_epithets(record: Record) -> None:
    for field in ("name", "official_name"):
        assert [claim.address for claim in record.claims(field=field) if JUDGING.search(claim.value)] == []
