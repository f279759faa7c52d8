"""A saved run: everything needed to get the same answer again, byte for byte, and to say what differs if it is not.

`verify` says `identical` where the answer is the same text, `equal within 1e-9` where only the last digits of numbers
differ (another platform or library), and otherwise lists what differs.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from indivisible import __version__
from indivisible.assess.run_differences import Difference, differences, weightiest_first
from indivisible.assess.verdict import DEFAULT_MATERIALITY
from indivisible.assess.words import counted
from indivisible.errors import FileError
from indivisible.record.overlay import Overlay, needed, overlay_from
from indivisible.record.table import Table

SCHEMA = "run/1"
IDENTICAL = "identical"
EQUAL = "equal within 1e-9"
DIFFERENT = "different"
MOST_SHOWN = 40
_KEYS = ("schema", "version", "platform", "question", "record", "data", "digest", "answer")
_OTHER_RECORD = " The record is another one: use the version that saved the run."
_ASKED: Mapping[str, type | tuple[type, ...]] = {
    "change": str, "where": str, "text": str, "on": (str, type(None)), "models": (list, type(None)),
    "among": (str, list, type(None)), "settings": dict, "power": str, "hostility": str, "draws": int, "seed": int,
    "attribute": bool, "materiality": (int, float), "overlays": list,
}  # fmt: skip
_GRANTED = ("change", "where", "text")
_LATER: Mapping[str, Any] = {"materiality": DEFAULT_MATERIALITY, "overlays": []}  # what older runs could not choose


@dataclass(frozen=True)
class Run:
    """A question with its answer (assess/1), the record and data it was asked of, and where it was computed.

    `question` holds the change as text and everything chosen: day, models, constants, power, hostility, draws, seed,
    materiality; and by digest and names of files the overlays that were laid over the record.
    """

    question: Mapping[str, Any]
    answer: Mapping[str, Any]
    version: str
    platform: Mapping[str, str]

    @property
    def overlays(self) -> tuple[Overlay, ...]:
        """The user's own claims that the answer rests on."""
        return tuple(overlay_from(one) for one in self.question.get("overlays", ()))

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
    question = held["question"] if wrong else {**_LATER, **held["question"]}
    wrong = wrong or [key for key, kind in _ASKED.items() if not isinstance(question.get(key, ...), kind)]
    if wrong:
        raise FileError(f"the run does not say what it needs to: {', '.join(wrong)}", where=where, do="save it anew")
    granted = question.get("after")
    if granted is not None and not (
        isinstance(granted, dict) and all(isinstance(granted.get(key), str) for key in _GRANTED)
    ):
        raise FileError("the run does not say what it needs to: after", where=where, do="save it anew")
    run = Run(question, held["answer"], held["version"], held["platform"])
    if run.digest != held["digest"]:
        raise FileError("the answer in the file is not the one that was saved", where=where, do="save it anew")
    try:
        _ = run.overlays
    except ValueError as problem:
        raise FileError(f"the run does not say what it needs to: overlays ({problem})", where=where,
                        do="save it anew") from None  # fmt: skip
    return run


def _no_number(name: str, where: str) -> float:
    raise FileError(f"{name} is no number in JSON", where=where, do="save it anew")


@dataclass(frozen=True)
class Verified:
    """Whether a run computed again gave the same answer, and what differs."""

    name: str
    said: str
    differences: tuple[Difference, ...]
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
            "differences": self._told(),
            "needs": needed(self.saved.overlays, self.again.overlays) or None,
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
        shown = "; ".join(one.said() for one in self.differences[:3])
        more = f"; and {len(self.differences) - 3} more" if len(self.differences) > 3 else ""
        places = counted(len(self.differences), "place")
        return f"{self.name}: different in {places}: {shown}{more}.{self._why()}{elsewhere}"

    def _why(self) -> str:
        """What may explain that the record is another one."""
        needs = needed(self.saved.overlays, self.again.overlays)
        if needs:
            return f" To be the same, {needs}."
        return "" if self.saved.answer["record"] == self.again.answer["record"] else _OTHER_RECORD

    def _told(self) -> list[dict[str, str]]:
        return [{"place": one.place, "then": one.first, "now": one.second} for one in self.differences]

    def rows(self) -> list[dict[str, Any]]:
        """One row for each difference, the first of many."""
        told: list[dict[str, Any]] = list(self._told())
        rest = len(told) - MOST_SHOWN
        return told if rest <= 0 else [*told[:MOST_SHOWN], {"place": f"and {rest} more", "then": None, "now": None}]

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that the answer rests on."""
        return tuple(self.again.answer.get("sources", ()))


def verified(name: str, saved: Run, again: Run) -> Verified:
    """Compare a saved run with the same question asked again."""
    if saved.digest == again.digest:
        return Verified(name, IDENTICAL, (), saved, again)
    found = weightiest_first(tuple(differences(saved.answer, again.answer)))
    return Verified(name, DIFFERENT if found else EQUAL, found, saved, again)


def compared(first: Run, second: Run, names: tuple[str, str]) -> Table:
    """What two runs were asked otherwise, and for which states and models the verdicts differ."""
    words = ("in the first", "in the second")
    asked = [one.said(words) for one in differences(first.question, second.question)]
    ours, theirs = ({key: run.answer.get(key) for key in ("record", "data", "version")} for run in (first, second))
    asked += [one.said(words) for one in differences(ours, theirs)]
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
