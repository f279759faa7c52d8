"""The frustration index as a whole-number programme, written in four ways that must give the same answer.

Variables begin with x, one a node: its camp, 0 or 1. After Aref, Mason and Wilson (2018, 2020): XOR has one variable a
tie that is 1 when frustrated; AND the product of the two camps; ABS the two directions of a difference; CUT is 1 when a
tie runs between the camps, with the four triangle inequalities of the cut polytope. HiGHS solves them.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError
from indivisible.measures.contraction import cost

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Formulation = Literal["xor", "and", "abs", "cut"]
FORMULATIONS: tuple[Formulation, ...] = get_args(Formulation)
Row = tuple[Sequence[int], Sequence[float], float, float]  # columns, coefficients, at least, at most
_INF = float("inf")


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """Minimise constant + cost . v over v in [0, 1], rows as bounds on linear forms; `whole` marks 0-or-1 variables."""

    cost: Floats
    constant: float
    whole: NDArray[np.bool_]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The best state found (None if none within the rows), its weight, and a whole number that no state goes below.

    `finished` is False when the time ran out.
    """

    state: Ints | None
    weight: int | None
    bound: int
    finished: bool


def formulate(weights: Ints, formulation: Formulation) -> Programme:
    """The programme of a symmetric matrix of whole-number weights; the node with the most ties is put in camp 1.

    Raises QuestionError for an unknown formulation.
    """
    source, target = np.nonzero(np.triu(weights))
    ties = list(zip(source.tolist(), target.tolist(), weights[source, target].tolist(), strict=True))
    makers = {"xor": _xor, "and": _and, "abs": _abs, "cut": _cut}
    if formulation not in makers:
        raise QuestionError(f"no formulation is called {formulation!r}", do=f"one of {', '.join(makers)}")
    made = makers[formulation](len(weights), ties)
    if not len(weights):
        return made
    fixed = int(np.count_nonzero(weights, axis=1).argmax())
    return Programme(made.cost, made.constant, made.whole, (*made.rows, ([fixed], [1.0], 1.0, 1.0)))


def solve(
    weights: Ints, programme: Programme, *, time_limit: float | None = None, rows: Sequence[Row] = (), floor: int = 0
) -> Solution:
    """Solve by HiGHS, with further rows if wanted; `floor` is a bound known before. One thread.

    Time limit in seconds. A bound within 1e-6 of a whole number counts as that number.
    """
    optimize: Any = importlib.import_module("scipy.optimize")
    sparse: Any = importlib.import_module("scipy.sparse")
    every = (*programme.rows, *rows)
    if not every:
        state = np.ones(len(weights), dtype=np.int64)
        return Solution(state, int(cost(weights, state)), int(cost(weights, state)), True)
    ends = np.cumsum([0, *(len(row[0]) for row in every)])
    columns = np.concatenate([np.asarray(row[0], dtype=np.int64) for row in every])
    values = np.concatenate([np.asarray(row[1], dtype=np.float64) for row in every])
    table = sparse.csr_matrix((values, columns, ends), shape=(len(every), len(programme.cost)))
    limits = optimize.LinearConstraint(table, [row[2] for row in every], [row[3] for row in every])
    options = {"mip_rel_gap": 0.0} if time_limit is None else {"mip_rel_gap": 0.0, "time_limit": time_limit}
    answer = optimize.milp(programme.cost, constraints=limits, integrality=programme.whole.astype(int),
                           bounds=optimize.Bounds(0, 1), options=options)  # fmt: skip
    if answer.status == 2:  # no state satisfies the rows
        return Solution(None, None, floor, True)
    bound = floor
    if answer.mip_dual_bound is not None and np.isfinite(answer.mip_dual_bound):
        bound = max(floor, int(np.ceil(answer.mip_dual_bound + programme.constant - 1e-6)))
    if answer.x is None:
        return Solution(None, None, bound, False)
    state = np.where(answer.x[: len(weights)] > 0.5, 1, -1).astype(np.int64)
    return Solution(state * state[0], int(cost(weights, state)), bound, answer.status == 0)


def _columns(n: int, number: int, copies: int = 1) -> list[int]:
    """Variables of a tie: after the n camps come `copies` variables a tie."""
    return [n + copies * number + k for k in range(copies)]


def _programme(n: int, costs: list[float], constant: float, rows: list[Row]) -> Programme:
    return Programme(np.array(costs), constant, np.ones(len(costs), dtype=bool), tuple(rows))


def _xor(n: int, ties: list[tuple[int, int, int]]) -> Programme:
    rows: list[Row] = []
    for number, (i, j, w) in enumerate(ties):
        (f,) = _columns(n, number)
        if w > 0:  # f >= |x_i - x_j|
            rows += [([f, i, j], [1, -1, 1], 0.0, _INF), ([f, i, j], [1, 1, -1], 0.0, _INF)]
        else:  # f >= |x_i + x_j - 1|
            rows += [([f, i, j], [1, -1, -1], -1.0, _INF), ([f, i, j], [1, 1, 1], 1.0, _INF)]
    return _programme(n, [0.0] * n + [float(abs(w)) for _, _, w in ties], 0.0, rows)


def _and(n: int, ties: list[tuple[int, int, int]]) -> Programme:
    rows: list[Row] = []
    costs, constant = [0.0] * (n + len(ties)), 0.0
    for number, (i, j, w) in enumerate(ties):
        (both,) = _columns(n, number)
        costs[i] += w
        costs[j] += w
        costs[both] -= 2.0 * w
        if w > 0:
            rows += [([both, i], [1, -1], -_INF, 0.0), ([both, j], [1, -1], -_INF, 0.0)]
        else:
            rows.append(([both, i, j], [1, -1, -1], -1.0, _INF))
            constant -= w
    return _programme(n, costs, constant, rows)


def _abs(n: int, ties: list[tuple[int, int, int]]) -> Programme:
    rows: list[Row] = []
    costs = [0.0] * n
    for number, (i, j, w) in enumerate(ties):
        up, down = _columns(n, number, 2)
        costs += [float(abs(w))] * 2
        if w > 0:  # x_i - x_j = up - down
            rows.append(([i, j, up, down], [1, -1, -1, 1], 0.0, 0.0))
        else:  # x_i + x_j - 1 = up - down
            rows.append(([i, j, up, down], [1, 1, -1, 1], 1.0, 1.0))
    return _programme(n, costs, 0.0, rows)


def _cut(n: int, ties: list[tuple[int, int, int]]) -> Programme:
    rows: list[Row] = []
    costs, constant = [0.0] * n, 0.0
    number_of: dict[tuple[int, int], int] = {}
    near: list[set[int]] = [set() for _ in range(n)]
    for number, (i, j, w) in enumerate(ties):
        (y,) = _columns(n, number)
        number_of[i, j] = y
        near[i].add(j)
        costs.append(float(w))
        constant += max(0, -w)
        rows += [([y, i, j], [1, -1, 1], 0.0, _INF), ([y, i, j], [1, 1, -1], 0.0, _INF)]
        rows += [([y, i, j], [1, -1, -1], -_INF, 0.0), ([y, i, j], [1, 1, 1], -_INF, 2.0)]
    for (i, j), a in number_of.items():
        for k in sorted(near[i] & near[j]):
            b, c = number_of[i, k], number_of[j, k]
            rows += [([p, q, r], [1, -1, -1], -_INF, 0.0) for p, q, r in ((a, b, c), (b, a, c), (c, a, b))]
            rows.append(([a, b, c], [1, 1, 1], -_INF, 2.0))
    return _programme(n, costs, constant, rows)
