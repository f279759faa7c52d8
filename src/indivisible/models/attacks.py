"""The strongest attack on each state in one world: led by one state with its allies, or by a group of mutual allies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from indivisible.architecture.arrays import Bools, Floats
from indivisible.measures.cliques import HeaviestClique, bits_of, heaviest_clique, mask_of, maximal_cliques
from indivisible.models.coalitions import World

MOST_FOR_ANY = 2_000  # groups that are listed in a world of any size
MOST_ENTRIES = 4_000_000  # entries in a table of groups by states
_TIED = 1e-12  # relative; leaders whose attacks are equal but for rounding count as tied


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack: the row of its leader, who takes part, who defends, and what both sides weigh."""

    leader: int
    attackers: Bools
    defenders: Bools


@dataclass(frozen=True, slots=True)
class Attacks:
    """Margins [i] (defenders' over attackers' sum) of the strongest attack on each state, infinite where none is.

    `margin` is of the attack found, `floor` a margin that no attack goes below; the same unless a search was cut.
    """

    margin: Floats
    floor: Floats
    deciding: Callable[[int], Attack]

    @property
    def cut(self) -> Bools:
        """[i]: whether the search was cut, so that the margin is that of the best group found and the floor a bound."""
        return self.floor < self.margin


def strongest(world: World, rule: str) -> Attacks:
    """The strongest attacks by the rule `leader` or `clique`."""
    if rule == "leader":
        return _by_leaders(world)
    if rule == "clique":
        return _by_cliques(world)
    raise ValueError(rule)


def _by_leaders(world: World) -> Attacks:
    margins = world.margins()
    narrowest: Floats = margins.min(axis=1, initial=np.inf)

    def deciding(i: int) -> Attack:
        tied = np.flatnonzero(margins[i] <= narrowest[i] * (1.0 + _TIED))
        own = np.broadcast_to(world.attack_weight, margins.shape)[i, tied]
        leader = int(tied[np.argmax(own)])  # the mightiest of those tied, then the first by alphabet
        attackers = world.attackers(i, leader)
        return Attack(leader, attackers, world.defenders(i, attackers))

    return Attacks(narrowest, narrowest, deciding)


def groups_of(world: World) -> Bools | None:
    """[g, k]: every group of mutual allies that nobody else could join; None where they are too many to list."""
    n = len(world.free)
    linked = linked_by(world)
    found = maximal_cliques([bits_of(row) for row in linked], most=max(MOST_FOR_ANY, MOST_ENTRIES // max(n, 1)))
    return None if found is None else np.array([mask_of(bits, n) for bits in found], dtype=bool).reshape(len(found), n)


def linked_by(world: World) -> Bools:
    """[i, k]: whether either of the two joins an attack of the other: the links of which groups are made."""
    linked: Bools = (world.joins | world.joins.T) & ~np.eye(len(world.joins), dtype=bool)
    return linked


def _by_cliques(world: World) -> Attacks:
    groups = groups_of(world)
    if groups is None:
        return _by_search(world)
    margins = world.margins_of(groups)
    narrowest: Floats = margins.min(axis=1, initial=np.inf)

    def deciding(i: int) -> Attack:
        weight = world.attack_row(i)
        found = []
        for g in np.flatnonzero(margins[i] <= narrowest[i] * (1.0 + _TIED)):
            members = np.flatnonzero(groups[g] & world.free[i])
            leader = int(members[np.argmax(weight[members])])
            found.append((-weight[leader], leader, tuple(members.tolist())))
        _, leader, group = min(found)  # the one whose leader is the mightiest, then the first by alphabet
        attackers = np.zeros(len(weight), dtype=bool)
        attackers[list(group)] = True
        return Attack(leader, attackers, world.defenders(i, attackers))

    return Attacks(narrowest, narrowest, deciding)


def _by_search(world: World) -> Attacks:
    """The heaviest groups one by one, by branch and bound: exact, or bounded where a search was cut."""
    n = len(world.free)
    search = _CliqueSearch(world)
    with np.errstate(over="ignore"):  # an attack too weak for a double's range is none
        found = [search.against(i) for i in range(n)]

    def deciding(i: int) -> Attack:
        attackers = mask_of(found[i][2], n)
        weight = world.attack_row(i)
        leader = int(np.argmax(np.where(attackers, weight, -1.0)))
        return Attack(leader, attackers, world.defenders(i, attackers))

    return Attacks(np.array([f[0] for f in found]), np.array([f[1] for f in found]), deciding)


class _CliqueSearch:
    """Heaviest cliques against one state after another; what is known of one state is used for the next."""

    def __init__(self, world: World) -> None:
        self.world, self.n = world, len(world.free)
        self.neighbours = [bits_of(row) for row in linked_by(world)]
        self.known: list[tuple[int, HeaviestClique]] = []
        self.defence_weight = np.broadcast_to(world.defence_weight, (self.n, self.n))
        self.attack_weight = np.broadcast_to(world.attack_weight, (self.n, self.n))
        self.constant_weights = len(world.attack_weight) == 1

    def against(self, i: int) -> tuple[float, float, int]:
        """Margin of the strongest group against i, a floor of it, and the group as bits."""
        free = self.world.free[i]
        weights = np.where(free, self.attack_weight[i], 0.0)
        if not (weights > 0.0).any():
            return np.inf, np.inf, 0
        lost = self.world.defends[i] & free
        kept = self.defence_weight[i, i] + self.defence_weight[i, self.world.defends[i]].sum()
        if np.isinf(weights).any():
            strong = int(np.flatnonzero(np.isinf(weights))[0])
            return 0.0, 0.0, 1 << strong
        if self.world.exposed and lost.any():
            return self._exposed(i, weights, lost, kept)
        best = self._heaviest(bits_of(weights > 0.0), weights)
        with np.errstate(divide="ignore", invalid="ignore"):
            return float(kept / best.weight), float(kept / best.bound), best.members

    def _heaviest(self, candidates: int, weights: Floats) -> HeaviestClique:
        if self.constant_weights:
            for known_candidates, known in self.known:
                if not candidates & ~known_candidates and not known.members & ~candidates and known.proved:
                    return known  # the heaviest of more candidates, and all its members are still here
        found = heaviest_clique(self.neighbours, weights.tolist(), candidates)
        self.known.append((candidates, found))
        return found

    def _exposed(self, i: int, weights: Floats, lost: Bools, kept: float) -> tuple[float, float, int]:
        """min over cliques of (kept - lost members) / members, by Dinkelbach's iteration; each step is a clique."""
        leaving = np.where(lost, self.defence_weight[i], 0.0)
        if np.isinf(kept):
            return np.inf, np.inf, 0
        candidates = bits_of(weights > 0.0)
        if kept == 0.0:
            return 0.0, 0.0, self._heaviest(candidates, weights).members
        margin, members = np.inf, 0
        trial = kept / weights.max()
        while True:
            best = heaviest_clique(self.neighbours, (trial * weights + leaving).tolist(), candidates)
            mask = mask_of(best.members, self.n)
            staying = self.world.defends[i] & ~mask
            staying[i] = True
            reached = self.defence_weight[i, staying].sum() / weights[mask].sum()
            if reached >= margin or reached == 0.0:
                margin, members = min((margin, members), (reached, best.members))
                least = max(kept - leaving.sum(), 0.0) / weights.sum()
                return float(margin), float(margin if best.proved or margin == 0.0 else least), members
            margin, members, trial = reached, best.members, reached
