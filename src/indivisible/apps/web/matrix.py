"""Who is bound to whom on a day, as a square: row pledges to column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indivisible.apps.web.architectures import architecture
from indivisible.apps.web.layers import KINDS
from indivisible.architecture.members import members
from indivisible.errors import QuestionError, UnknownName
from indivisible.record.record import Record
from indivisible.values import day_of, iso


def matrix(record: Record, *, on: str, kind: str = "defence", among: Sequence[str] = ()) -> dict[str, Any]:
    """The JSON shape matrix/1: one cell for each ordered pair with a pledge of the kind, `[row, column, texts, sure]`.

    `among` keeps these states and the members of these organisations. Raises UnknownName, QuestionError.
    """
    if kind not in (*KINDS, "any"):
        raise QuestionError(f"no pledge is of kind {kind!r}", where="kind", do=", ".join((*KINDS, "any")))
    one = architecture(record, day_of(on))
    wanted = _among(record, among, iso(one.day))
    cells: dict[tuple[str, str], dict[str, bool]] = {}
    for pledge in one.pledges:
        if kind not in (pledge.kind, "any"):
            continue
        if wanted is not None and not (pledge.sender in wanted and pledge.receiver in wanted):
            continue
        texts = cells.setdefault((pledge.sender, pledge.receiver), {})
        texts[pledge.treaty] = texts.get(pledge.treaty, False) or pledge.certain
    present = {end for pair in cells for end in pair} | ((wanted or set()) & set(one.states))
    states = [state for state in one.states if state in present]
    treaties = sorted({text for texts in cells.values() for text in texts})
    place = {key: number for number, key in enumerate(states)}
    number_of = {key: number for number, key in enumerate(treaties)}
    possible = len(states) * (len(states) - 1)
    word = "pledges of any kind" if kind == "any" else f"pledges of {kind}"
    says = f"{len(cells):,} of {possible:,} ordered pairs among {len(states)} states have {word} on {iso(one.day)}."
    return {
        "schema": "matrix/1", "on": iso(one.day), "kind": kind, "sentence": says,
        "states": [{"key": state, "name": record.name_of(state)} for state in states],
        "treaties": [{"key": text, "name": record.name_of(text)} for text in treaties],
        "cells": [
            [place[sender], place[receiver], sorted(number_of[text] for text in texts), any(texts.values())]
            for (sender, receiver), texts in sorted(cells.items())
        ],
        "order": _order(states, set(cells)), "record": record.digest,
    }  # fmt: skip


def _among(record: Record, names: Sequence[str], on: str) -> set[str] | None:
    if not names:
        return None
    found: set[str] = set()
    for name in names:
        try:
            found.add(record.resolve(name, "state"))
        except UnknownName as problem:
            try:
                found |= set(members(record, name, on=on).members)
            except UnknownName as other:
                raise UnknownName(name, "state or organization", [*problem.near, *other.near]) from None
    return found


def _order(states: Sequence[str], pairs: set[tuple[str, str]]) -> list[int]:
    """Places of the states so that those who are bound to the same others stand side by side."""
    bound = {state: {b for a, b in pairs if a == state} | {a for a, b in pairs if b == state} for state in states}
    left, order = list(states), []
    while left:
        here = max(left, key=lambda state: (len(bound[state]), -states.index(state)))
        while True:
            left.remove(here)
            order.append(states.index(here))
            near = [state for state in left if bound[state] & (bound[here] | {here})]
            if not near:
                break
            here = max(near, key=lambda state: (_alike(bound[state], bound[here]), -states.index(state)))
    return order


def _alike(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)
