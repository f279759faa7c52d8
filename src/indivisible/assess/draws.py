"""How sure a verdict is: the share of drawn worlds and constants in which each state gains or loses.

Every constant of a model is drawn from its documented range (a choice or switch from its values, all alike), every
figure that is not known from its interval, every tie in doubt holds in half of the draws; before and after a change the
draw is the same. Points come from a scrambled Sobol sequence, so a seed gives the same draws whoever computes them.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indivisible.architecture.arrays import Arrays
from indivisible.architecture.points import Point, Unknown, settled, unknowns
from indivisible.assess.verdict import GAINS, LOSES, UNCHANGED, UNKNOWN, threshold, verdict
from indivisible.errors import QuestionError
from indivisible.models import MODELS
from indivisible.models.base import Model, Parameter, Settings, Value

CHUNK = 32  # draws computed together, whatever the number of workers
MOST = 1_000_000
KINDS = (GAINS, LOSES, UNCHANGED, UNKNOWN)
Floats = NDArray[np.float64]
Counted = NDArray[np.int64]


@dataclass(frozen=True)
class Draws:
    """What came of the draws: for each state [n] how many gain, lose, are unchanged or unknown, and where they lie.

    `drawn` names the constants and counts the figures and ties that were drawn. `decisive` is, for each state, the
    constant whose value parts the draws in which it gains from those in which it loses best; empty where the sign
    never differs.
    """

    number: int
    seed: int
    states: tuple[str, ...]
    counts: Counted
    drawn: tuple[str, ...]
    unknown_drawn: int
    decisive: tuple[str, ...]

    def share(self, state: str, said: str) -> float:
        """The share of draws in which a state has a verdict."""
        return float(self.counts[self.states.index(state), KINDS.index(said)]) / self.number

    def to_dict(self) -> dict[str, Any]:
        """What was drawn, for JSON."""
        return {
            "draws": self.number,
            "seed": self.seed,
            "constants": list(self.drawn),
            "figures_and_ties": self.unknown_drawn,
        }

    def of(self, state: str) -> dict[str, Any]:
        """One state's shares for JSON, and the constant that turns the sign."""
        i = self.states.index(state)
        shares = {said: float(self.counts[i, k]) / self.number for k, said in enumerate(KINDS)}
        return {**shares, "turns_on": self.decisive[i] or None}


@dataclass(frozen=True)
class Question:
    """What every draw needs to know: one model, the arrays of both days, its constants and what is not known."""

    model: str
    settings: Settings
    before: Arrays
    after: Arrays
    free: tuple[str, ...]
    open: tuple[Unknown, ...]
    materiality: float
    seed: int
    number: int


def draws(
    model: Model,
    settings: Settings,
    before: Arrays,
    after: Arrays,
    *,
    materiality: float,
    number: int,
    seed: int,
    kept: frozenset[str] = frozenset(),
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Draws:
    """Draw `number` worlds and constants; those `kept` (and readings side by side) stay as they are set.

    The same seed gives the same counts for any number of workers. Raises QuestionError for a number below 1.
    """
    if not 1 <= number <= MOST:
        raise QuestionError(f"{number} draws", do=f"ask for 1 to {MOST:,}")
    free = tuple(
        name for name, p in model.parameters.items() if not p.side_by_side and name not in kept and _can_vary(p)
    )
    open_ = unknowns((before, after), read=model.reads)
    question = Question(model.name, settings, before, after, free, open_, materiality, seed, number)
    counts = np.zeros((len(before.states), len(KINDS)), dtype=np.int64)
    signs, points = [], []
    for said, at in _chunks(question, workers):
        for k in range(len(KINDS)):
            counts[:, k] += (said == k).sum(axis=0)
        signs.append(said)
        points.append(at)
        if progress is not None:
            progress(len(said))
    turning = _decisive(np.vstack(signs), np.vstack(points), free)
    return Draws(number, seed, before.states, counts, free, len(open_), turning)


def _can_vary(p: Parameter) -> bool:
    return bool(p.choices) or isinstance(p.default, bool) or (p.low is not None and p.high is not None)


def _chunks(question: Question, workers: int) -> Iterator[tuple[Counted, Floats]]:
    starts = range(0, question.number, CHUNK)
    if workers <= 1 or len(starts) == 1:
        for start in starts:
            yield chunk(question, start)
        return
    with ProcessPoolExecutor(max_workers=workers, initializer=_prepare, initargs=(question,)) as pool:
        yield from pool.map(_chunk_of_this, starts)


_this: list[Question] = []


def _prepare(question: Question) -> None:
    _this[:] = [question]


def _chunk_of_this(start: int) -> tuple[Counted, Floats]:
    return chunk(_this[0], start)


def chunk(question: Question, start: int) -> tuple[Counted, Floats]:
    """Verdicts [draw, n] as places in KINDS, and the drawn constants [draw, constant], of one chunk.

    One thread for linear algebra, so that sums are added in one order wherever it runs.
    """
    from threadpoolctl import threadpool_limits

    model = next(one for one in MODELS if one.name == question.model)
    points = sobol(question, start)
    said = np.empty((len(points), len(question.before.states)), dtype=np.int64)
    with threadpool_limits(1):
        for d, point in enumerate(points):
            said[d] = _verdicts(model, question, point)
    return said, points[:, : len(question.free)]


def sobol(question: Question, start: int) -> Floats:
    """Points [draw, dimension] between 0 and 1: first the constants, then what is not known."""
    from scipy.stats import qmc

    dimensions = len(question.free) + len(question.open)
    last = min(start + CHUNK, question.number)
    if dimensions == 0:
        return np.empty((last - start, 0))
    sequence = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(question.seed))
    if start:
        sequence.fast_forward(start)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a last chunk that is no power of two is a little less even
        return np.asarray(sequence.random(last - start), dtype=np.float64)


