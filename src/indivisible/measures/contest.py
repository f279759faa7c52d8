"""A contest of many over one prize, where allies add to one's strength and enemies take from it: who fights how hard.

Group i spends effort x_i. Its strength is phi_i = x_i + beta sum a+_ij x_j - gamma sum a-_ij x_j + shifter_i; it wins
the share phi_i / sum phi of the prize V and pays cost_i x_i. In equilibrium, with

    Gamma_i = 1 / (1 + beta d+_i - gamma d-_i)              local hostility; it has to be above 0
    Lambda  = (sum Gamma - 1) / (sum cost_i Gamma_i)        total hostility; 1 - 1 / sum Gamma at costs of 1
    phi_i   = V Lambda (1 - cost_i Lambda) Gamma_i
    x       = (I + beta A+ - gamma A-)^-1 (phi - shifter)
    payoff  = V (1 - cost_i Lambda) Gamma_i - cost_i x_i

which are the first-order conditions: a payoff is concave in one's own effort wherever Gamma_i and total strength are
above 0. Costs above 1 are the embargo variant. Where no such equilibrium with efforts of 0 or above and strengths
above 0 exists, the answer says so by name and holds no numbers. `linear` solves the same equations whatever the signs
of what comes out: that is how the published counterfactuals were reckoned, and some of them are no equilibria.

    König, Rohner, Thoenig and Zilibotti, Econometrica 85 (2017) 1093-1132, section 3, and the data of their
    replication. The conditions under which they prove that the equilibrium is the only one were not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError

Floats = NDArray[np.float64]

_CONDITION = 1e12  # beyond this the linear system is taken as singular
_EDGE = 1e-12  # an effort of nothing may round to either side of it


class Reason(Enum):
    """Why a contest has no interior equilibrium."""

    NO_RIVAL = "fewer than two take part"
    HOSTILITY = "enemies weigh so much that more effort would lower the sum of all strengths"
    SINGULAR = "the efforts are not determined"
    STRENGTH = "somebody's strength would not be above nothing"
    EFFORT = "somebody's effort would be below nothing"


@dataclass(frozen=True)
class NoInterior:
    """No interior equilibrium: why, and the positions of those by whom it fails (none if by all together)."""

    reason: Reason
    who: tuple[int, ...] = ()


@dataclass(frozen=True)
class Contest:
    """Who is allied with whom and whose enemy, [n, n], and what effort does; weights of ties are 0 or above.

    `beta` is what an ally's effort adds, `gamma` what an enemy's takes away; `shifters` [n] add to strength (none:
    empty), `costs` [n] are what a unit of effort costs (all 1: empty). QuestionError unless both tables are known,
    symmetric, empty on the diagonal and nobody is ally and enemy of the same.
    """

    allies: Floats
    enemies: Floats
    beta: float
    gamma: float
    prize: float = field(default=1.0, kw_only=True)
    shifters: Floats = field(default_factory=lambda: np.empty(0), kw_only=True)
    costs: Floats = field(default_factory=lambda: np.empty(0), kw_only=True)

    def __post_init__(self) -> None:
        n = len(self.allies)
        object.__setattr__(self, "allies", _ties(self.allies, "allies", n))
        object.__setattr__(self, "enemies", _ties(self.enemies, "enemies", n))
        object.__setattr__(self, "shifters", _each(self.shifters, "shifters", n, 0.0))
        object.__setattr__(self, "costs", _each(self.costs, "costs", n, 1.0))
        if (self.costs <= 0.0).any():
            raise QuestionError("effort that costs nothing", where="costs", do="give costs above 0")
        for name in ("beta", "gamma"):
            if not 0.0 <= getattr(self, name) < np.inf:
                raise QuestionError(f"{name} of {getattr(self, name):g}", do="give a number of 0 or above")
        if not 0.0 < self.prize < np.inf:
            raise QuestionError(f"a prize of {self.prize:g}", do="give a number above 0")
        if ((self.allies > 0.0) & (self.enemies > 0.0)).any():
            raise QuestionError("a pair is allied and at enmity at once", do="leave one of the two out")


@dataclass(frozen=True)
class Equilibrium:
    """What everybody does in equilibrium, each [n]; `dissipation` is the sum of all efforts."""

    hostility: Floats
    total_hostility: float
    centrality: Floats
    strength: Floats
    share: Floats
    effort: Floats
    payoff: Floats

    @property
    def dissipation(self) -> float:
        """Sum of efforts: what is spent on fighting, in units of effort (of the prize, at costs of 1)."""
        return float(self.effort.sum())


def equilibrium(contest: Contest, *, linear: bool = False) -> Equilibrium | NoInterior:
    """The equilibrium, or why there is none. O(n^3).

    `linear` gives the solution of the first-order conditions even where it is no equilibrium (Gamma, strength or
    effort below 0); it too is refused where nothing is determined.
    """
    if len(contest.allies) < 2:
        return NoInterior(Reason.NO_RIVAL)
    slope = 1.0 + contest.beta * contest.allies.sum(axis=1) - contest.gamma * contest.enemies.sum(axis=1)
    too_hostile = slope == 0.0 if linear else slope <= 0.0
    if too_hostile.any():
        return NoInterior(Reason.HOSTILITY, _where(too_hostile))
    reach = np.eye(len(slope)) + contest.beta * contest.allies - contest.gamma * contest.enemies
    inverse = _inverse(reach)
    if inverse is None:
        return NoInterior(Reason.SINGULAR)
    hostility = 1.0 / slope
    weighed = float(contest.costs @ hostility)
    total = (float(hostility.sum()) - 1.0) / weighed if weighed else 0.0
    share = (1.0 - contest.costs * total) * hostility
    if total == 0.0 or (not linear and total < 0.0):
        return NoInterior(Reason.STRENGTH)
    if not linear and (share <= 0.0).any():
        return NoInterior(Reason.STRENGTH, _where(share <= 0.0))
    strength = contest.prize * total * share
    effort = inverse @ (strength - contest.shifters)
    if not linear and (effort < 0.0).any():
        return NoInterior(Reason.EFFORT, _where(effort < 0.0))
    payoff = contest.prize * share - contest.costs * effort
    return Equilibrium(hostility, total, inverse @ hostility, strength, share, effort, payoff)


def without(contest: Contest, who: Sequence[int]) -> Contest:
    """The contest that the groups at positions `who` do not take part in."""
    _known_positions(contest, who)
    stay = np.setdiff1d(np.arange(len(contest.allies)), np.asarray(who, dtype=np.intp))
    return replace(
        contest,
        allies=contest.allies[np.ix_(stay, stay)],
        enemies=contest.enemies[np.ix_(stay, stay)],
        shifters=contest.shifters[stay],
        costs=contest.costs[stay],
    )


def embargo(contest: Contest, who: Sequence[int], factor: float) -> Contest:
    """The contest in which effort costs the groups at positions `who` so many times as much.

    An interior equilibrium needs cost_i Lambda < 1. For one alone among costs of 1 that is a factor below
    (S - Gamma_i) / (S - 1 - Gamma_i), S = sum Gamma: 2 among three without ties, but 1.013 among eighty.
    """
    _known_positions(contest, who)
    costs = contest.costs.copy()
    costs[np.unique(np.asarray(who, dtype=np.intp))] *= factor
    return replace(contest, costs=costs)


def change_of_dissipation(before: Contest, after: Contest, *, linear: bool = False) -> float | NoInterior:
    """Dissipation after over before, minus 1; why not, where one of the two has no interior equilibrium.

    QuestionError if nothing is spent before, so that nothing can be compared with it.
    """
    return _change(equilibrium(before, linear=linear), equilibrium(after, linear=linear))


def _change(first: Equilibrium | NoInterior, second: Equilibrium | NoInterior) -> float | NoInterior:
    if isinstance(first, NoInterior):
        return first
    if isinstance(second, NoInterior):
        return second
    if first.dissipation <= 0.0:
        raise QuestionError("the efforts before do not sum to more than nothing", do="compare the two sums themselves")
    return second.dissipation / first.dissipation - 1.0


def key_players(
    contest: Contest, *, players: Sequence[Sequence[int]] = (), linear: bool = False
) -> tuple[float | NoInterior, ...]:
    """For each of the players the relative change of dissipation if it were not there; the lowest is the key player's.

    `players` are groups of positions, taken away together; by default each group by itself.
    """
    before = equilibrium(contest, linear=linear)
    return tuple(
        _change(before, equilibrium(without(contest, who), linear=linear)) for who in players or _each_alone(contest)
    )


def embargoes(
    contest: Contest, factor: float, *, players: Sequence[Sequence[int]] = (), linear: bool = False
) -> tuple[float | NoInterior, ...]:
    """For each of the players the relative change of dissipation if effort cost it alone so many times as much."""
    before = equilibrium(contest, linear=linear)
    return tuple(
        _change(before, equilibrium(embargo(contest, who, factor), linear=linear))
        for who in players or _each_alone(contest)
    )


def _each_alone(contest: Contest) -> tuple[tuple[int, ...], ...]:
    return tuple((i,) for i in range(len(contest.allies)))


def interior_up_to(allies: Floats, enemies: Floats, *, most: float = 0.3, step: float = 1e-4) -> float:
    """The largest rate up to `most` at which, and at all lower ones, there is an interior equilibrium, beta = gamma.

    Without shifters and at costs of 1. Rates are tried in steps of ten times `step`, and from the first that fails back
    in steps of `step`; without any tie there is an equilibrium, so 0 is the least answer. O(n^3) once, O(n^2) a rate.
    """
    if len(allies) < 2:
        return 0.0
    balance = allies.sum(axis=1) - enemies.sum(axis=1)
    values, vectors = np.linalg.eigh(allies - enemies)

    def holds(rates: Floats) -> NDArray[np.bool_]:
        slope = 1.0 + rates[:, None] * balance
        with np.errstate(divide="ignore", invalid="ignore"):
            hostility = np.where(slope > 0.0, 1.0 / slope, np.nan)
            centrality = ((hostility @ vectors) / (1.0 + rates[:, None] * values)) @ vectors.T
            found = (slope > 0.0).all(axis=1) & (hostility.sum(axis=1) > 1.0) & (centrality > _EDGE).all(axis=1)
        return np.asarray(found)

    coarse = 10.0 * step
    reached = 0.0
    for width in (coarse, step):
        count = round(most / width) if width == coarse else 10
        rates: Floats = np.asarray(reached + width * np.arange(1, count + 1), dtype=np.float64)
        fails = ~holds(rates)
        passed = int(fails.argmax()) if fails.any() else count
        reached = round(reached + width * passed, 12)
        if reached >= most:
            return most
    return reached


def _inverse(reach: Floats) -> Floats | None:
    """None where it is singular, or so near that rounding decides."""
    try:
        inverse = np.asarray(np.linalg.inv(reach), dtype=np.float64)
    except np.linalg.LinAlgError:
        return None
    condition = np.abs(reach).sum(axis=0).max() * np.abs(inverse).sum(axis=0).max()
    return inverse if condition < _CONDITION else None


def _where(fails: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(int(i) for i in np.flatnonzero(fails))


def _known_positions(contest: Contest, who: Sequence[int]) -> None:
    outside = [i for i in who if not 0 <= i < len(contest.allies)]
    if outside:
        raise QuestionError(f"no group has position {outside[0]}", do=f"positions end at {len(contest.allies) - 1}")


def _ties(table: Floats, name: str, n: int) -> Floats:
    given = np.array(table, dtype=np.float64)
    if given.shape != (n, n):
        raise QuestionError(f"a table of shape {given.shape}", where=name, do="give [n, n] for both, the same n")
    if not np.isfinite(given).all():
        raise QuestionError("a tie is not known", where=name, do="work out each of the cases")
    if (given < 0.0).any() or (given != given.T).any() or given.diagonal().any():
        raise QuestionError("a tie below 0, of one side only or with oneself", where=name, do="give mutual ties")
    return given


def _each(numbers: Floats, name: str, n: int, usual: float) -> Floats:
    given = np.array(numbers, dtype=np.float64)
    if not given.size:
        return np.full(n, usual)
    if given.shape != (n,) or not np.isfinite(given).all():
        raise QuestionError(f"not {n} known numbers", where=name, do="give one for each group")
    return given
