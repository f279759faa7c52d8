"""Contest: a state is as secure as what it wins in a contest of all over one prize, less what its fighting costs it.

König, Rohner, Thoenig and Zilibotti, "Networks in Conflict: Theory and Evidence from the Great War of Africa",
Econometrica 85(4), 2017, 1093-1132. Allies' efforts add to a state's strength (beta), enemies' take from it (gamma);
score_i = what i wins in the equilibrium less what it spends, as a share of the prize. Where there is no equilibrium
with every effort at nothing or above, there is no score: the model says so and why, and never gives a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from indivisible.architecture.arrays import Arrays, Bools, Floats
from indivisible.measures.contest import Contest, Equilibrium, NoInterior, Reason, equilibrium
from indivisible.measures.contest_cases import Cases, payoffs, settled
from indivisible.models.base import ALL, BLIND, Because, Parameter, Part, Reading, Settings, Sight, Value, sight_of
from indivisible.models.contest_network import MOST_DOUBTS, Doubt, Network, equal_rates_up_to, every_way, network_of

name: str = "contest"
scale: str = "share"
reads: frozenset[str] = frozenset({"hostility", "pledges.defence"})

needs: tuple[str, ...] = ()
_ESTIMATE = "a convention; König et al. 2017 estimate {} for groups in the Congo war, which says nothing about states"
parameters: Mapping[str, Parameter] = {
    p.name: p
    for p in (
        Parameter("beta", 0.1, "what a unit of an ally's effort adds to a state's strength", _ESTIMATE.format("0.114"),
                  low=0.0, high=0.3, least_allowed=True),
        Parameter("gamma", 0.1, "what a unit of an enemy's effort takes from it", _ESTIMATE.format("0.083"),
                  low=0.0, high=0.3, least_allowed=True),
        Parameter("eu_42_7", True, "does Article 42(7) of the EU Treaty count as a defence pledge",
                  "the Treaty says so; its reading is disputed"),
    )
}  # fmt: skip
varied: Mapping[str, tuple[Value, ...]] = {"beta": (0.1, 0.01), "gamma": (0.1, 0.01)}

_BRINGS_NOTHING = dict.fromkeys(("cap", "deploy", "observe", "remove", "set"), BLIND)
_MOVES_PLEDGES = (
    "accede", "denounce", "dissolve", "enact", "found", "pledge", "ratify", "release", "suspend", "withdraw",
)  # fmt: skip
_SIGHT = {**_BRINGS_NOTHING, **dict.fromkeys(_MOVES_PLEDGES, ALL)}
_NAMED = 4  # so many states are named in a note; the rest are counted
_WHY = {
    Reason.NO_RIVAL: "fewer than two states take part",
    Reason.HOSTILITY: "{who} would have so many enemies that {their} own effort would lower the sum of all strengths",
    Reason.SINGULAR: "the efforts are not determined",
    Reason.STRENGTH: "allies would share so much strength that nobody had to spend anything",
    Reason.EFFORT: "allies' efforts would do so much for {who} that {their} own would have to be below nothing",
}


def assumes(settings: Settings) -> str:
    """All take part alike."""
    return "all states contest one prize on equal terms: neither power nor distance counts"


@dataclass(frozen=True, slots=True)
class _Solved:
    """A network in every way that its doubts may stand: payoffs [s, n], and where there is an equilibrium [s]."""

    base: Contest
    cases: Cases
    payoff: Floats
    interior: Bools
    kept: dict[int, tuple[Contest, Equilibrium | NoInterior]] = field(default_factory=dict)

    def case(self, number: int) -> tuple[Contest, Equilibrium | NoInterior]:
        """The contest as it is in one case, and its equilibrium."""
        if number not in self.kept:
            contest = settled(self.base, self.cases, number)
            self.kept[number] = contest, equilibrium(contest)
        return self.kept[number]

    def worst_for(self, i: int) -> tuple[Contest, Equilibrium]:
        """The case in which a state's score is lowest; only where every case has an equilibrium."""
        contest, found = self.case(int(self.payoff[:, i].argmin()))
        if isinstance(found, NoInterior):  # an effort of nothing that rounding puts below it
            found = equilibrium(contest, linear=True)
        assert isinstance(found, Equilibrium)
        return contest, found


