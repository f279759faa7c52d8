"""How much a change moves the narrowest margin of every state, whatever the figures that are not known may be.

Before and after are taken at the same point: an unknown state that stands on the same side both times cancels. If j
leads the deciding attack after the change, the score moved by at least what it moved against j; if k led it before,
by at most what it moved against k. So the bounds run over the leaders that can be decisive at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indivisible.architecture.arrays import Bools, Floats, Integers, Plane, Ties
from indivisible.measures.intervals import kept_added_removed
from indivisible.models.coalitions import Sides

_ROUNDING = 1e-12  # of a logarithm: leaders this close to the decisive one may be decisive
_LARGEST = np.finfo(np.float64).max


@dataclass(frozen=True)
class _Group:
    """Members [i, k] of a side; with `right`, [j, k] must hold too, and the sums run over [i, j] instead of [i, 1].

    `own` is counted besides: the power of i itself.
    """

    left: Ties
    right: Ties | None
    weight: Plane
    own: Plane | None = None

    @cached_property
    def masses(self) -> tuple[_Mass, _Mass]:
        """Lowest and highest sums: of the sure members, and of the possible ones."""
        sure, possible = (None, None) if self.right is None else (self.right.sure, self.right.possible)
        return _Mass.of(self.left.sure, self.weight.low, sure), _Mass.of(self.left.possible, self.weight.high, possible)

    def against(self, leaders: Integers) -> _Group:
        """The group that each row's own leader brings, [i, 1]."""
        if self.right is None:
            return self
        right = self.right
        left = Ties(
            self.left.sure & right.sure[leaders],
            self.left.possible & right.possible[leaders],
            self.left.doubt + 31 * right.doubt[leaders],
        )
        return _Group(left, None, self.weight, self.own)


@dataclass(frozen=True, slots=True)
class _Case:
    """One side of the comparison: the attacks on the chosen states, before or after."""

    attack: _Group
    defence: _Group
    leaders: Ties  # [i, j]: j may lead an attack on i

    @staticmethod
    def of(sides: Sides, weight: Plane, rows: Integers) -> _Case:
        """The attacks on the states in `rows`."""
        n = len(sides.joins.sure)
        free, defends = _rows(sides.free, rows), _rows(sides.defends, rows)
        here = Plane(*(np.broadcast_to(w, (n, n))[rows] for w in (weight.low, weight.best, weight.high)))
        each = np.arange(len(rows))
        own = Plane(*(w[each, rows][:, None] for w in (here.low, here.best, here.high)))
        outside = sides.joins.absent() if sides.exposed else None
        return _Case(_Group(free, sides.joins, here), _Group(defends, outside, here, own), free)


def change_of_margins(before: tuple[Sides, Plane], after: tuple[Sides, Plane], rows: Integers) -> tuple[Floats, Floats]:
    """Lowest and highest change of the log of the narrowest margin, for the states in `rows`, by the leader rule."""
    old, new = _Case.of(*before, rows), _Case.of(*after, rows)
    old_first, old_certain, old_candidates = _decisive(old)
    new_first, new_certain, new_candidates = _decisive(new)
    low_same, high_same = _moved(old, new)
    kept_leader = old.leaders.same_as(new.leaders)
    low_other, _ = _moved(old, new, old_leaders=old_first)
    _, high_other = _moved(old, new, new_leaders=new_first)
    low_each = np.maximum(
        np.where(old.leaders.sure | kept_leader, low_same, -np.inf), np.where(old_certain[:, None], low_other, -np.inf)
    )
    high_each = np.minimum(
        np.where(new.leaders.sure | kept_leader, high_same, np.inf), np.where(new_certain[:, None], high_other, np.inf)
    )
    low = np.where(new_candidates, low_each, np.inf).min(axis=1)
    high = np.where(old_candidates, high_each, -np.inf).max(axis=1)
    return _with_unopposed(low, high, old_candidates, new_candidates, old_certain, new_certain)


