"""Cases of design as the page offers them, and a case of one's own within the limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from indivisible.apps.design_saving import change_text_of
from indivisible.apps.web.limits import Limits
from indivisible.apps.web.shipped import shipped_change
from indivisible.errors import QuestionError, UnknownName
from indivisible.explore.design_case import SHIPPED, case_of, load_case
from indivisible.record.record import Record
from indivisible.values import iso

if TYPE_CHECKING:
    from indivisible.apps.web.questions import DesignGiven
    from indivisible.explore.design_answer import Design


def shipped(record: Record) -> dict[str, Any]:
    """The JSON shape designs/1."""
    cases = [load_case(name) for name in SHIPPED]
    listed = [
        {"name": name, "title": case.title, "description": case.description, "levers": len(case.levers),
         "text": case.text}
        for name, case in zip(SHIPPED, cases, strict=True)
    ]  # fmt: skip
    return {"schema": "designs/1", "sentence": f"{len(listed)} cases of design ship.", "designs": listed,
            "record": record.digest}  # fmt: skip


def checked(given: DesignGiven, limits: Limits) -> dict[str, Any]:
    """The name of a case that ships, or a text within the limits. Raises UnknownName, FileError, TooLarge."""
    ways = [word for word in ("case", "text", "data") if getattr(given, word)]
    if len(ways) != 1:
        raise QuestionError("give one of case, text and data", where="case", do="case names one that ships")
    if given.case:
        if given.case not in SHIPPED:
            raise UnknownName(given.case, "case", SHIPPED)
        return {"case": given.case, "text": ""}
    text = given.text or yaml.safe_dump({"schema": "design-case/1", **(given.data or {})}, sort_keys=False)
    case = case_of(text, "case.yml")
    limits.check("levers", case.levers, limits.levers)
    limits.check("draws", case.harm.draws, limits.draws)
    if case.facts:
        raise QuestionError("a world of its own cannot be sent here", where="start", do="start on a day of the record")
    if case.after:
        shipped_change(case.after)
    return {"case": "", "text": text}


def as_changes(answer: Design) -> dict[str, list[dict[str, Any]]]:
    """Every package of the frontier and every nearest miss as a change, with what `assess` is asked so as to judge it
    as the search did.

    None where the world is not the record's, or where the search began after another change: a page cannot ask that.
    """
    case, examiner = answer.found.case, answer.found.examiner
    if case.facts or case.after:
        return {"frontier": [], "nearest": []}
    asked = {
        "on": iso(examiner.worlds.before.day),
        "models": list(dict.fromkeys(model.name for _, model, _ in examiner.runs)),
        "settings": dict(case.harm.settings), "power": case.power, "hostility": case.hostility,
        "materiality": case.harm.materiality, "draws": case.harm.draws, "seed": case.harm.seed,
    }  # fmt: skip

    def change(package: int, name: str, title: str) -> dict[str, Any]:
        levers = examiner.worlds.taken(package)
        return {"text": change_text_of(f"{case.name}-{name}", f"{case.title}: {title}", levers, case.sources), **asked}

    packages, misses = enumerate(answer.found.frontier, 1), enumerate(answer.found.nearest, 1)
    return {
        "frontier": [change(package, f"{n:03d}", f"package {n}") for n, package in packages],
        "nearest": [change(miss.package, f"miss-{n:03d}", f"nearest miss {n}") for n, miss in misses],
    }