def read(arrays: Arrays, settings: Settings) -> Reading:
    """Every state's score: its payoff as a share of the prize. Unit of materiality: 1/n, an equal share of the prize.

    Ties in doubt are settled in every way; where in one of them there is no equilibrium, or where there are more than
    ten, no score is known.
    """
    n = len(arrays.states)
    network = network_of(arrays, settings)
    ways = every_way(network)
    solved = None if ways is None or n < 2 else _solved(network, settings, *ways)
    low, high = np.full(n, -np.inf), np.full(n, np.inf)
    if solved is not None and solved.interior.all():
        low, high = solved.payoff.min(axis=0), solved.payoff.max(axis=0)
    best = np.where(low == high, low, np.nan)
    alone = np.full(n, n < 2)
    if n < 2:
        low, high = np.full(n, np.nan), np.full(n, np.nan)
    return Reading(
        model=name, settings=settings, states=arrays.states, low=low, best=best, high=high, unopposed=alone,
        because=lambda i: None if n < 2 else _because(solved, arrays, i),
        parts=lambda i: () if n < 2 else _parts(solved, arrays, i),
        unit=1.0 / max(n, 1), note="" if n < 2 else _note(solved, arrays, settings),
    )  # fmt: skip


def change_bounds(before: Arrays, after: Arrays, settings: Settings) -> tuple[Floats, Floats]:
    """Lowest and highest change of every score over every way of settling what is in doubt, the same both times.

    Unbounded wherever one of the two has no equilibrium.
    """
    n = len(before.states)
    networks = network_of(before, settings), network_of(after, settings)
    if n < 2 or not networks[0].differs_from(networks[1]):
        return np.zeros(n), np.zeros(n)
    ways = every_way(*networks)
    if ways is None:
        return np.full(n, -np.inf), np.full(n, np.inf)
    old, new = (_solved(network, settings, *ways) for network in networks)
    if not (old.interior & new.interior).all():
        return np.full(n, -np.inf), np.full(n, np.inf)
    change = new.payoff - old.payoff
    return change.min(axis=0), change.max(axis=0)


def touched(before: Arrays, after: Arrays, settings: Settings) -> Bools:
    """All states where any tie is another, since everybody's effort answers everybody else's; otherwise none."""
    moved = network_of(before, settings).differs_from(network_of(after, settings))
    return np.full(len(before.states), moved and len(before.states) > 1)


def can_show(step_kind: str, settings: Settings, *, touches: frozenset[str] | None = None) -> Sight:
    """What the contest could show of a step: of a new or lost pledge everything, for anybody; of figures nothing.

    A new ally can do its own work or leave it to the others, so even a state that gains one may lose by it.
    """
    if touches is not None and not touches & reads:
        return BLIND
    return sight_of(step_kind, _SIGHT)


def _solved(network: Network, settings: Settings, doubts: tuple[Doubt, ...], table: Bools) -> _Solved:
    base, cases = network.contest(settings), network.cases(doubts, table)
    return _Solved(base, cases, *payoffs(base, cases))


def _note(solved: _Solved | None, arrays: Arrays, settings: Settings) -> str:
    """Why there is no score for anybody; empty where there is one."""
    if solved is None:
        return f"more than {MOST_DOUBTS} ties are in doubt, too many to try every way of settling them: no score."
    if solved.interior.all():
        return ""
    contest, found = solved.case(int((~solved.interior).argmax()))
    if not isinstance(found, NoInterior):  # refused by rounding in one way of solving and not in the other
        found = NoInterior(Reason.SINGULAR)
    reached = equal_rates_up_to(contest.allies, contest.enemies)
    some = "" if len(solved.interior) == 1 else ", in at least one of the ways in which the ties in doubt may stand"
    rates = f"beta {settings.number('beta'):g} and gamma {settings.number('gamma'):g}"
    return (
        f"there is no interior equilibrium at {rates}{some}: {_reason(found, arrays.states)}; "
        f"with beta and gamma equal there is one where both are at most {reached:g}."
    )


