"""Who could attack a state together and who would defend it: the sides of every possible attack, and their sums.

All sums over attackers and defenders of all pairs (state, leader) are products of n x n matrices, because who joins
depends on the leader alone and who is barred on the state alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indivisible.architecture.arrays import Arrays, Bools, Floats, Plane, Ties
from indivisible.measures.decay import exponential
from indivisible.models.base import Settings

EU_42_7_TREATIES = ("EU_TEU_42_7_2009",)


@dataclass(frozen=True, slots=True)
class Sides:
    """The pledges that make sides: [i, k] k defends i, k may not attack i; [j, k] k joins an attack that j leads.

    `allied` is a defence pledge in either direction; `joins_anyway` is who joins even without one. `exposed` is True
    where the allies that a leader brings along are lost to the defence (allies may attack).
    """

    defends: Ties
    barred: Ties
    joins: Ties
    joins_anyway: Ties
    allied: Ties
    exposed: bool

    @property
    def in_doubt(self) -> bool:
        """Whether any of the pledges may or may not hold."""
        return bool(self.defends.doubt.any() or self.barred.doubt.any() or self.joins.doubt.any())

    @property
    def free(self) -> Ties:
        """[i, k]: k may attack i."""
        return self.barred.absent()


def sides_of(arrays: Arrays, settings: Settings) -> Sides:
    """Who defends whom, who may attack whom and who joins whom.

    k defends i if k is pledged to defend i. k joins an attack led by j if k is pledged to j, by defence or by
    offence: whoever must help j is whom j can bring along, the same rule for both sides, and on a reference graph
    without directions it is N_j + j. A pledge in either direction makes two states allies, and unless
    `allies_may_attack` no ally of i attacks i, as leader or as member.
    """
    without = () if settings.switch("eu_42_7") else EU_42_7_TREATIES
    defence = arrays.ties("defence", without=without)
    offence = arrays.ties("offence", without=without)
    exposed = settings.switch("allies_may_attack")
    allied = defence.united_with(defence.reversed())
    return Sides(
        defends=defence.reversed(),
        barred=(Ties.none(len(arrays.states)) if exposed else allied).with_self(),
        joins=defence.united_with(offence).reversed().with_self(),
        joins_anyway=offence.reversed(),
        allied=allied,
        exposed=exposed,
    )


def shares_of(arrays: Arrays, settings: Settings) -> Floats:
    """[1, 1], or [i, k]: what share of its power k brings to bear on i; NaN where the distance is not known."""
    scale = settings.optional_number("fade")
    return np.ones((1, 1)) if scale is None else exponential(arrays.distance.T, scale)


def weights_of(arrays: Arrays, settings: Settings) -> Plane:
    """What each state k weighs in a war over i: [1, k] its power, or [i, k] its power faded with distance.

    Where the distance is not known, anything from none of its power to all of it.
    """
    share = shares_of(arrays, settings)
    unknown = np.isnan(share)
    low, most = np.where(unknown, 0.0, share), np.where(unknown, 1.0, share)
    with np.errstate(invalid="ignore"):  # infinity times a share that has underflowed to zero
        high = np.where((arrays.power.high == np.inf) & (most >= 0.0), np.inf, arrays.power.high * most)
    return Plane(arrays.power.low * low, arrays.power.best * share, high)


def filled_in(weight: Plane) -> Plane:
    """The best values where they are known, and the whole interval only where they are not."""
    unknown = np.isnan(weight.best)
    low, high = np.where(unknown, weight.low, weight.best), np.where(unknown, weight.high, weight.best)
    return Plane(low, weight.best, high)


def _row(weight: Floats, i: int) -> Floats:
    """Row i of weights [i, k], or the one row of weights that are the same for all."""
    row: Floats = weight if weight.ndim == 1 else weight[i if len(weight) > 1 else 0]
    return row


@dataclass(frozen=True, slots=True)
class World:
    """One way things may be: who surely counts, and what each weighs on either side."""

    defends: Bools
    free: Bools
    joins: Bools
    joins_anyway: Bools
    exposed: bool
    defence_weight: Floats
    attack_weight: Floats

    def attack(self) -> Floats:
        """[i, j]: the sum of the attack on i that j leads; 0 where j may not attack i."""
        total = masked_sums(self.free, self.attack_weight, self.joins)
        return np.where(self.free, total, 0.0)

    def defence(self, groups: Bools) -> Floats:
        """[i, 1] or [i, g]: the sum of i and its defenders, those in the attacking group [g, k] left out."""
        own = np.diagonal(np.broadcast_to(self.defence_weight, self.defends.shape))[:, None]
        if self.exposed:
            return own + masked_sums(self.defends, self.defence_weight, ~groups)
        return own + masked_sums(self.defends, self.defence_weight, np.ones_like(groups[:1]))

    def attack_row(self, i: int) -> Floats:
        """[k]: what each weighs in an attack on i."""
        return _row(self.attack_weight, i)

    def defence_row(self, i: int) -> Floats:
        """[k]: what each weighs in the defence of i."""
        return _row(self.defence_weight, i)

    def margins(self) -> Floats:
        """[i, j]: defenders' sum over attackers' sum; infinite where j can lead no attack on i."""
        return ratio_of(self.defence(self.joins), self.attack())

    def margins_of(self, groups: Bools) -> Floats:
        """[i, g]: the same where the members of a group [g, k] that are free to attack i do so together."""
        return ratio_of(self.defence(groups), masked_sums(self.free, self.attack_weight, groups))

    def attackers(self, i: int, j: int) -> Bools:
        """[k]: who takes part in the attack on i that j leads."""
        joined: Bools = self.free[i] & self.joins[j]
        return joined

    def defenders(self, i: int, attackers: Bools) -> Bools:
        """[k]: i and its defenders that do not attack it."""
        defending: Bools = self.defends[i] & ~attackers
        defending[i] = True
        return defending


def worst_world(sides: Sides, low: Floats, high: Floats) -> World:
    """The world that is worst for every state: doubtful defenders stay away, doubtful attackers come."""
    joins, anyway = sides.joins.possible, sides.joins_anyway.possible
    return World(sides.defends.sure, sides.free.possible, joins, anyway, sides.exposed, low, high)


def best_world(sides: Sides, low: Floats, high: Floats) -> World:
    """The world that is best for every state: doubtful defenders come, doubtful attackers stay away."""
    joins, anyway = sides.joins.sure, sides.joins_anyway.sure
    return World(sides.defends.possible, sides.free.sure, joins, anyway, sides.exposed, high, low)


def ratio_of(defence: Floats, attack: Floats) -> Floats:
    """Defence over attack; infinite where there is no attack, or one so weak that the ratio exceeds every double."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ratio = defence / attack
    return np.where(attack > 0.0, ratio, np.inf)


def masked_sums(left: Bools, weight: Floats, right: Bools) -> Floats:
    """[i, j] = sum over k of weight[i, k] where left[i, k] and right[j, k]; infinite weights are allowed."""
    boundless = np.isinf(weight)
    members = right.T.astype(float)
    if not boundless.any():
        total: Floats = (left * weight) @ members
        return total
    finite: Floats = (left * np.where(boundless, 0.0, weight)) @ members
    endless = (left & boundless).astype(float) @ members
    return np.where(endless > 0.0, np.inf, finite)
