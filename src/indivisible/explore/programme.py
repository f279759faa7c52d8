"""What of a case is linear in its levers, as an integer programme: what no package can meet, however many there are.

Levers of separate groups add up. So where a score grows with a sum over pledges (distance from the capital and
commitment), "this state does not lose" is a linear condition on which choice is taken in each group; so are cover by a
pledge, levers that are wanted or exclude one another, and the consent of a state. Conditions that are not linear are
left out: what cannot be met without them cannot be met with them, so a proof that none exists holds, and so does every
bound. Solved by HiGHS (Huangfu and Hall, Mathematical Programming Computation 10, 2018), through `scipy.optimize.milp`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from indivisible.architecture.arrays import Floats
from indivisible.explore.demand import CONSENT, COVERED, GAIN, NO_LOSS, SOMETHING, TAKEN, Demand, ordered
from indivisible.explore.examiner import Examiner
from indivisible.explore.interplay import bits, places_of
from indivisible.explore.part import Part
from indivisible.explore.screen import Screen
from indivisible.models.many_pledges import SumAtOnce

MOST_CHOICES = 8_192  # choices within groups, all together
MOST_CONFLICTS = 32  # sets that are told
Left = Callable[[], float | None]
_LOOSE = 1e-6  # by so much of its largest term a condition may be missed: more than rounding and the solver allow
_ROUNDING = 1e-6
_SHORTEST = 0.01  # seconds that the solver has, even where the time of the search is over
_INFEASIBLE, _SOLVED = 2, 0


@dataclass(frozen=True)
class Outcome:
    """What the programme of a case says of all its packages.

    `conflicts`: sets of demands that none meets together, none of which can be spared for it; there may be more. Each
    has `witnesses`, for every demand a package that keeps the others as far as they are linear (None: not found).
    Where there is no conflict: the fewest levers with which all demands can be met, by linear model how many of the
    watched states can gain at most, and the packages with which that is so.
    """

    conflicts: tuple[tuple[Demand, ...], ...] = ()
    witnesses: tuple[tuple[int | None, ...], ...] = ()
    fewest_levers: int = 0
    most_gain: Mapping[str, int] = field(default_factory=dict)
    packages: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Row:
    """terms @ choices >= least."""

    terms: Floats
    least: float


class Programme:
    """The linear conditions of a case: `demands` are those that it holds."""

    def __init__(
        self, examiner: Examiner, choices: Sequence[tuple[int, Part]], most_levers: int | None, most_steps: int | None
    ) -> None:
        self.examiner, self.most_levers, self.most_steps = examiner, most_levers, most_steps
        self.left: Left = lambda: None
        self.choices = tuple(mask for mask, _ in choices)
        self.parts = tuple(part for _, part in choices)
        sums = {label: _sum_of(screen, choices) for label, screen in examiner.screens.items()}
        self.sums = {label: found for label, found in sums.items() if found is not None}
        self.rules = tuple(self._rules())
        self.rows = {demand: row for demand in examiner.demands if (row := self._row(demand)) is not None}

    @staticmethod
    def of(examiner: Examiner, most_levers: int | None, *, most_steps: int | None = None) -> Programme | None:
        """None where the groups of levers leave too many choices."""
        worlds = examiner.worlds
        if sum((1 << min(len(group), 32)) - 1 for group in worlds.groups) > MOST_CHOICES:
            return None
        masks = [bits(group[k] for k in places_of(n)) for group in worlds.groups for n in range(1, 1 << len(group))]
        choices = [(mask, part) for mask in masks for _, part in worlds.parts(mask) if not part.impossible]
        return Programme(examiner, choices, most_levers, most_steps)

    @property
    def demands(self) -> tuple[Demand, ...]:
        """The demands that are linear, in order."""
        return tuple(self.rows)

    def outcome(self, *, left: Left | None = None) -> Outcome:
        """Whether some package may meet every demand, and how good it can be; or why none does.

        `left` tells how many seconds each question may take from now (None: no end); what is not settled by then is
        not ruled out, and a bound is what was proven so far.
        """
        self.left = left or self.left
        conflicts = tuple(self._conflicts())
        if conflicts:
            return Outcome(conflicts, tuple(tuple(self._witnesses(one)) for one in conflicts))
        package, fewest = self._solved(self.demands)
        found, gains = [package], {}
        for label in self.sums:
            package, most = self._solved(self.demands, gaining=label)
            gains[label] = math.floor(most + _ROUNDING)
            found.append(package)
        packages = tuple(sorted({one for one in found if one is not None}))
        return Outcome(fewest_levers=math.ceil(fewest - _ROUNDING), most_gain=gains, packages=packages)

    def _conflicts(self) -> Iterator[tuple[Demand, ...]]:
        """One set after another, the last demand of each left out from then on."""
        asked = ordered(self.demands)
        for _ in range(MOST_CONFLICTS):
            if self._answer(asked, None)[0] != _INFEASIBLE:
                return
            conflict = ordered(self._conflict([], asked, grown=False))
            yield tuple(conflict)
            if not conflict:
                return
            asked.remove(conflict[-1])

    def _witnesses(self, conflict: Sequence[Demand]) -> Iterator[int | None]:
        for spared in conflict:
            yield self._solved([one for one in conflict if one != spared])[0]

    def _conflict(self, kept: list[Demand], asked: list[Demand], *, grown: bool) -> list[Demand]:
        """A smallest part of `asked` that cannot be met with `kept`, by halves (Junker, QuickXplain, AAAI 2004)."""
        if grown and self._answer(kept, None)[0] == _INFEASIBLE:
            return []
        if len(asked) == 1:
            return asked
        half = len(asked) // 2
        first, second = asked[:half], asked[half:]
        from_second = self._conflict([*kept, *first], second, grown=bool(first))
        from_first = self._conflict([*kept, *from_second], first, grown=bool(from_second))
        return [*from_first, *from_second]

    def _solved(self, demands: Sequence[Demand], *, gaining: str | None = None) -> tuple[int | None, float]:
        """The package with the fewest levers, or with the most who gain; and what none can be below, or above."""
        _, found, bound = self._answer(demands, gaining)
        if found is None:
            return None, bound
        taken = (mask for mask, on in zip(self.choices, found, strict=False) if on > 0.5)
        return bits(k for mask in taken for k in places_of(mask)), bound

    def _answer(self, demands: Sequence[Demand], gaining: str | None) -> tuple[int, Floats | None, float]:
        """The solver's status, its choices, and the bound that it proves: of levers at least, of gainers at most."""
        from scipy.optimize import LinearConstraint, milp

        extra = self._gains(gaining) if gaining is not None else []
        width = len(self.choices) + len(extra)
        rows = [*self.rules, *(self.rows[demand] for demand in demands), *extra]
        if not width:
            return (_INFEASIBLE if any(row.least > 0.0 for row in rows) else _SOLVED), np.zeros(0), 0.0
        table = np.zeros((len(rows), width))
        for k, row in enumerate(rows):
            table[k, : len(row.terms)] = row.terms
        cost = np.array([*(float(mask.bit_count()) for mask in self.choices), *(0.0 for _ in extra)])
        if extra:
            cost = np.array([0.0] * len(self.choices) + [-1.0] * len(extra))
        least = np.array([row.least for row in rows])
        constraints: Any = LinearConstraint(table, least, np.inf) if rows else ()
        left = self.left()
        options = {} if left is None else {"time_limit": max(left, _SHORTEST)}
        result = milp(cost, integrality=np.ones(width), bounds=(0, 1), constraints=constraints, options=options)
        proven = result.mip_dual_bound is not None and np.isfinite(result.mip_dual_bound)
        least_cost = float(result.mip_dual_bound) if proven else -float(len(extra))
        return int(result.status), result.x, -least_cost if extra else least_cost

    def _rules(self) -> Iterator[_Row]:
        """One choice a group, exclusions, prerequisites, the limits on levers and steps."""
        worlds = self.examiner.worlds
        place = {lever.id: k for k, lever in enumerate(worlds.levers)}
        for group in worlds.groups:
            mask = bits(group)
            yield _Row(np.array([-1.0 if one & mask else 0.0 for one in self.choices]), -1.0)
        for k, lever in enumerate(worlds.levers):
            for other in lever.excludes:
                yield _Row(-self._taken(k) - self._taken(place[other]), -1.0)
            for other in lever.requires:
                yield _Row(self._taken(place[other]) - self._taken(k), 0.0)
        if self.most_levers is not None:
            yield _Row(-np.array([float(one.bit_count()) for one in self.choices]), -float(self.most_levers))
        if self.most_steps is not None:
            steps = [float(sum(len(lever.steps) for lever in worlds.taken(one))) for one in self.choices]
            yield _Row(-np.array(steps), -float(self.most_steps))

    def _taken(self, lever: int) -> Floats:
        """[choices]: 1 for those that take a lever."""
        return np.array([float(one >> lever & 1) for one in self.choices])

    def _row(self, demand: Demand) -> _Row | None:
        """A demand as a condition; None where it is not linear."""
        examiner, levers = self.examiner, {one.id: k for k, one in enumerate(self.examiner.worlds.levers)}
        if demand.kind == SOMETHING:
            return _Row(np.ones(len(self.choices)), 1.0)
        if demand.kind == TAKEN:
            return _Row(self._taken(levers[demand.who]), 1.0)
        if demand.kind == COVERED:
            return self._cover(examiner.row[demand.who])
        if demand.model not in self.sums or demand.who not in examiner.row:
            return None
        screen, i = examiner.screens[demand.model], examiner.row[demand.who]
        if demand.kind == NO_LOSS:
            return self._at_least(demand.model, i, -(screen.bound + screen.margin))
        if demand.kind == GAIN:
            return self._at_least(demand.model, i, screen.bound - screen.margin)
        if demand.kind == CONSENT:
            kept = self._at_least(demand.model, i, -(screen.bound + screen.margin))
            return None if kept is None else self._where(kept, self._taken(levers[demand.lever]))
        return None

    def _at_least(self, label: str, i: int, change: float) -> _Row | None:
        """That a score changes by no less; None where that is not a condition on a sum."""
        least = self.sums[label].least(i, change)
        return None if math.isnan(least) else _scaled(self.sums[label].terms[i], least)

    def _where(self, row: _Row, taken: Floats) -> _Row:
        """A condition that holds only where a lever is taken."""
        slack = max(0.0, row.least - float(np.minimum(row.terms, 0.0).sum()))
        return _scaled(row.terms - slack * taken, row.least - slack)

    def _cover(self, i: int) -> _Row:
        """That somebody is surely pledged to defend a state."""
        found = []
        for part in self.parts:
            moved = part.moves.get("defence")
            found.append(0 if moved is None else int(moved.more[moved.certain & (moved.receivers == i)].sum()))
        return _scaled(np.array(found, dtype=np.float64), 1.0 - float(self.examiner.defended[i]))

    def _gains(self, label: str) -> list[_Row]:
        """For each watched state that it gains where a choice of its own, after those of levers, is taken."""
        screen, found = self.examiner.screens[label], []
        for place, i in enumerate(self.examiner.rows.tolist()):
            row = self._at_least(label, i, screen.bound - screen.margin)
            own = np.zeros(len(self.choices) + place + 1)
            own[-1] = 1.0
            if row is None:
                found.append(_Row(own, 0.0))  # it may gain, for all that is known
            else:
                wide = np.concatenate([row.terms, np.zeros(place + 1)])
                found.append(self._where(_Row(wide, row.least), own))
        return found


