"""What no winning coalition can improve on: the core of a rule on one or two dimensions, exactly.

Everybody prefers what is nearer to its ideal point, all dimensions counting alike. A point is in the core where, in
every direction, those who would move that way are no winning coalition; so the core is the intersection of one
half-plane for every direction, bounded by the pivotal member there. The pivot changes only at right angles to a line
through two ideal points, and these directions suffice (limiting median lines, for any rule: Plott 1967; McKelvey and
Schofield 1987). Whole numbers and fractions throughout: nothing is decided by rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError
from indivisible.measures.voting_rules import Every, Quota, Rule, carries, checked

Integers = NDArray[np.int64]
Point = tuple[Fraction, Fraction]

UNITS = 1_000_000  # positions are read to six decimals
LARGEST = 1_000.0  # beyond it whole numbers would overflow
SLACK = 1e6  # products of whole numbers up to 4e18 are off by less when they are rounded
_BLOCK, _CHUNK = 4_000_000, 500  # numbers held at once; half-planes looked at together


@dataclass(frozen=True)
class Core:
    """Corners of the core, anticlockwise from the leftmost: none (it is empty), a point, two ends, or a polygon."""

    corners: tuple[tuple[float, ...], ...]

    @property
    def empty(self) -> bool:
        return not self.corners

    def holds(self, point: Sequence[float]) -> bool:
        """Whether a point lies in the core, to within a millionth."""
        return bool(self.corners) and _within(np.array(self.corners), np.asarray(point, dtype=float))


def ideal_points(given: Any, rule: Rule) -> Integers:
    """Ideal points `[member, dimension]` in whole millionths. Raises QuestionError for what is not one."""
    points = np.asarray(given, dtype=float)
    members = checked(rule)
    if points.ndim != 2 or points.shape[1] not in (1, 2):
        raise QuestionError(f"positions of the form {points.shape}", do="give one or two dimensions")
    if len(points) != members:
        raise QuestionError(f"{len(points)} positions for a rule of {members}", do="give one position a member")
    if not np.isfinite(points).all() or np.abs(points).max() > LARGEST:
        raise QuestionError(f"a position is not known, or beyond {LARGEST:g}", do="put positions on a smaller scale")
    return np.asarray(np.rint(points * UNITS), dtype=np.int64)


def core(points: Any, rule: Rule) -> Core:
    """The core of a rule over ideal points `[member, dimension]` on one or two dimensions."""
    ideals = ideal_points(points, rule)
    if ideals.shape[1] == 1:
        low, high = _ends(ideals[:, 0], rule)
        return Core(tuple((end / UNITS,) for end in dict.fromkeys((low, high))) if low <= high else ())
    directions = _directions(ideals)
    bounds = _pivots(ideals, directions, rule)
    corners = _box(ideals)
    for at in range(0, len(directions), _CHUNK):
        block = slice(at, at + _CHUNK)
        for number in _near(corners, directions[block], bounds[block]):
            corners = _cut(corners, directions[at + number].tolist(), int(bounds[at + number]))
    first = corners.index(min(corners)) if corners else 0
    return Core(tuple((float(x / UNITS), float(y / UNITS)) for x, y in [*corners[first:], *corners[:first]]))


def pareto(points: Any) -> Core:
    """What cannot be improved on for anybody without a loss to another: the hull of the ideal points given."""
    members = len(np.asarray(points))
    return core(points, Quota((1,) * members, members))


def vetoes(rule: Rule) -> tuple[int, ...]:
    """Members without whom nothing carries."""
    members = range(checked(rule))
    return tuple(one for one in members if not carries(rule, set(members) - {one}))


def improvements(points: Any, rule: Rule, status_quo: float) -> tuple[float, float]:
    """On one dimension: the open interval in which all lies that a winning coalition prefers to the status quo.

    It begins or ends at the status quo itself, or holds it where coalitions on either side can move it; both ends are
    the status quo where nothing beats it.
    """
    ideals = ideal_points(points, rule)
    if ideals.shape[1] != 1:
        raise QuestionError("an interval is of one dimension", do="ask for the grid")
    low, high = (end / UNITS for end in _ends(ideals[:, 0], rule))
    return min(status_quo, 2 * high - status_quo), max(status_quo, 2 * low - status_quo)


def _ends(ideals: Integers, rule: Rule) -> tuple[int, int]:
    """The pivots on a line: no winning coalition lies wholly above the first, none wholly below the second."""
    line = np.stack([ideals, np.zeros_like(ideals)], axis=1)
    up, down = _pivots(line, np.array([[1, 0], [-1, 0]], dtype=np.int64), rule).tolist()
    return up, -down


def _directions(ideals: Integers) -> Integers:
    """At right angles to every line through two ideal points, both ways; and along it, so that all turns are sharp."""
    places = np.unique(ideals, axis=0)
    first, second = np.triu_indices(len(places), 1)
    along = places[second] - places[first]
    along //= np.maximum(np.gcd(along[:, 0], along[:, 1]), 1)[:, None]
    along = np.unique(np.concatenate([along, [[1, 0], [0, 1]]]), axis=0)
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    if len(along) > 200:  # among so many directions no turn is wide: members in a line have few
        return np.unique(np.concatenate([across, -across]), axis=0)
    return np.unique(np.concatenate([across, -across, along, -along]), axis=0)


def _pivots(ideals: Integers, directions: Integers, rule: Rule) -> Integers:
    """For each direction the furthest line beyond which no winning coalition lies: the pivot's own place along it."""
    block = max(1, _BLOCK // len(ideals))
    return np.concatenate(
        [_pivots_of(ideals, directions[at : at + block], rule) for at in range(0, len(directions), block)]
    )


def _pivots_of(ideals: Integers, directions: Integers, rule: Rule) -> Integers:
    along = directions @ ideals.T  # [direction, member]
    order = np.argsort(-along, axis=1, kind="stable")
    last = _joined(rule, order)
    return np.asarray(np.take_along_axis(along, np.take_along_axis(order, last[:, None], axis=1), axis=1)[:, 0])


def _joined(rule: Rule, order: Integers) -> Integers:
    """How many join before the coalition carries when members join in order, less one; for every order."""
    if isinstance(rule, Quota):
        weights = np.array(rule.weights, dtype=np.int64)
        return np.asarray((np.cumsum(weights[order], axis=1) < rule.quota).sum(axis=1))
    parts = np.array([_joined(part, order) for part in rule.rules])
    return np.asarray(parts.max(axis=0) if isinstance(rule, Every) else parts.min(axis=0))


def _box(ideals: Integers) -> list[Point]:
    """The corners of a box well around all ideal points, anticlockwise."""
    (left, low), (right, high) = ideals.min(axis=0).tolist(), ideals.max(axis=0).tolist()
    left, low, right, high = left - UNITS, low - UNITS, right + UNITS, high + UNITS
    return [(Fraction(x), Fraction(y)) for x, y in ((left, low), (right, low), (right, high), (left, high))]


def _near(corners: list[Point], directions: Integers, bounds: Integers) -> list[int]:
    """Which half-planes may cut; the others hold every corner by more than rounding could change."""
    if not corners:
        return []
    rough = np.array([[float(x), float(y)] for x, y in corners])
    over = (rough @ directions.T.astype(float)).min(axis=0) - bounds
    return np.flatnonzero(over < SLACK).tolist()


def _cut(corners: list[Point], direction: Sequence[int], bound: int) -> list[Point]:
    """What is left of a convex polygon (or line, or point) where x . direction >= bound."""
    over = [x * direction[0] + y * direction[1] - bound for x, y in corners]
    if all(height >= 0 for height in over):
        return corners
    left: list[Point] = []
    for n, here in enumerate(corners):
        before = n - 1
        if (over[before] > 0 > over[n]) or (over[before] < 0 < over[n]):
            share = over[before] / (over[before] - over[n])
            (x, y), (to_x, to_y) = corners[before], here
            left.append((x + share * (to_x - x), y + share * (to_y - y)))
        if over[n] >= 0:
            left.append(here)
    return list(dict.fromkeys(left))


def _within(corners: NDArray[np.float64], point: NDArray[np.float64]) -> bool:
    """Whether a point is in a polygon, on a line or at a point, to within a millionth."""
    if corners.shape[1] == 1:
        return bool(corners.min() - 1e-6 <= point[0] <= corners.max() + 1e-6)
    sides = np.roll(corners, -1, axis=0) - corners
    lengths = np.maximum(np.linalg.norm(sides, axis=1), 1e-12)
    away = point - corners
    inside = (sides[:, 0] * away[:, 1] - sides[:, 1] * away[:, 0]) / lengths >= -1e-6
    if len(corners) > 2:
        return bool(inside.all())
    share = np.clip((away[0] @ sides[0]) / max(sides[0] @ sides[0], 1e-12), 0.0, 1.0)
    return bool(np.linalg.norm(away[0] - share * sides[0]) <= 1e-6)
