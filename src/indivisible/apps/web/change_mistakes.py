"""Mistakes of a change in their places: which step, which effect of it, which field, so that a page can show them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from indivisible.architecture.change_file import Table
from indivisible.errors import ChangeError, FileError, IndivisibleError, UnknownName

_LINE = re.compile(r"line (\d+)(?:, field (\w+))?")
_NESTED = ("effects", "pledges")
_WORDS = (
    ("choose another day with --on", "choose another day of the baseline"),
    ("name one with the key role", "choose one of them as the role"),
    ("see: indivisible list --help", "choose one from the list"),
)  # what the command line calls otherwise than the page


def placed(problem: IndivisibleError, steps: Sequence[Table]) -> dict[str, Any]:
    """A mistake with the number of its step (from 0), its effect or pledge, field and line, where they are known."""
    at = _LINE.search(problem.where)
    line = int(at[1]) if at else None
    step, inside = _around(line, steps) if line is not None else (None, None)
    field = at[2] if at else None
    if isinstance(problem, UnknownName) and (named := _naming(problem.name, steps)) is not None:
        step, inside, field, line = named
    if field is None:
        field = _meant(problem)
    reason = problem.reason if isinstance(problem, ChangeError) else None
    return {
        "step": step, "inside": inside, "field": field, "line": line, "error": _plain(problem.what, reason),
        "where": problem.where, "do": _in_words(problem.do), "kind": _kind(problem), "near": _near(problem),
        "reason": reason,
    }  # fmt: skip


def _around(line: int, steps: Sequence[Table]) -> tuple[int | None, int | None]:
    """The step that stands at a line, and the place of the effect or pledge in it."""
    begun = [number for number, step in enumerate(steps) if step.line <= line]
    if not begun:
        return None, None
    inner = [number for number, one in enumerate(_inner(steps[begun[-1]])) if one.line <= line]
    return begun[-1], inner[-1] if inner else None


def _inner(step: Table) -> tuple[Table, ...]:
    found = next((step.values[name] for name in _NESTED if name in step.values), ())
    return tuple(one for one in found if isinstance(one, Table)) if isinstance(found, tuple) else ()


def _naming(name: str, steps: Sequence[Table]) -> tuple[int, int | None, str, int] | None:
    """Step, effect, field and line in which a name stands that the record does not know."""
    for number, step in enumerate(steps):
        for place, table in ((None, step), *enumerate(_inner(step))):
            for field, value in table.values.items():
                listed = value if isinstance(value, tuple) else (value,)
                if any(isinstance(one, str) and name in (one, one.removeprefix("members of ")) for one in listed):
                    return number, place, field, table.lines.get(field, table.line)
    return None


def _meant(problem: IndivisibleError) -> str | None:
    """The field that a mistake speaks of without naming its place."""
    for told, field in (("two steps are called", "id"), ("no figure is called", "figure"), ("past what", "date")):
        if told in problem.what:
            return field
    if isinstance(problem, ChangeError) and problem.reason == "which_role":
        return "role"
    if found := re.search(r"needs exactly one of (\w+)", problem.what):
        return found[1]
    found = re.search(r"(?:key|needs|field) '?(\w+)'?", problem.what)
    return found[1] if found else None


def _near(problem: IndivisibleError) -> list[str]:
    """Names that may have been meant, also where they stand in words."""
    if isinstance(problem, UnknownName):
        return list(problem.near)
    if isinstance(problem, ChangeError) and problem.reason == "which_role":
        return problem.what.rpartition(": ")[2].split(", ")
    if problem.what.startswith("no figure is called"):
        return problem.do.removeprefix("near: ").split(", ")
    return []


def _plain(what: str, reason: str | None) -> str:
    """What went wrong, without the word that programs go by."""
    return what.removeprefix(f"{reason}: ") if reason else what


def _in_words(do: str) -> str:
    for said, meant in _WORDS:
        do = do.replace(said, meant)
    return do


def _kind(problem: IndivisibleError) -> str:
    kinds = ((ChangeError, "change"), (UnknownName, "unknown_name"), (FileError, "file"))
    return next((word for kind, word in kinds if isinstance(problem, kind)), "question")
