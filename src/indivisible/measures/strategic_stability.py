"""Whether either of two nuclear sides would fare better by striking first, and what a missile defence lets through.

Aggregate and two-sided: totals only, no targets. A side's cost is

    damage to itself + lambda (1 - damage to the other),        damage D(n) = 1 - exp(-n / s) by n warheads

A first strike spends a part f of the warheads on the other's vulnerable ones, `kills` each, and the rest on what the
other values; the other answers with all that is left. C1 is the cost of one's own best first strike, C2 that of
waiting for the other's and answering. The index is the product of C1 / C2 over both sides: 1 means that neither gains
by being first, near 0 that who waits pays far more.

    Kent and DeValk, RAND R-3369-AF (1986), and Kent and Thaler, First-Strike Stability, RAND R-3765-AF (1989), for the
    index; neither was seen, and their curves of damage are not these. Wilkening, Science and Global Security 8 (2000)
    183-215, for the defence; its formulas are recalled, its tables not seen.
"""

from __future__ import annotations

import importlib
import math
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Defence:
    """A missile defence: interceptors, shots at each warhead, chance to track one, chance that one shot kills it."""

    interceptors: float
    shots: float
    track: float
    kill: float

    def __post_init__(self) -> None:
        if not (self.interceptors >= 0.0 and 0.0 < self.shots < math.inf):
            raise QuestionError("a defence without shots", do="give interceptors of 0 or above and shots above 0")
        kill_probability(self.track, self.kill, self.shots)


@dataclass(frozen=True)
class Side:
    """One side's totals: warheads, those of them that a first strike can destroy, and what its damage is reckoned by.

    `scale` s: so many warheads destroy 1 - 1/e of what this side values; `kills`: warheads that one of its own
    destroys; `weight` lambda: how much it minds leaving the other undamaged. QuestionError if they make no sense.
    """

    warheads: float
    vulnerable: float
    scale: float
    kills: float = field(default=1.0, kw_only=True)
    weight: float = field(default=0.3, kw_only=True)
    defence: Defence | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        if not 0.0 <= self.vulnerable <= self.warheads < math.inf:
            raise QuestionError("vulnerable warheads below 0 or above all", do="give 0 <= vulnerable <= warheads")
        if not 0.0 < self.scale < math.inf or not 0.0 <= self.kills < math.inf or not 0.0 <= self.weight < math.inf:
            raise QuestionError(
                "a scale, kills or weight out of bounds", do="give a scale above 0, the others 0 or above"
            )


@dataclass(frozen=True)
class Stability:
    """Costs of striking first and of waiting, one for each side; the parts spent on warheads; and the index."""

    first: tuple[float, float]
    waiting: tuple[float, float]
    on_warheads: tuple[float, float]
    index: float


def first_strike_stability(one: Side, other: Side, *, steps: int = 100) -> Stability:
    """Each side's best first strike over f = 0, 1/steps, ..., 1 (ties: the least f), and the index in [0, 1].

    A ratio above 1, where striking first costs more than waiting, counts as 1: no incentive does not offset another's.
    """
    if steps < 1:
        raise QuestionError(f"{steps} steps", do="give at least 1")
    first, waits, spent = zip(_strike(one, other, steps), _strike(other, one, steps), strict=True)
    waiting = (waits[1], waits[0])  # one waits for the other's strike
    index = math.prod(min(a / b, 1.0) if b > 0.0 else 1.0 for a, b in zip(first, waiting, strict=True))
    return Stability((first[0], first[1]), waiting, (spent[0], spent[1]), index)


Interval = tuple[float, float]


@dataclass(frozen=True)
class StabilityBounds:
    """Lowest and highest costs of striking first and of waiting, one pair for each side, and of the index."""

    first: tuple[Interval, Interval]
    waiting: tuple[Interval, Interval]
    index: Interval


def stability_bounds(
    one: tuple[Side, Side], other: tuple[Side, Side], *, steps: int = 100, parts: int = 12
) -> StabilityBounds:
    """Bounds of the same where each side has something from its least to its most warheads, all else the same.

    No pair of numbers between the bounds lies outside. More warheads of one's own never make a given first strike
    dearer to oneself or cheaper to the other, more of the other's never the reverse, so the corners of a box bound the
    costs in it; there are `parts` squared boxes, and the more there are, the narrower the bounds. QuestionError where
    the two sides of an interval differ in anything but warheads, or fewer are out of reach when there are more.
    """
    sides = [_between(*side, parts) for side in (one, other)]
    tables = [[_outcomes(a, b, steps) for b in sides[1]] for a in sides[0]]
    turned = [[_outcomes(b, a, steps) for b in sides[1]] for a in sides[0]]
    found = [
        _box_bounds(tables[i + 1][j], tables[i][j + 1]) + _box_bounds(turned[i][j + 1], turned[i + 1][j])
        for i in range(len(sides[0]) - 1)
        for j in range(len(sides[1]) - 1)
    ]
    low, high = np.array([[x[0] for x in box] for box in found]), np.array([[x[1] for x in box] for box in found])
    index_low = _part_of(low[:, 0], high[:, 3]) * _part_of(low[:, 2], high[:, 1])
    index_high = _part_of(high[:, 0], low[:, 3]) * _part_of(high[:, 2], low[:, 1])
    of = [(float(low[:, k].min()), float(high[:, k].max())) for k in range(4)]
    return StabilityBounds((of[0], of[2]), (of[3], of[1]), (float(index_low.min()), float(index_high.max())))


