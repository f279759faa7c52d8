"""A saved run: everything needed to get the same answer again, byte for byte, and to say what differs if it is not.

`verify` says `identical` where the answer is the same text, `equal within 1e-9` where only the last digits of numbers
differ (another platform or library), and otherwise lists what differs.
"""

from __future__ import annotations

import hashlib
import json
import math
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from indivisible import __version__
from indivisible.assess.words import counted
from indivisible.errors import FileError
from indivisible.record.table import Table

SCHEMA = "run/1"
IDENTICAL = "identical"
EQUAL = "equal within 1e-9"
DIFFERENT = "different"
MOST_SHOWN = 40
_KEYS = ("schema", "version", "platform", "question", "record", "data", "digest", "answer")
_TOLERANCE = 1e-9
_PRINTED = 1e-8  # two numbers that differ by less may be printed with nine digits that differ in the last
_OTHER_RECORD = " The record is another one: give the same --overlay, or use the version that saved the run."
_ASKED: Mapping[str, type | tuple[type, ...]] = {
    "change": str, "where": str, "text": str, "on": (str, type(None)), "models": (list, type(None)),
    "among": (str, list, type(None)), "settings": dict, "power": str, "hostility": str, "draws": int, "seed": int,
    "attribute": bool,
}  # fmt: skip
Words = tuple[str, str]


@dataclass(frozen=True)
class Run:
    """A question with its answer (assess/1), the record and data it was asked of, and where it was computed.

    `question` holds the change as text and everything chosen: day, models, constants, power, hostility, draws, seed.
    """

    question: Mapping[str, Any]
    answer: Mapping[str, Any]
    version: str
    platform: Mapping[str, str]

    @property
    def digest(self) -> str:
        """SHA-256 of the answer's canonical text."""
        return "sha256:" + hashlib.sha256(canonical(self.answer).encode()).hexdigest()

    def computed(self) -> dict[str, Any]:
        """Where and by which version it was computed, and what came of it."""
        return {"digest": self.digest, "version": self.version, "platform": dict(self.platform)}

    def to_dict(self) -> dict[str, Any]:
        """The shape run/1."""
        return {
            "schema": SCHEMA,
            "version": self.version,
            "platform": dict(self.platform),
            "question": dict(self.question),
            "record": self.answer["record"],
            "data": self.answer["data"],
            "digest": self.digest,
            "answer": dict(self.answer),
        }


def run_of(question: Mapping[str, Any], answer: Mapping[str, Any]) -> Run:
    """A run computed here and now."""
    return Run(question, answer, __version__, here())


def here() -> dict[str, str]:
    """What the last digits of a number can hang on."""
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "system": platform.system(),
        "machine": platform.machine(),
    }


