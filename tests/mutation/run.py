"""Change every number and every day of a rule by one, in code and in data, and see whether a case of the corpus fails.

    python tests/mutation/run.py [--treaty KEY] [--file NAME] [--sample N]

A number or day whose change no case notices is a survivor: write the case on the other side of its boundary. Those that
cannot change a finding stand in `equivalent.csv`, each with the reason. The rules are changed in a copy of the package;
every change runs in a process of its own.
"""

from __future__ import annotations

import argparse
import ast
import csv
import io
import os
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ENGINE = {"base", "case_file", "facts", "finding", "holdings", "comply", "describe", "obligations_of", "__init__"}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NUMBER = re.compile(r"(?<![\w.:/-])\d+(?:\.\d+)?(?![\w.:/-])")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One number of one file changed by one."""

    path: Path
    start: int
    end: int
    old: str
    new: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path.name}:{self.line}: {self.old} -> {self.new}   {self.text.strip()[:90]}"


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every number of a file, one more and one less."""
    source = path.read_text(encoding="utf-8")
    places = {".py": in_code, ".csv": in_table}.get(path.suffix, in_text)(source)
    for start, end in places:
        old = source[start:end]
        line = source.count("\n", 0, start) + 1
        for step in (1, -1):
            new = changed(old, step)
            if not new.startswith("-"):
                yield Mutant(path, start, end, old, new, line, source.splitlines()[line - 1])


def changed(old: str, step: int) -> str:
    """A number one more or less, a day one later or earlier."""
    if DAY.fullmatch(old):
        return (date.fromisoformat(old) + timedelta(days=step)).isoformat()
    value = float(old.replace("_", "")) + step
    return str(int(value)) if value == int(value) and "." not in old else str(value)


def in_code(source: str) -> list[tuple[int, int]]:
    """Numbers of Python code, without those that pick a place in a sequence, stand for "none" or size a cache; and
    strings that are a day."""
    tree = ast.parse(source)
    left_out: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript):
            left_out |= {id(one) for one in ast.walk(node.slice)}
        elif isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
            left_out |= {id(one) for one in node.values if isinstance(one, ast.Constant)}
        elif isinstance(node, ast.keyword) and node.arg == "maxsize":
            left_out.add(id(node.value))
        elif isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            left_out |= {id(one) for one in ast.walk(node.format_spec)}
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = []
    for node in ast.walk(tree):
        number = isinstance(node, ast.Constant) and type(node.value) in (int, float) and id(node) not in left_out
        if number and node.end_lineno is not None and node.end_col_offset is not None:
            lines = source.splitlines(keepends=True)
            begin = starts[node.lineno - 1] + _characters(lines[node.lineno - 1], node.col_offset)
            end = starts[node.end_lineno - 1] + _characters(lines[node.end_lineno - 1], node.end_col_offset)
            if NUMBER.fullmatch(source[begin:end].replace("_", "")):
                found.append((begin, end))
    return sorted([*found, *(match.span(1) for match in re.finditer(rf'"({DAY.pattern})"', source))])


def _characters(line: str, offset: int) -> int:
    return len(line.encode()[:offset].decode())


def in_table(source: str) -> list[tuple[int, int]]:
    """Cells of a CSV that hold a number or a day and nothing else, the heading left out."""
    found, at = [], 0
    for number, line in enumerate(source.splitlines(keepends=True)):
        cells = next(csv.reader(io.StringIO(line)), [])
        place = 0
        for cell in cells:
            where = line.find(cell, place)
            if number and re.fullmatch(rf"\d+(\.\d+)?|{DAY.pattern}", cell):
                found.append((at + where, at + where + len(cell)))
            place = where + len(cell)
        at += len(line)
    return found


def in_text(source: str) -> list[tuple[int, int]]:
    """Numbers that are a value in YAML: after a colon, a dash or a bracket, not inside words or dates."""
    value = re.compile(r"(?:[:\[,]\s+|^\s*-\s+|\[)(\d+(?:\.\d+)?)(?=\s*(?:[,\]}#]|$))", re.MULTILINE)
    return [match.span(1) for match in value.finditer(source)]


def files_of(module: Path) -> list[Path]:
    """The files of one text: its module, the modules of rules that it imports, and the data they name."""
    rules = next(parent for parent in module.parents if parent.name == "rules")
    waiting, code = [module], []
    while waiting:
        path = waiting.pop()
        if path in code or not path.exists() or path.stem in ENGINE:
            continue
        code.append(path)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("indivisible.rules"):
                parts = (node.module or "").split(".")[2:]
                waiting.append(rules.joinpath(*parts).with_suffix(".py"))
                waiting += [rules.joinpath(*parts, one.name).with_suffix(".py") for one in node.names]
    data = []
    for path in sorted(rules.rglob("*")):
        if path.suffix in (".csv", ".yml", ".yaml"):
            named = any(path.name in one.read_text(encoding="utf-8") for one in code)
            if named or path.stem.startswith(module.stem):
                data.append(path)
    return [*sorted(code), *data]


def equivalent() -> dict[tuple[str, str, str], str]:
    """Numbers that cannot change a finding: file, text of the line, new value; with the reason."""
    with (HERE / "equivalent.csv").open(encoding="utf-8", newline="") as file:
        return {(row["file"], row["line"], row["new"]): row["why"] for row in csv.DictReader(file)}