def _verdicts(model: Model, question: Question, point: Floats) -> Counted:
    values = dict(question.settings.values)
    for name, fraction in zip(question.free, point, strict=False):
        values[name] = drawn(model.parameters[name], float(fraction))
    settings = replace(question.settings, values=values)
    fractions = dict(zip(question.open, point[len(question.free) :].tolist(), strict=True))
    before, after = settled((question.before, question.after), Point(fractions), read=model.reads)
    first, second = model.read(before, settings), model.read(after, settings)
    touched = np.asarray(model.touched(before, after, settings))
    with np.errstate(invalid="ignore"):
        change = second.best - first.best
    change = np.where(first.unopposed & ~second.unopposed, -math.inf, change)
    change = np.where(second.unopposed & ~first.unopposed, math.inf, change)
    low, high = change.copy(), change
    rows = np.isnan(change) & touched & ~(first.unopposed & second.unopposed)
    if rows.any():
        bounds = model.change_bounds(before, after, settings)
        low, high = np.where(rows, bounds[0], low), np.where(rows, bounds[1], high)
    still = ~touched | (first.unopposed & second.unopposed)
    low, high = np.where(still, 0.0, low), np.where(still, 0.0, high)
    bound = threshold(model.scale, question.materiality, first.unit)
    said = [verdict(a, b, touched=True, bound=bound) for a, b in zip(low.tolist(), high.tolist(), strict=True)]
    return np.array([KINDS.index(one) for one in said], dtype=np.int64)


def drawn(parameter: Parameter, fraction: float) -> Value:
    """The value of a constant at a fraction of its range; choices and switches have equal shares of it.

    An optional number is left out in half of the draws. A range that spans a factor of ten or more is drawn evenly in
    its logarithm.
    """
    if parameter.choices:
        return parameter.choices[min(int(fraction * len(parameter.choices)), len(parameter.choices) - 1)]
    if isinstance(parameter.default, bool):
        return fraction >= 0.5
    low, high = parameter.low, parameter.high
    assert low is not None
    assert high is not None
    if parameter.optional:
        if fraction < 0.5:
            return None
        fraction = 2.0 * fraction - 1.0
    if low > 0.0 and high >= 10.0 * low:
        return float(low * (high / low) ** fraction)
    return float(low + fraction * (high - low))


def _decisive(said: Counted, points: Floats, free: tuple[str, ...]) -> tuple[str, ...]:
    """For each state the constant along which its gains and its losses part best: the widest gap of mean ranks."""
    gains, loses = said == KINDS.index(GAINS), said == KINDS.index(LOSES)
    found = []
    ranks = points.argsort(axis=0).argsort(axis=0) / max(1, len(points) - 1)
    for i in range(said.shape[1]):
        up, down = gains[:, i], loses[:, i]
        if not (up.any() and down.any() and free):
            found.append("")
            continue
        gap = np.abs(ranks[up].mean(axis=0) - ranks[down].mean(axis=0))
        found.append(free[int(gap.argmax())])
    return tuple(found)