def _between(least: Side, most: Side, parts: int) -> list[Side]:
    safe = least.warheads - least.vulnerable, most.warheads - most.vulnerable
    same = replace(least, warheads=most.warheads, vulnerable=most.vulnerable) == most
    if not (same and least.warheads <= most.warheads and safe[0] <= safe[1]):
        raise QuestionError("two sides that differ in more than the number of warheads", do="give least and most")
    share = np.linspace(0.0, 1.0, parts + 1).tolist()
    return [
        replace(
            least,
            warheads=least.warheads + t * (most.warheads - least.warheads),
            vulnerable=least.vulnerable + t * (most.vulnerable - least.vulnerable),
        )
        for t in share
    ]


def _box_bounds(easiest: tuple[Floats, Floats], hardest: tuple[Floats, Floats]) -> tuple[Interval, Interval]:
    """Bounds of the striker's cost and of the struck one's, from the corners best and worst for the striker.

    Its best strike is one of those that may cost as little as the dearest best one.
    """
    low, high = float(easiest[0].min()), float(hardest[0].min())
    may = easiest[0] <= high
    return (low, high), (float(hardest[1][may].min()), float(easiest[1][may].max()))


def _part_of(first: Floats, waiting: Floats) -> Floats:
    """First over waiting, at most 1; 1 where waiting costs nothing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(waiting > 0.0, np.minimum(first / waiting, 1.0), 1.0)


def damage(warheads: Floats | float, scale: float) -> Floats:
    """1 - exp(-n / s): the part of what a side values that n arriving warheads destroy. Concave."""
    return -np.expm1(-np.asarray(warheads, dtype=np.float64) / scale)


def drawdown(warheads: Floats | float, defence: Defence | None) -> Floats:
    """How many of n arriving warheads get through on average: n less K_w of each that there are interceptors for."""
    arriving = np.asarray(warheads, dtype=np.float64)
    if defence is None:
        return arriving
    engaged = np.minimum(arriving, defence.interceptors / defence.shots)
    return arriving - engaged * kill_probability(defence.track, defence.kill, defence.shots)


def kill_probability(track: float, kill: float, shots: float) -> float:
    """K_w = P_track (1 - (1 - k)^n): that one warhead is tracked and one of n independent shots kills it."""
    if not (0.0 <= track <= 1.0 and 0.0 <= kill <= 1.0 and shots >= 0.0):
        raise QuestionError("a chance outside 0 to 1, or shots below 0", do="give chances between 0 and 1")
    missed = float((1.0 - kill) ** shots)
    return track * (1.0 - missed)


def leakage(warheads: int, killed: float) -> Floats:
    """Chance that exactly x = 0, 1, ..., W of W warheads get through, [W + 1]; `killed` is the chance for each."""
    if warheads < 0 or not 0.0 <= killed <= 1.0:
        raise QuestionError("warheads below 0 or a chance outside 0 to 1", do="give W >= 0 and a chance")
    special: Any = importlib.import_module("scipy.special")
    through = np.arange(warheads + 1)
    stopped = warheads - through
    choose = special.gammaln(warheads + 1) - special.gammaln(through + 1) - special.gammaln(stopped + 1)
    chance: Floats = np.exp(choose + special.xlogy(through, 1.0 - killed) + special.xlogy(stopped, killed))
    return chance


def none_through(warheads: float, track: float, kill: float, shots: float, *, common_track: bool = False) -> float:
    """Chance that none of W warheads gets through: K_w^W; if tracking fails for all or for none, P_track (...)^W."""
    if warheads < 0.0:
        raise QuestionError(f"{warheads:g} warheads", do="give 0 or above")
    if not warheads:
        return 1.0
    if common_track:
        return track * float(kill_probability(1.0, kill, shots) ** warheads)
    return float(kill_probability(track, kill, shots) ** warheads)


def shots_needed(warheads: float, track: float, kill: float, wanted: float) -> float | None:
    """Shots at each of W warheads for a chance `wanted` that none gets through; round up. None if no number is enough.

    n = ln(1 - P0^(1/W) / P_track) / ln(1 - k), out of reach unless P0^(1/W) < P_track.
    """
    kill_probability(track, kill, 0.0)
    if not warheads > 0.0 or not 0.0 <= wanted <= 1.0:
        raise QuestionError("no warheads, or a chance outside 0 to 1", do="give warheads above 0 and a chance")
    each = wanted ** (1.0 / warheads)
    if each == 0.0:
        return 0.0
    if kill == 1.0:
        return 1.0 if each <= track else None
    if kill == 0.0 or each >= track:
        return None
    return math.log1p(-each / track) / math.log1p(-kill)


def _strike(striker: Side, struck: Side, steps: int) -> tuple[float, float, float]:
    """Cost to the striker of its best first strike, cost to the one struck, and the part spent on warheads."""
    cost, waited = _outcomes(striker, struck, steps)
    best = int(np.argmin(cost))
    return float(cost[best]), float(waited[best]), best / steps


def _outcomes(striker: Side, struck: Side, steps: int) -> tuple[Floats, Floats]:
    """[f]: cost to the striker and to the one struck where the part f / steps of a first strike goes to warheads."""
    part = np.arange(steps + 1) / steps
    through = float(drawdown(striker.warheads, struck.defence))  # a defence thins both halves of a salvo alike
    destroyed = np.minimum(struck.vulnerable, striker.kills * part * through)
    to_struck = damage((1.0 - part) * through, struck.scale)
    to_striker = damage(drawdown(struck.warheads - destroyed, striker.defence), striker.scale)
    return to_striker + striker.weight * (1.0 - to_struck), to_struck + struck.weight * (1.0 - to_striker)
