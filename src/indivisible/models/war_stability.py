"""Whether a network of defence pledges is stable against attack, against new pledges and against idle ones.

Jackson and Nei, PNAS 112(50), 2015, 15277-15284, as recalled, with the pledges and the constants of `deterrence`:

    S1  nobody is vulnerable: no attack on anybody is feasible
    S2  no two that have no pledge could, by making one, take part together in a feasible attack on a third
    S3  no pledge is idle: without it, each of the two would be vulnerable

Two states are linked where either is pledged to defend the other, as `deterrence` counts allies; a link made is a
pledge in both directions, a link ended is none in either. Where trade counts too, a link that both would take for its
worth breaks S2 as well, and one that is worth keeping is not idle.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from indivisible.architecture.arrays import Arrays, Bools, Integers
from indivisible.measures.link_gains import LinkGains
from indivisible.models.attacks import Attack, strongest
from indivisible.models.base import Settings
from indivisible.models.coalitions import Sides, World, best_world, sides_of, weights_of, worst_world
from indivisible.models.feasible import Feasible, feasible_by_groups, feasible_by_leaders
from indivisible.values import Truth


@dataclass(frozen=True, slots=True)
class PossibleAttack:
    """An attack on `state` that is feasible (yes), or that what is not known may make feasible (unknown).

    All are rows of states. Members and defenders are those of the case that is worst for the attacked; the sums are the
    least and the most that they may weigh. `deciding` marks the strongest attack on the state: of those that tie, the
    one whose leader is the mightiest, then the first by alphabet.
    """

    state: int
    leader: int
    members: tuple[int, ...]
    defenders: tuple[int, ...]
    attack: tuple[float, float]
    defence: tuple[float, float]
    feasible: Truth
    deciding: bool


@dataclass(frozen=True)
class MissingLinks:
    """S2: every pair that has, or may have, no pledge.

    pairs            [p, 2] rows of states; `certain` [p] False where it is not known whether they have one
    exploited        ([p, n], [p, n]) whether the two, once pledged, could surely (possibly) attack i together
    newly            the same, where i is surely (possibly) not vulnerable as things are: the pledge makes it so
    wanted           ([p], [p]) whether the two would surely (possibly) take the link for what it is worth
    """

    pairs: Integers
    certain: Bools
    exploited: tuple[Bools, Bools]
    newly: tuple[Bools, Bools]
    wanted: tuple[Bools, Bools]

    @property
    def broken(self) -> tuple[Bools, Bools]:
        """[p]: whether the pair, if it has no pledge, surely (possibly) breaks S2."""
        sure, possible = (e.any(axis=1) | w for e, w in zip(self.exploited, self.wanted, strict=True))
        return sure, possible


@dataclass(frozen=True)
class HeldLinks:
    """S3: every pair that has, or may have, a pledge: rows [p, 2], and whether it surely has.

    needed: ([p, 2], [p, 2]) whether the one and the other would surely (possibly) be vulnerable without it; `worth`
    whether each would surely (possibly) keep it for what it is worth.
    """

    pairs: Integers
    certain: Bools
    needed: tuple[Bools, Bools]
    worth: tuple[Bools, Bools]

    def idle(self, row: int, end: int) -> Truth:
        """Whether the pledge does nothing for one of its two ends; unknown also where it may not hold at all."""
        sure = self.needed[0][row, end] or self.worth[0][row, end]
        possible = self.needed[1][row, end] or self.worth[1][row, end]
        idle = ~truth(bool(sure), bool(possible))
        return idle & (Truth.YES if self.certain[row] else Truth.UNKNOWN)


@dataclass(frozen=True)
class WarStability:
    """Whether a network is war-stable, and by whom, through which missing pledge and for which idle one it is not."""

    states: tuple[str, ...]
    vulnerable: tuple[Truth, ...]
    attacks: tuple[PossibleAttack, ...]
    missing: MissingLinks
    held: HeldLinks
    s1: Truth
    s2: Truth
    s3: Truth

    @property
    def stable(self) -> Truth:
        """Whether all three hold."""
        return self.s1 & self.s2 & self.s3


def war_stability(arrays: Arrays, settings: Settings, *, gains: LinkGains | None = None) -> WarStability:
    """S1 to S3 by the constants of `deterrence`; yes or no only where they hold whatever is not known may be.

    By the leader rule S1 lists the largest attack of every leader, by the clique rule the strongest group; S2 asks for
    attacks that a new pledge makes possible, which only one of its two ends can lead: what a third state that both
    already follow could do without it is S1's business. Raises QuestionError where the groups of mutual allies are too
    many to list.
    """
    sides, weight = sides_of(arrays, settings), weights_of(arrays, settings)
    worst, best = worst_world(sides, weight.low, weight.high), best_world(sides, weight.low, weight.high)
    pairs = np.column_stack(np.triu_indices(len(arrays.states), k=1))
    settled = np.array_equal(weight.low, weight.high) and not sides.in_doubt
    search = feasible_by_leaders if settings.choice("rule") == "leader" else feasible_by_groups
    linked, gamma = sides.allied.possible, settings.number("gamma")
    may = search(worst, pairs, linked, gamma)
    must = may if settled else search(best, pairs, linked, gamma)
    missing, held = _missing(sides, pairs, must, may, gains), _held(sides, pairs, must, may, gains)
    idle = [held.idle(row, end) for row in range(len(held.pairs)) for end in (0, 1)]
    return WarStability(
        states=arrays.states,
        vulnerable=tuple(truth(bool(a), bool(b)) for a, b in zip(must.now, may.now, strict=True)),
        attacks=tuple(_attacks(worst, best, must, may, settings)),
        missing=missing,
        held=held,
        s1=~truth(bool(must.now.any()), bool(may.now.any())),
        s2=~truth(bool((missing.broken[0] & missing.certain).any()), bool(missing.broken[1].any())),
        s3=~truth(Truth.YES in idle, Truth.YES in idle or Truth.UNKNOWN in idle),
    )


def truth(sure: bool, possible: bool) -> Truth:
    """Yes where it is sure, no where it is not even possible, else unknown."""
    return Truth.YES if sure else Truth.UNKNOWN if possible else Truth.NO


def _missing(sides: Sides, pairs: Integers, must: Feasible, may: Feasible, gains: LinkGains | None) -> MissingLinks:
    allied = sides.allied
    rows = np.flatnonzero(~allied.sure[pairs[:, 0], pairs[:, 1]])
    chosen = pairs[rows]
    exploited = must.through[rows], may.through[rows]
    nothing = np.zeros(len(rows), dtype=bool)
    wanted = (nothing, nothing) if gains is None else gains.wanted(chosen[:, 0], chosen[:, 1])
    certain = ~allied.possible[chosen[:, 0], chosen[:, 1]]
    return MissingLinks(chosen, certain, exploited, (exploited[0] & ~may.now, exploited[1] & ~must.now), wanted)


def _held(sides: Sides, pairs: Integers, must: Feasible, may: Feasible, gains: LinkGains | None) -> HeldLinks:
    allied = sides.allied
    chosen = pairs[allied.possible[pairs[:, 0], pairs[:, 1]]]
    a, b = chosen[:, 0], chosen[:, 1]
    needed = tuple(np.column_stack((one.alone[a, b], one.alone[b, a])) for one in (must, may))
    worth = tuple(np.zeros((len(chosen), 2), dtype=bool) for _ in range(2))
    if gains is not None:
        ends = zip(gains.kept(a, b), gains.kept(b, a), strict=True)
        worth = tuple(np.column_stack(both) for both in ends)
    return HeldLinks(chosen, allied.sure[a, b], (needed[0], needed[1]), (worth[0], worth[1]))


def _attacks(worst: World, best: World, must: Feasible, may: Feasible, settings: Settings) -> Iterator[PossibleAttack]:
    """By leaders, each leader's largest coalition; by groups, the strongest."""
    rule = settings.choice("rule")
    found = strongest(worst, rule)
    for i in np.flatnonzero(may.now).tolist():
        first = found.deciding(i)
        if rule == "leader":
            for j in np.flatnonzero(may.led[i]).tolist():
                members = worst.attackers(i, j)
                one = Attack(j, members, worst.defenders(i, members))
                yield _weighed(worst, best, i, one, truth(bool(must.led[i, j]), True), j == first.leader)
        else:
            yield _weighed(worst, best, i, first, truth(bool(must.now[i]), True), True)


def _weighed(worst: World, best: World, i: int, one: Attack, feasible: Truth, deciding: bool) -> PossibleAttack:
    """The same members at the least and at the most that they may weigh."""
    members, defenders = one.attackers, one.defenders
    attack = float(best.attack_row(i)[members].sum()), float(worst.attack_row(i)[members].sum())
    defence = float(worst.defence_row(i)[defenders].sum()), float(best.defence_row(i)[defenders].sum())
    attacking, defending = (tuple(np.flatnonzero(side).tolist()) for side in (members, defenders))
    return PossibleAttack(i, one.leader, attacking, defending, attack, defence, feasible, deciding)