def survives(mutant: Mutant, target: str) -> bool:
    """Whether no case of the target notices. Runs in a process of its own, on the changed file."""
    source = mutant.path.read_text(encoding="utf-8")
    mutant.path.write_text(source[: mutant.start] + mutant.new + source[mutant.end :], encoding="utf-8")
    told, tell = os.pipe()
    try:
        child = os.fork()
        if child == 0:
            try:
                failing = first_failing(target)
            except BaseException:
                os._exit(1)
            os.write(tell, failing.encode())
            os._exit(1 if failing else 0)
        _, status = os.waitpid(child, 0)
        os.close(tell)
        if failing := os.read(told, 1000).decode():
            NOTICED[target] = [failing, *(one for one in NOTICED.get(target, ()) if one != failing)]
    finally:
        os.close(told)
        mutant.path.write_text(source, encoding="utf-8")
    return status == 0


NOTICED: dict[str, list[str]] = {}  # by target the cases that have noticed a change, the last one first: tried first


def first_failing(target: str) -> str:
    """The first case of a treaty, or of a question, that is not met; empty if all are."""
    import test_rule_cases as cases

    from indivisible.record.load import load

    record = load()
    order = {number: place for place, number in enumerate(NOTICED.get(target, ()))}
    mine = [one for one in cases.CASES if target in (one.get("treaty"), one.get("asks"))]
    mine.sort(key=lambda one: order.get(str(one["case"]), len(order)))
    return next((str(one["case"]) for one in mine if cases.failures(record, one)), "")


def prepare() -> tuple[Path, dict[str, Path]]:
    """A copy of the package to change, and the module of every target in it. Imports no rule."""
    sys.dont_write_bytecode = True
    folder = Path(tempfile.mkdtemp(prefix="mutation-"))
    shutil.copytree(ROOT / "src" / "indivisible", folder / "indivisible", ignore=shutil.ignore_patterns("__pycache__"))
    sys.path[:0] = [str(folder), str(ROOT / "tests" / "cases" / "rules")]
    rules = folder / "indivisible" / "rules"
    targets = {}
    for path in sorted((rules / "treaties").glob("*.py")):
        key = re.search(r'^KEY\b[^=]*= "(\w+)"', path.read_text(encoding="utf-8"), re.MULTILINE)
        if key:
            targets[key.group(1)] = path
    for name in ("notify", "force", "principle"):
        if (rules / f"{name}.py").exists():
            targets[name] = rules / f"{name}.py"
    return folder, targets


def warm() -> None:
    """Load what every child needs and no change touches, so that a child starts at once."""
    import yaml

    from indivisible.architecture import treaties, treaty_answers  # noqa: F401
    from indivisible.record.load import load

    load()
    yaml.load = lru_cache(maxsize=None)(yaml.load)
    for path in (ROOT / "tests" / "cases" / "rules").glob("*.yaml"):
        yaml.load(path.read_text(encoding="utf-8"), Loader=loader())


def loader() -> Any:
    """The loader of the corpus, without the module that reads it, which imports rules."""
    import yaml

    return yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader


def run(chosen: str | None, name: str | None, sample: int | None, seed: int) -> int:
    """Print survivors; the number of them that are not listed as equivalent."""
    folder, targets = prepare()
    try:
        warm()
        if chosen is not None and chosen not in targets:
            print(f"no target is called {chosen}; there are {', '.join(targets)}", file=sys.stderr)
            return 1
        known = equivalent()
        users: dict[Path, list[str]] = {}  # several texts may share a file: the cases of any of them will do
        for target, module in targets.items():
            for path in files_of(module):
                users.setdefault(path, []).append(target)
        found = [
            (mutant, sorted(whose, key=lambda one: one != chosen))
            for path, whose in users.items()
            if (chosen is None or chosen in whose) and name in (None, path.name)
            for mutant in mutants_of(path)
            if (path.name, mutant.text.strip(), mutant.new) not in known
        ]
        if sample is not None:
            found = random.Random(seed).sample(found, min(sample, len(found)))
        failing = [one for one in sorted({t for _, whose in found for t in whose}) if not all_pass_apart(one)]
        if failing:
            print(f"cases fail before anything is changed: {', '.join(failing)}", file=sys.stderr)
            return 1
        began = time.perf_counter()
        survivors = [(m, whose) for m, whose in found if all(survives(m, one) for one in whose)]
        for mutant, whose in survivors:
            print(f"{', '.join(whose)}: {mutant}")
        print(f"{len(found)} changes, {len(survivors)} survive, {time.perf_counter() - began:.0f} s")
        return min(len(survivors), 100)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def all_pass_apart(target: str) -> bool:
    """The cases of a target with nothing changed, in a process of its own."""
    child = os.fork()
    if child == 0:
        try:
            os._exit(1 if first_failing(target) else 0)
        except BaseException as problem:
            print(f"{target}: {problem!r}", file=sys.stderr)
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--treaty", metavar="KEY", help="Only this text, or notify, force, principle.")
    parser.add_argument("--file", metavar="NAME", help="Only the numbers of this file.")
    parser.add_argument("--sample", type=int, metavar="N", help="Only so many changes, drawn at random.")
    parser.add_argument("--seed", type=int, default=7, help="Of the draw.")
    given = parser.parse_args()
    sys.exit(run(given.treaty, given.file, given.sample, given.seed))