def canonical(answer: Mapping[str, Any]) -> str:
    """The answer as text in which equal answers are equal: keys sorted, numbers with nine significant digits."""
    return json.dumps(answer, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def parse_run(text: str, where: str) -> Run:
    """A saved run. Raises FileError for what is no run, or has been altered since it was saved."""
    try:
        held = json.loads(text, parse_constant=lambda name: _no_number(name, where))
    except json.JSONDecodeError as problem:
        raise FileError(f"not JSON ({problem.msg})", where=f"{where}:{problem.lineno}") from None
    if not isinstance(held, dict) or held.get("schema") != SCHEMA:
        raise FileError(f"not a saved run ({SCHEMA})", where=where, do="make one with: indivisible assess ... --save")
    missing = [key for key in _KEYS if key not in held]
    if missing:
        raise FileError(f"the run lacks {', '.join(missing)}", where=where, do="save it anew")
    wrong = [key for key in ("question", "platform", "answer") if not isinstance(held[key], dict)]
    wrong = wrong or [key for key, kind in _ASKED.items() if not isinstance(held["question"].get(key, ...), kind)]
    if wrong:
        raise FileError(f"the run does not say what it needs to: {', '.join(wrong)}", where=where, do="save it anew")
    run = Run(held["question"], held["answer"], held["version"], held["platform"])
    if run.digest != held["digest"]:
        raise FileError("the answer in the file is not the one that was saved", where=where, do="save it anew")
    return run


def _no_number(name: str, where: str) -> float:
    raise FileError(f"{name} is no number in JSON", where=where, do="save it anew")


@dataclass(frozen=True)
class Verified:
    """Whether a run computed again gave the same answer, and what differs."""

    name: str
    said: str
    differences: tuple[str, ...]
    saved: Run
    again: Run

    @property
    def exit_code(self) -> int:
        """0 unless the answers differ."""
        return 7 if self.said == DIFFERENT else 0

    def to_dict(self) -> dict[str, Any]:
        """The shape verify/1."""
        return {
            "schema": "verify/1",
            "run": self.name,
            "said": self.said,
            "differences": list(self.differences),
            "saved": {
                "digest": self.saved.digest,
                "version": self.saved.version,
                "platform": dict(self.saved.platform),
            },
            "again": {
                "digest": self.again.digest,
                "version": self.again.version,
                "platform": dict(self.again.platform),
            },
            "record": self.again.answer["record"],
        }

    def sentence(self) -> str:
        """The answer in one or two plain sentences."""
        if self.said == IDENTICAL:
            return f"{self.name}: identical. The answer has the same digest, {self.saved.digest}."
        other = ", ".join(
            f"{name} {self.saved.platform.get(name, '?')} then and {now} now"
            for name, now in self.again.platform.items()
            if self.saved.platform.get(name) != now
        )
        elsewhere = f" Computed elsewhere: {other}." if other else " Computed on the same kind of machine."
        if self.said == EQUAL:
            return f"{self.name}: equal within 1e-9, not to the last digit.{elsewhere}"
        shown = "; ".join(self.differences[:3])
        other_record = "" if self.saved.answer["record"] == self.again.answer["record"] else _OTHER_RECORD
        places = counted(len(self.differences), "place")
        return f"{self.name}: different in {places}: {shown}.{other_record}{elsewhere}"

    def rows(self) -> list[dict[str, Any]]:
        """One row for each difference, the first of many."""
        return [{"difference": one} for one in self.differences[:MOST_SHOWN]]

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that the answer rests on."""
        return tuple(self.again.answer.get("sources", ()))


def verified(name: str, saved: Run, again: Run) -> Verified:
    """Compare a saved run with the same question asked again."""
    if saved.digest == again.digest:
        return Verified(name, IDENTICAL, (), saved, again)
    found = tuple(differences(saved.answer, again.answer))
    return Verified(name, DIFFERENT if found else EQUAL, found, saved, again)


def differences(first: Any, second: Any, place: str = "", *, words: Words = ("then", "now")) -> Iterator[str]:
    """Where two answers differ by more than 1e-9, as `place: this then, that now`, or in other `words`."""
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        for key in sorted({*first, *second}):
            yield from differences(
                first.get(key), second.get(key), f"{place}.{key}" if place else str(key), words=words
            )
    elif isinstance(first, list) and isinstance(second, list) and len(first) == len(second):
        for n, (one, other) in enumerate(zip(first, second, strict=True)):
            name = one.get("state") or one.get("model") if isinstance(one, Mapping) else None
            yield from differences(one, other, f"{place}[{name or n}]", words=words)
    elif not _same(first, second):
        yield f"{place}: {_short(first)} {words[0]}, {_short(second)} {words[1]}"


def _same(first: Any, second: Any) -> bool:
    numbers = all(isinstance(one, int | float) and not isinstance(one, bool) for one in (first, second))
    if numbers:
        return math.isclose(first, second, rel_tol=_PRINTED, abs_tol=_TOLERANCE)
    return type(first) is type(second) and bool(first == second)


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:57]}..."


def compared(first: Run, second: Run, names: tuple[str, str]) -> Table:
    """What two runs were asked otherwise, and for which states and models the verdicts differ."""
    words = ("in the first", "in the second")
    asked = list(differences(first.question, second.question, words=words))
    ours, theirs = ({key: run.answer.get(key) for key in ("record", "data", "version")} for run in (first, second))
    asked += differences(ours, theirs, words=words)
    rows = [{"about": "question", "model": None, "state": None, names[0]: None, names[1]: None, "says": told}
            for told in asked]  # fmt: skip
    one, other = _verdicts(first.answer), _verdicts(second.answer)
    both = sorted(set(one) & set(other))
    turned = [key for key in both if one[key] != other[key]]
    rows += [
        {"about": "verdict", "model": key[0], "state": key[1], names[0]: one[key], names[1]: other[key], "says": None}
        for key in turned
    ]
    only = sorted({model for model, _ in set(one) ^ set(other)})
    were = "was" if len(asked) == 1 else "were"
    says = f"{counted(len(asked), 'thing')} {were} asked otherwise; "
    says += f"of {len(both)} verdicts that both give, {len(turned)} differ."
    says += f" Only in one of them: {', '.join(only)}." if only else ""
    sources = tuple(sorted({*first.answer.get("sources", ()), *second.answer.get("sources", ())}))
    about = {"first": names[0], "second": names[1], "asked_otherwise": len(asked), "verdicts_differ": len(turned)}
    return Table("compare/1", about, says, tuple(rows), str(second.answer["record"]), sources)


def _verdicts(answer: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    found = {}
    for model in answer["models"]:
        label = f"{model['model']} ({model['output']})" if model.get("output") else model["model"]
        found.update({(label, one["state"]): one["verdict"] for one in model["states"]})
    return found