def touched_rows(before: tuple[Sides, Plane], after: tuple[Sides, Plane]) -> Bools:
    """[i]: whether anybody joins or leaves any attack on i, or its defence, or weighs more or less there."""
    rows = np.arange(len(before[0].joins.sure))
    old, new = _Case.of(*before, rows), _Case.of(*after, rows)
    same_weight = old.attack.weight.same_as(new.attack.weight)
    leads = old.leaders.possible | new.leaders.possible
    defence = _differs(old.defence, new.defence, same_weight) & leads
    attack = _differs(old.attack, new.attack, same_weight) & leads
    changed: Bools = (attack | defence).any(axis=1) | ~np.diagonal(same_weight)
    return changed


def _differs(old: _Group, new: _Group, same_weight: Bools) -> Bools:
    _, possible, _, right = _kept(old, new, same_weight)
    kept = _count(possible, right)
    counts = [_count(g.left.possible, None if g.right is None else g.right.possible) for g in (old, new)]
    return (counts[0] > kept) | (counts[1] > kept)


def _count(left: Bools, right: Bools | None) -> Floats:
    members = np.ones((left.shape[1], 1)) if right is None else right.T.astype(float)
    count: Floats = left.astype(float) @ members
    return count


def _with_unopposed(
    low: Floats, high: Floats, old_candidates: Bools, new_candidates: Bools, old_certain: Bools, new_certain: Bools
) -> tuple[Floats, Floats]:
    """States that are, or may be, unopposed before or after: both is no change, one of the two is infinite."""
    never_before, never_after = ~old_candidates.any(axis=1), ~new_candidates.any(axis=1)
    may_both = ~old_certain & ~new_certain
    low, high = np.where(may_both, np.minimum(low, 0.0), low), np.where(may_both, np.maximum(high, 0.0), high)
    both = never_before & never_after
    return np.where(both, 0.0, low), np.where(both, 0.0, high)


def _decisive(case: _Case) -> tuple[Integers, Bools, Bools]:
    """Per state a leader that is hard to beat, whether that one is sure to lead, and who may be decisive."""
    attack_low, attack_high = _sums(case.attack)
    _, defence_high = _sums(case.defence)
    leads = case.leaders.sure & (attack_low > 0.0)
    with np.errstate(divide="ignore"):
        widest = np.where(leads, np.log(defence_high) - np.log(np.where(leads, attack_low, 1.0)), np.inf)
    tied = leads & (widest <= widest.min(axis=1, keepdims=True))  # all, where the defence is nothing or boundless
    first = np.where(tied, attack_low, -1.0).argmax(axis=1)
    certain = np.asarray(leads.any(axis=1))
    ahead, _ = _moved(case, case, old_leaders=first)
    possible = case.leaders.possible & (attack_high > 0.0)
    candidates = possible & (~certain[:, None] | (ahead <= _ROUNDING))
    return first, certain, candidates


def _moved(
    old: _Case, new: _Case, *, old_leaders: Integers | None = None, new_leaders: Integers | None = None
) -> tuple[Floats, Floats]:
    """[i, j]: bounds of the log margin of the new attack that j leads, less that of the old one that j leads.

    With `old_leaders` (or `new_leaders`) one leader for each state stands in place of j on that side.
    """
    attacks = (old.attack if old_leaders is None else old.attack.against(old_leaders),
               new.attack if new_leaders is None else new.attack.against(new_leaders))  # fmt: skip
    defences = (old.defence if old_leaders is None else old.defence.against(old_leaders),
                new.defence if new_leaders is None else new.defence.against(new_leaders))  # fmt: skip
    attack_low, attack_high = _log_ratio(*attacks)
    defence_low, defence_high = _log_ratio(*defences)
    with np.errstate(invalid="ignore"):
        low, high = defence_low - attack_high, defence_high - attack_low
    return np.where(np.isnan(low), -np.inf, low), np.where(np.isnan(high), np.inf, high)


