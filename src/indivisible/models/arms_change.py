"""How much a change moves the arms race of a day for every state, whatever is not known.

With K before and K' after, the race settles at y = (a - K)^-1 g and y' = (a - K')^-1 g, so that

    y' - y = (a - K')^-1 (K' - K) y        and        score' - score = - a (y' - y)

The inverse holds nothing below zero and grows with every entry of K', as y does with K and g: each product is bounded
by taking all that is not known at its lowest or highest. What is the same unknown before and after drops out of K' - K.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indivisible.architecture.arrays import Bools, Floats, Plane
from indivisible.measures.arms_race import NoEquilibrium, responses
from indivisible.models.arms_world import ArmsWorld, reaching

Span = tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Moved:
    """K' - K, [n, n]: by how much each entry rises and falls, at least and at most."""

    rises: Span
    falls: Span

    @property
    def rows(self) -> Bools:
        """[i]: whether anything that i answers differs."""
        return np.asarray((self.rises[1] > 0.0).any(axis=1) | (self.falls[1] > 0.0).any(axis=1))

    def turned(self) -> Moved:
        """K - K'."""
        return Moved(self.falls, self.rises)


def moved(old: ArmsWorld, new: ArmsWorld) -> Moved:
    """What of the reactions differs after the change, by the same unknown figures and ties both times."""
    low, high = _strengths_move(old, new)
    same = old.share.same_as(new.share)
    rises, falls = _signed(low, high), _signed(-high, -low)
    with_same = (
        (rises[0] * new.share.low, rises[1] * new.share.high),
        (falls[0] * new.share.low, falls[1] * new.share.high),
    )
    if same.all():
        return Moved(*with_same)
    apart = _products_move(old, new, low, high)
    return Moved(*(_where(same, kept, free) for kept, free in zip(with_same, apart, strict=True)))


def _where(column: Bools, one: Span, other: Span) -> Span:
    return np.where(column[None, :], one[0], other[0]), np.where(column[None, :], one[1], other[1])


def _signed(low: Floats, high: Floats) -> Span:
    """The part above zero of an interval."""
    return np.maximum(low, 0.0), np.maximum(high, 0.0)


def _products_move(old: ArmsWorld, new: ArmsWorld, low: Floats, high: Floats) -> tuple[Span, Span]:
    """K' - K in columns whose share is another: rises and falls."""
    then = old.least * old.share.low, old.most * old.share.high
    now = new.least * new.share.low, new.most * new.share.high
    least, most = now[0] - then[1], now[1] - then[0]
    steady = (low == 0.0) & (high == 0.0)
    # a figure that a change bounds anew is the same one, held to its new bounds
    less, more = steady & _not_above(new.share, old.share), steady & _not_above(old.share, new.share)
    least, most = np.where(more, np.maximum(least, 0.0), least), np.where(less, np.minimum(most, 0.0), most)
    return _signed(least, most), _signed(-most, -least)


def _not_above(one: Plane, other: Plane) -> Bools:
    return np.asarray((one.low <= other.low) & (one.high <= other.high))


def _strengths_move(old: ArmsWorld, new: ArmsWorld) -> Span:
    """c' - c, [n, n], at least and at most; zero where the same ties, known or not, make it."""
    pledges = old.defended.same_as(new.defended)
    hostile = old.hostile.same_as(new.hostile)
    foes = (old.hostile.possible | new.hostile.possible).astype(np.float32)
    elsewhere = (foes @ (~pledges).astype(np.float32)) > 0.0  # a pledge to one of its foes is another
    steady = pledges & (old.borders == new.borders) & np.asarray(hostile.all(axis=1))[:, None] & ~elsewhere
    low, high = new.least - old.most, new.most - old.least
    return np.where(steady, 0.0, low), np.where(steady, 0.0, high)


def change_of_scores(old: ArmsWorld, new: ArmsWorld) -> tuple[Floats, Floats]:
    """Lowest and highest change [i] of the score; unbounded where the race may not settle, before or after."""
    difference = moved(old, new)
    touched = reaching(old.edges() | new.edges(), difference.rows)
    n = len(touched)
    if not touched.any():
        return np.zeros(n), np.zeros(n)
    (least, most), (least_after, most_after) = old.ends(), new.ends()
    if least is None or most is None or least_after is None or most_after is None:
        low, high = np.full(n, -np.inf), np.full(n, np.inf)
    else:
        forward = _armament_moves(new, difference, (least, most))
        back = _armament_moves(old, difference.turned(), (least_after, most_after))
        low = -new.fatigue * np.minimum(forward[1], -back[0])
        high = -new.fatigue * np.maximum(forward[0], -back[1])
    return np.where(touched, low, 0.0), np.where(touched, high, 0.0)


def _armament_moves(world: ArmsWorld, difference: Moved, settled: Span) -> Span:
    """(a - K)^-1 D y, [i], at least and at most."""
    rises = [push @ y for push, y in zip(difference.rises, settled, strict=True)]
    falls = [push @ y for push, y in zip(difference.falls, settled, strict=True)]
    least = responses(world.race(high=False), np.column_stack([rises[0], falls[0]]))
    most = responses(world.race(high=True), np.column_stack([rises[1], falls[1]]))
    assert not isinstance(least, NoEquilibrium)
    assert not isinstance(most, NoEquilibrium)
    return least[:, 0] - most[:, 1], most[:, 0] - least[:, 1]