@dataclass(frozen=True)
class _Sum:
    """A linear model: [state, choice] what each choice adds to its sum."""

    quick: SumAtOnce
    terms: Floats

    def least(self, i: int, change: float) -> float:
        """What the choices have to add for the score of i to change by no less; NaN where nothing follows."""
        held = self.quick.start.inside
        needed = self.quick.needed(change, held + np.minimum(self.terms, 0.0).sum(axis=1))
        return float(needed[i] - held[i])


def _sum_of(screen: Screen, choices: Sequence[tuple[int, Part]]) -> _Sum | None:
    """The terms of a model whose scores follow from sums over pledges; None for all others.

    No two groups bring, or end, a pledge of one state to another (`interplay`), so what choices add is a plain sum.
    """
    quick, reads = screen.quick, screen.model.reads
    if not isinstance(quick, SumAtOnce) or any(reads & part.planes.keys() for _, part in choices):
        return None
    worlds, n = screen.worlds, len(quick.total)
    terms = np.zeros((n, len(choices)))
    first: dict[tuple[int, int], int] = {}
    for k, (mask, part) in enumerate(choices):
        moved = screen.moves_of(mask, part).get(quick.kinds[0])
        if moved is None:
            continue
        held = quick.start.counts[moved.senders, moved.receivers]
        now = held + moved.more > 0
        turned = (held > 0) != now
        by = np.where(now, 1.0, -1.0) * quick.brought[moved.receivers, moved.senders]
        np.add.at(terms[:, k], moved.receivers[turned], by[turned])
        group = worlds.group_of[places_of(mask)[0]]
        for pair in zip(moved.senders.tolist(), moved.receivers.tolist(), strict=True):
            if first.setdefault(pair, group) != group:
                raise AssertionError(f"two groups of levers move the pledge of row {pair[0]} to row {pair[1]}")
    return _Sum(quick, terms)


def _scaled(terms: Floats, least: float) -> _Row:
    """A condition with its largest term at 1, and loose enough for rounding; one without terms stays as it is."""
    largest = float(np.abs(terms).max(initial=0.0))
    if largest == 0.0:
        return _Row(terms, 1.0 if least > 0.0 else 0.0)
    return _Row(terms / largest, least / largest - _LOOSE)
