"""The house rules that a machine can keep: imports point downwards, files stay small, names say something."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "indivisible"
LAYERS = (
    {"errors"}, {"values"}, {"measures"}, {"record"}, {"readers"}, {"architecture"}, {"panels"}, {"models", "rules"},
    {"assess"}, {"explore"}, {"report"}, {"apps"}, {"__init__", "__main__"},
)  # fmt: skip
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
FILES = sorted(path for path in PACKAGE.rglob("*.py"))


def layer(path: Path) -> str:
    relative = path.relative_to(PACKAGE)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def imports(path: Path) -> Iterator[str]:
    """Layers of this package that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "indivisible" else [f"indivisible.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            if name.startswith("indivisible."):
                yield name.split(".")[1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_downwards(path: Path) -> None:
    own = layer(path)
    for other in imports(path):
        if other in RANK and other != own:
            assert RANK[other] < RANK[own], f"{own} imports {other}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_are_small_and_named(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    assert path.stem not in {"utils", "util", "common", "helpers", "misc", "core"}
    if text.strip():
        tree = ast.parse(text)
        assert ast.get_docstring(tree), "the first line says what the module is"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_functions_are_short_documented_and_plain(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        start = node.body[1].lineno if ast.get_docstring(node) and len(node.body) > 1 else node.body[0].lineno
        assert (node.end_lineno or 0) - start < 45, f"{node.name} is long"
        if not node.name.startswith("_") and node.args.kwarg is not None:
            assert path.parent.name == "apps", f"{node.name} takes **{node.args.kwarg.arg}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_public_classes_are_small(path: Path) -> None:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            public = [n.name for n in node.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]
            assert len(public) <= 14, f"{node.name} has {len(public)} public names"
            assert ast.get_docstring(node), f"{node.name} says what it is"


def test_asking_for_members_imports_no_table_library() -> None:
    import subprocess
    import sys

    code = (
        "import sys, indivisible as iv; r = iv.load(); r.members('CSTO', on='2010-01-01');"
        "print([m for m in ('polars', 'pandas', 'scipy', 'rich', 'yaml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