def _log_ratio(old: _Group, new: _Group) -> tuple[Floats, Floats]:
    """Bounds of the log of the new sum over the old; members that are the same both times cancel."""
    same_weight = (old.weight.low == new.weight.low) & (old.weight.high == new.weight.high)
    both_sure, both_possible, right_sure, right_possible = _kept(old, new, same_weight)
    kept = _Mass.of(both_sure, new.weight.low, right_sure), _Mass.of(both_possible, new.weight.high, right_possible)
    added, removed = _besides(new, kept), _besides(old, kept)
    standing = kept[0].total, kept[1].total
    if old.own is not None and new.own is not None:
        same = (old.own.low == new.own.low) & (old.own.high == new.own.high)
        standing = _plus(standing, new.own, same)
        added, removed = _plus(added, new.own, ~same), _plus(removed, old.own, ~same)
    with np.errstate(divide="ignore", over="ignore"):
        low, high = kept_added_removed(standing, added, removed)
        low = np.where(np.isinf(low) & np.isfinite(added[0]), _LARGEST, low)  # more than a double can say
        return np.log(low), np.log(high)


def _besides(group: _Group, kept: tuple[_Mass, _Mass]) -> tuple[Floats, Floats]:
    """What the group weighs besides the members that are the same both times: lowest and highest."""
    low, high = group.masses
    return low.less(kept[0]), high.less(kept[1])


def _plus(sums: tuple[Floats, Floats], own: Plane, where: Bools) -> tuple[Floats, Floats]:
    return sums[0] + np.where(where, own.low, 0.0), sums[1] + np.where(where, own.high, 0.0)


def _kept(old: _Group, new: _Group, same_weight: Bools) -> tuple[Bools, Bools, Bools | None, Bools | None]:
    """Who is a member both times by the same pledges: surely, and possibly; [i, k] and, by leader, [j, k]."""
    sure = old.left.sure & new.left.sure & same_weight
    if (old.right is None) != (new.right is None):
        right = old.right or new.right
        assert right is not None
        return sure, sure, right.sure, right.sure
    possible = old.left.same_as(new.left) & new.left.possible & same_weight
    if old.right is None or new.right is None:
        return sure, possible, None, None
    alike = old.right.same_as(new.right) & new.right.possible
    return sure, possible, old.right.sure & new.right.sure, alike


@dataclass(frozen=True, slots=True)
class _Mass:
    """A sum over members: its finite part, how many members are boundless, and how many there are."""

    finite: Floats
    boundless: Floats
    count: Floats

    @staticmethod
    def of(left: Bools, weight: Floats, right: Bools | None) -> _Mass:
        """Sums [i, j] of weight[i, k] over members, or [i, 1] where there is no `right`."""
        members = np.ones((left.shape[1], 1)) if right is None else right.T.astype(float)
        endless = np.isinf(weight)
        finite = (left * np.where(endless, 0.0, weight)) @ members
        boundless = (left & endless).astype(float) @ members if endless.any() else np.zeros_like(finite)
        return _Mass(finite, boundless, left.astype(float) @ members)

    @property
    def total(self) -> Floats:
        """The sum."""
        return np.where(self.boundless > 0.0, np.inf, self.finite)

    def less(self, part: _Mass) -> Floats:
        """What is left without some of the members: exactly zero where none is left."""
        rest = np.where(self.count > part.count, np.maximum(self.finite - part.finite, 0.0), 0.0)
        return np.where(self.boundless > part.boundless, np.inf, rest)


def _sums(group: _Group) -> tuple[Floats, Floats]:
    low, high = group.masses
    sums = low.total, high.total
    return sums if group.own is None else _plus(sums, group.own, np.ones_like(group.own.low, dtype=bool))


def _rows(ties: Ties, rows: Integers) -> Ties:
    return Ties(ties.sure[rows], ties.possible[rows], ties.doubt[rows])