def _reason(found: NoInterior, states: tuple[str, ...]) -> str:
    named = [f"{{{states[i]}}}" for i in found.who[:_NAMED]]
    rest = len(found.who) - len(named)
    listed = ", ".join(named) + (f" and {rest} more" if rest else "")
    return _WHY[found.reason].replace("{who}", listed).replace("{their}", "its" if len(found.who) == 1 else "their")


def _because(solved: _Solved | None, arrays: Arrays, i: int) -> Because:
    """Sides and sums: own effort with what allies add, against what enemies take; without an equilibrium no sides."""
    known = solved is not None and len(solved.interior) == 1
    if solved is None or not solved.interior.all():
        told = "there is no interior equilibrium" if solved is not None else "too many ties are in doubt"
        return Because("", (), (), np.nan, np.nan, known, f"{told}, so it has no score", undetermined=True)
    contest, found = solved.worst_for(i)
    allies, enemies = np.flatnonzero(contest.allies[i]), np.flatnonzero(contest.enemies[i])
    named = [f"{{{arrays.states[k]}}}" for k in enemies[:_NAMED]]
    more = f" and {len(enemies) - len(named)} more" if len(enemies) > len(named) else ""
    against = f" ({', '.join(named)}{more})" if named else ""
    told = (
        f"with {_counted(len(allies), 'ally', 'allies')} and {_counted(len(enemies), 'enemy', 'enemies')}{against} it "
        f"spends {100.0 * found.effort[i]:.3g}% of the prize and wins {100.0 * found.share[i]:.3g}% of it (local "
        f"hostility Gamma {found.hostility[i]:.3g}, total hostility Lambda {found.total_hostility:.4g})"
    )
    own = np.concatenate([[i], allies])
    return Because(
        leader="",
        against=tuple(arrays.states[k] for k in enemies),
        defenders=tuple(arrays.states[k] for k in own),
        against_sum=float(contest.gamma * found.effort[enemies].sum()),
        defenders_sum=float(found.effort[i] + contest.beta * found.effort[allies].sum()),
        certain=known,
        told=told,
    )


def _parts(solved: _Solved | None, arrays: Arrays, i: int) -> tuple[Part, ...]:
    """What every effort is worth to a state: own and allies' efforts add to what it wins, enemies' take from it."""
    state = arrays.states[i]
    if solved is None or not solved.interior.all():
        return (Part("no equilibrium", "", -np.inf, 1.0, "term"),)
    contest, found = solved.worst_for(i)
    all_strength = float(found.strength.sum())
    own = float(found.effort[i])
    parts = [
        Part("own effort, what it wins", state, own, 1.0 / all_strength, "term"),
        Part("own effort, what it costs", state, own, -1.0, "term"),
    ]
    pledged = arrays.ties("defence").possible
    for k in np.flatnonzero(contest.allies[i]):
        other = arrays.states[k]
        tie = (other, state) if pledged[k, i] else (state, other)
        parts.append(Part("ally's effort", other, float(found.effort[k]), contest.beta / all_strength, "term", tie))
    for k in np.flatnonzero(contest.enemies[i]):
        other = arrays.states[k]
        weight = -contest.gamma / all_strength
        parts.append(
            Part("enemy's effort", other, float(found.effort[k]), weight, "term", (other, state), hostile=True)
        )
    return tuple(parts)


def _counted(number: int, one: str, many: str) -> str:
    return f"no {one}" if number == 0 else f"1 {one}" if number == 1 else f"{number} {many}"
