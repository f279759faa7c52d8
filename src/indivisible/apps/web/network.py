"""The network of a day: states and organisations as dots, pledges and memberships as lines, and where each dot stands.

Positions are computed here, from nothing but the ties and the places of capitals, so that the same day gives the same
figure on every screen. Distance on the figure means nothing but that tied dots are drawn together.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indivisible.apps.web.architectures import architecture
from indivisible.apps.web.day import organizations_of
from indivisible.apps.web.layers import KINDS
from indivisible.architecture.architecture import Architecture
from indivisible.errors import QuestionError
from indivisible.record.record import Record
from indivisible.values import day_of, iso

Floats = NDArray[np.float64]
ROUNDS = 120
SHOWN = ("defence",)


def network(
    record: Record,
    *,
    on: str,
    kinds: Collection[str] = SHOWN,
    organizations: Sequence[str] = (),
    lone: bool = False,
) -> dict[str, Any]:
    """The JSON shape network/1; `lone` shows states without a tie too. Raises UnknownName, QuestionError."""
    for kind in kinds:
        if kind not in KINDS:
            raise QuestionError(f"no pledge is of kind {kind!r}", where="kinds", do=", ".join(KINDS))
    one = architecture(record, day_of(on))
    keys = [record.resolve(name, "organization") for name in organizations]
    rows = {row["key"]: row for row in organizations_of(record, one)}
    edges = _pledges(one, kinds) + [
        {"from": state, "to": key, "kind": "member", "mutual": False, "certain": state in rows[key]["members"],
         "treaties": []}
        for key in keys if key in rows for state in (*rows[key]["members"], *rows[key]["unsure"])
    ]  # fmt: skip
    tied = {end for edge in edges for end in (edge["from"], edge["to"])}
    dots = [state for state in one.states if lone or state in tied] + [key for key in keys if key in rows]
    places = _places(dots, edges, one)
    degree = dict.fromkeys(dots, 0)
    for edge in edges:
        degree[edge["from"]] += 1
        degree[edge["to"]] += 1
    nodes = [
        {"key": dot, "name": record.name_of(dot), "kind": "organization" if dot in keys else "state",
         "x": x, "y": y, "ties": degree[dot]}
        for dot, (x, y) in zip(dots, places.tolist(), strict=True)
    ]  # fmt: skip
    says = f"{len(nodes)} states and organisations with {len(edges)} ties on {iso(one.day)}. "
    says += "Where a dot stands follows from its ties alone; distance has no other meaning."
    return {
        "schema": "network/1", "on": iso(one.day), "kinds": sorted(kinds),
        "organizations": keys, "sentence": says, "nodes": nodes, "edges": edges, "record": record.digest,
    }  # fmt: skip


def _pledges(one: Architecture, kinds: Collection[str]) -> list[dict[str, Any]]:
    """One line for each pair and kind, with the texts it rests on."""
    found: dict[tuple[str, str, str], dict[str, bool]] = {}
    for pledge in one.pledges:
        if pledge.kind in kinds:
            texts = found.setdefault((pledge.sender, pledge.receiver, pledge.kind), {})
            texts[pledge.treaty] = texts.get(pledge.treaty, False) or pledge.certain
    lines = []
    for (sender, receiver, kind), texts in sorted(found.items()):
        back = found.get((receiver, sender, kind))
        if back is not None and receiver < sender:
            continue
        both = texts if back is None else {**texts, **back}
        lines.append({"from": sender, "to": receiver, "kind": kind, "mutual": back is not None,
                      "certain": any(both.values()), "treaties": sorted(both)})  # fmt: skip
    return lines


def _places(dots: Sequence[str], edges: Sequence[dict[str, Any]], one: Architecture) -> Floats:
    """Points within the square from -1 to 1: ties pull, all dots push, and capitals hold a little."""
    if not dots:
        return np.empty((0, 2))
    index = {dot: place for place, dot in enumerate(dots)}
    home = _homes(dots, one, edges)
    pull = np.zeros((len(dots), len(dots)))
    for edge in edges:
        i, j = index[edge["from"]], index[edge["to"]]
        pull[i, j] = pull[j, i] = 1.0
    at, wide = home.copy(), 1.4 / np.sqrt(len(dots))
    for turn in range(ROUNDS):
        apart = at[:, None, :] - at[None, :, :]
        squared = (apart**2).sum(axis=2) + 1e-9
        pushed = (apart * (wide**2 / squared)[:, :, None]).sum(axis=1)
        pulled = (apart * (pull * np.sqrt(squared) / wide)[:, :, None]).sum(axis=1)
        shares = np.maximum(pull.sum(axis=1, keepdims=True), 1.0)
        force = pushed - 4.0 * pulled / shares - 1.5 * (at - home)
        length = np.maximum(np.linalg.norm(force, axis=1, keepdims=True), 1e-12)
        at += force / length * np.minimum(length, 0.12 * (1 - turn / ROUNDS) ** 1.5)
    at -= (at.max(axis=0) + at.min(axis=0)) / 2
    return np.asarray(np.round(at / max(float(np.abs(at).max()), 1e-9), 4))


def _homes(dots: Sequence[str], one: Architecture, edges: Sequence[dict[str, Any]]) -> Floats:
    """Where each dot begins: at its capital on an equal-area cylinder; an organisation amid its members."""
    home = np.zeros((len(dots), 2))
    known: dict[str, tuple[float, float]] = {}
    for state, (latitude, longitude) in one.capitals.items():
        known[state] = (longitude / 180.0, float(np.sin(np.radians(latitude))) * 0.6)
    for place, dot in enumerate(dots):
        amid = [known[edge["from"]] for edge in edges if edge["to"] == dot and edge["from"] in known]
        spot = known.get(dot) or (np.mean(amid, axis=0) if amid else (0.0, 0.0))
        home[place] = spot
    return home + 1e-3 * np.column_stack([np.cos(np.arange(len(dots))), np.sin(np.arange(len(dots)))])
