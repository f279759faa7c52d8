"""One possible world of many: every figure and tie that is not known, settled at a point within its bounds.

A point gives each unknown a fraction between 0 and 1: for a figure how far it lies from its low to its high bound, for
a tie in doubt whether it holds (at one half or more). Before and after a change the same unknown has the same value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indivisible.architecture.arrays import PLEDGE_KINDS, Arrays, Floats, Plane, Promises, Ties, known_ties

Unknown = tuple[str, ...]
_PLANES = ("power", "warheads", "capability", "expenditure")
EVERYTHING = frozenset({*_PLANES, "deployments", "hostility", *(f"pledges.{kind}" for kind in PLEDGE_KINDS)})


@dataclass(frozen=True, slots=True)
class Point:
    """A fraction for every unknown, by its name; an unknown without one stands in the middle (a tie: it holds)."""

    fractions: Mapping[Unknown, float]

    def of(self, unknown: Unknown) -> float:
        """How far from the low to the high bound."""
        return self.fractions.get(unknown, 0.5)


MIDDLE = Point({})


def unknowns(arrays: Sequence[Arrays], *, read: frozenset[str]) -> tuple[Unknown, ...]:
    """Names of what is not known in any of the arrays, among what is `read` (names as models list them), in order.

    A figure without an upper bound is not listed: no point can settle it.
    """
    found: set[Unknown] = set()
    for one in arrays:
        for name in _PLANES:
            if name in read:
                plane: Plane = getattr(one, name)
                open_ = (plane.low < plane.high) & np.isfinite(plane.high)
                found.update((name, one.states[i]) for i in np.flatnonzero(open_))
        if "deployments" in read:
            plane = one.deployments
            for i, j in np.argwhere((plane.low < plane.high) & np.isfinite(plane.high)):
                found.add(("deployments", one.states[i], one.states[j]))
        for made in one.promises:
            if f"pledges.{made.kind}" in read:
                found.update(_name(made, int(k), one.states) for k in np.flatnonzero(~made.certain))
        if "hostility" in read and one.hostility is not None:
            for i, j in np.argwhere(np.triu(one.hostility.possible & ~one.hostility.sure)):
                found.add(("hostility", one.states[i], one.states[j]))
    return tuple(sorted(found))


def settled(arrays: Sequence[Arrays], point: Point, *, read: frozenset[str] = EVERYTHING) -> tuple[Arrays, ...]:
    """The same arrays with everything at the point; the first give the values, later ones keep to their own bounds.

    A figure that a change holds down has the old value where its new bounds allow it and the nearest bound otherwise;
    one that a change sets anew or adds to lies at the same fraction of its new bounds. What has no upper bound stays
    unknown, and so does what is not among `read`.
    """
    found: list[Arrays] = []
    for one in arrays:
        first = found[0] if found else None
        planes = {name: _settled(one, name, point, arrays[0], first)
                  for name in (*_PLANES, "deployments") if name in read}  # fmt: skip
        kinds = [made if f"pledges.{made.kind}" not in read else _kept(made, point, one.states)
                 for made in one.promises]  # fmt: skip
        found.append(
            replace(
                one,
                power=planes.get("power", one.power),
                warheads=planes.get("warheads", one.warheads),
                capability=planes.get("capability", one.capability),
                expenditure=planes.get("expenditure", one.expenditure),
                deployments=planes.get("deployments", one.deployments),
                promises=tuple(kinds),
                hostility=_hostile(one.hostility, point, one.states) if "hostility" in read else one.hostility,
            )
        )
    return tuple(found)


def _settled(one: Arrays, name: str, point: Point, open_first: Arrays, first: Arrays | None) -> Plane:
    plane: Plane = getattr(one, name)
    open_ = np.argwhere(plane.low < plane.high)
    if not len(open_):
        return plane
    fractions = np.full(plane.low.shape, 0.5)
    for place in open_.tolist():
        fractions[tuple(place)] = point.of((name, *(one.states[i] for i in place)))
    return _at(plane, fractions, None if first is None else (getattr(open_first, name), getattr(first, name)))


def _at(plane: Plane, fractions: Floats, first: tuple[Plane, Plane] | None) -> Plane:
    """Exact values between the bounds; where `first` (unsettled, settled) was merely held down, its value, if allowed.

    Held down: the upper bound is lower than it was, and the lower one only as far as it has to be.
    """
    bounded = np.isfinite(plane.high)
    width = np.where(bounded, plane.high, plane.low) - plane.low
    values = plane.low + fractions * width
    if first is not None:
        was, now = first
        held = (plane.high < was.high) & (plane.low == np.minimum(was.low, plane.high))
        known = np.isfinite(now.best) & (now.low == now.high) & held
        clipped = np.minimum(np.maximum(now.best, plane.low), plane.high)
        values = np.where(known & (plane.low < plane.high), clipped, values)
        bounded = bounded | known
    return Plane(
        np.where(bounded, values, plane.low),
        np.where(bounded, values, np.nan),
        np.where(bounded, values, plane.high),
    )


def _name(made: Promises, k: int, states: tuple[str, ...]) -> Unknown:
    """A doubt about a treaty between two states is one, whoever is pledged to whom."""
    pair = sorted((states[made.senders[k]], states[made.receivers[k]]))
    return (f"pledges.{made.kind}", made.treaties[made.treaty[k]], *pair)


def _kept(made: Promises, point: Point, states: tuple[str, ...]) -> Promises:
    if made.certain.all():
        return made
    holds: NDArray[np.bool_] = made.certain.copy()
    for k in np.flatnonzero(~made.certain):
        holds[k] = point.of(_name(made, int(k), states)) >= 0.5
    return Promises(
        made.kind, made.treaties, made.treaty[holds], made.senders[holds], made.receivers[holds],
        np.ones(int(holds.sum()), dtype=bool),
    )  # fmt: skip


def _hostile(ties: Ties | None, point: Point, states: tuple[str, ...]) -> Ties | None:
    if ties is None or not ties.doubt.any():
        return ties
    table = ties.sure.copy()
    for i, j in np.argwhere(np.triu(ties.possible & ~ties.sure)):
        table[i, j] = table[j, i] = point.of(("hostility", states[i], states[j])) >= 0.5
    return known_ties(table)
