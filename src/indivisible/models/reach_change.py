"""How much a change moves the balance between a state's defenders and all others, whatever is not known.

Before and after are taken at the same point: a power that is not known is one and the same number both times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indivisible.architecture.arrays import Arrays, Bools, Floats, Plane, Ties
from indivisible.measures.intervals import linear_ratio
from indivisible.models.base import Settings
from indivisible.models.reach import Balance, balance_of
from indivisible.models.starting_places import never_longer, same_ways


def change_of_balance(before: Arrays, after: Arrays, settings: Settings) -> tuple[Floats, Floats]:
    """Lowest and highest change [i] of the score; infinite where a state becomes or ceases to be unopposed."""
    return change_between(balance_of(before, settings), balance_of(after, settings))


def change_between(old: Balance, new: Balance) -> tuple[Floats, Floats]:
    """Lowest and highest change [i] of the score from one balance to another."""
    low, high, _ = moved_between(old, new)
    return low, high


def moved_between(old: Balance, new: Balance) -> tuple[Floats, Floats, Bools]:
    """Lowest and highest change [i] of the score from one balance to another, and whether anything was touched."""
    same_power = _same_power(old, new)
    alike = _alike(old, new)
    defence = _ratio(old, new, old.defends, new.defends, same_power, alike)
    others = _ratio(old, new, old.defends.absent(), new.defends.absent(), same_power, alike)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = np.log(defence[0]) - np.log(others[1]), np.log(defence[1]) - np.log(others[0])
    low, high = np.where(np.isnan(low), -np.inf, low), np.where(np.isnan(high), np.inf, high)
    low, high = _with_unopposed(low, high, old, new)
    touched = touched_balances(old, new)
    return np.where(touched, low, 0.0), np.where(touched, high, 0.0), touched


def touched_balances(old: Balance, new: Balance) -> Bools:
    """[i]: whether anybody changes sides, or brings more or less to i, or may do so from other territory."""
    moved = ~_certain(new) & ~_alike(old, new)
    weighs = (old.brought.high > 0.0) | (new.brought.high > 0.0)
    other = (~_same_power(old, new) | ~old.share.same_as(new.share)) & weighs
    differs = ~old.defends.same_as(new.defends) | ~old.brought.same_as(new.brought) | moved | other
    return np.asarray(differs.any(axis=1))


def _with_unopposed(low: Floats, high: Floats, old: Balance, new: Balance) -> tuple[Floats, Floats]:
    """Unopposed both times is no change; where it only may be, no change is at least possible."""
    before, after = old.others(), new.others()
    never_before, never_after = before.high == 0.0, after.high == 0.0
    maybe = (before.low == 0.0) & (after.low == 0.0)
    low, high = np.where(maybe, np.minimum(low, 0.0), low), np.where(maybe, np.maximum(high, 0.0), high)
    opened, closed = never_before & ~never_after, never_after & ~never_before
    low, high = np.where(opened, -np.inf, low), np.where(closed, np.inf, high)
    high = np.where(opened, np.where(after.low == 0.0, 0.0, -np.inf), high)
    low = np.where(closed, np.where(before.low == 0.0, 0.0, np.inf), low)
    both = never_before & never_after
    return np.where(both, 0.0, low), np.where(both, 0.0, high)


def _same_power(old: Balance, new: Balance) -> Bools:
    """[k]: whether what fades is the same both times; a share hangs on the power of all."""
    same = old.origin.same_as(new.origin)
    return np.full_like(same, same.all()) if new.war_trap else same


def _certain(balance: Balance) -> Bools:
    """[i, k]: whether it is known how much of the power of k is left at i."""
    return np.asarray(balance.share.low == balance.share.high)


def _alike(old: Balance, new: Balance) -> Bools:
    """[i, k]: whether k comes to i by one and the same way both times, even if it is not known how long it is."""
    if _certain(old).all() and _certain(new).all():
        return np.ones_like(old.brought.low, dtype=bool)
    return same_ways(old.places, new.places).T


@dataclass(frozen=True, slots=True)
class _Terms:
    """Terms [i, k] of both sums: a `chosen` one adds after x to the sum after, and before x to the sum before, the
    change, for one x between `low` and `high`; nothing where k is not on the side."""

    chosen: Bools
    after: Floats | float
    before: Floats | float
    low: Floats
    high: Floats
    side: Ties


def _ratio(
    old: Balance, new: Balance, old_side: Ties, new_side: Ties, same_power: Bools, alike: Bools
) -> tuple[Floats, Floats]:
    """Bounds [i] of what one side brings after the change over what it brought before.

    Each member k is one of: the same sum both times; the same power times two known shares; a sum that is surely not
    smaller (or not larger) after than before; or, where none can be said, two sums of their own, which is wider than
    need be.
    """
    member = old_side.same_as(new_side) & new_side.possible & same_power
    same_share = (old.share.low == new.share.low) & (old.share.high == new.share.high)
    certain_share = _certain(old) & _certain(new)
    same_sum = member & same_share & (certain_share | alike)
    scaled = member & certain_share & ~same_sum & (not new.war_trap)
    apart = ~same_sum & ~scaled
    more, less = np.zeros_like(apart), np.zeros_like(apart)
    if (apart & member).any():
        more = apart & member & never_longer(old.places, new.places).T
        less = apart & member & ~more & never_longer(new.places, old.places).T
        apart = apart & ~more & ~less
    then, now = old.brought, new.brought
    power_low, power_high = (np.broadcast_to(one, member.shape) for one in (new.power.low, new.power.high))
    kept = (
        _Terms(same_sum, 1.0, 1.0, now.low, now.high, new_side),
        _Terms(more, 1.0, 1.0, then.low, then.high, new_side),
        _Terms(less, 1.0, 1.0, now.low, now.high, new_side),
    )
    moved = (
        _Terms(scaled, new.share.low, old.share.low, power_low, power_high, new_side),
        _Terms(more, 1.0, 0.0, *_beyond(now, then), new_side),
        _Terms(less, 0.0, 1.0, *_beyond(then, now), new_side),
        _Terms(apart & new_side.possible, 1.0, 0.0, now.low, now.high, new_side),
        _Terms(apart & old_side.possible, 0.0, 1.0, then.low, then.high, old_side),
    )
    low, high = _bounds([terms for terms in (*kept, *moved) if terms.chosen.any()], len(member))
    moving = _moves(moved)
    return np.where(moving, low, 1.0), np.where(moving, high, 1.0)


def _beyond(more: Plane, less: Plane) -> tuple[Floats, Floats]:
    """By how much one figure exceeds another that is surely not larger: at least, and at most."""
    with np.errstate(invalid="ignore"):
        low, high = more.low - less.high, more.high - less.low
    return np.where(low > 0.0, low, 0.0), np.where(high > 0.0, high, 0.0)


def _bounds(columns: Sequence[_Terms], n: int) -> tuple[Floats, Floats]:
    """Lowest and highest ratio [i] of the two sums."""
    over, under, lows, highs = [], [], [], []
    a0, b0 = np.zeros(n), np.zeros(n)
    for one in columns:
        low = np.where(one.side.sure, one.low, 0.0)
        exact = one.chosen & (low == one.high)
        a0 += np.where(exact, one.after * low, 0.0).sum(axis=1)
        b0 += np.where(exact, one.before * low, 0.0).sum(axis=1)
        loose = one.chosen & ~exact
        used = np.flatnonzero(loose.any(axis=0))
        over.append((np.broadcast_to(one.after, loose.shape) * loose)[:, used])
        under.append((np.broadcast_to(one.before, loose.shape) * loose)[:, used])
        lows.append(np.where(loose, low, 0.0)[:, used])
        highs.append(np.where(loose, one.high, 0.0)[:, used])
    if not columns:
        return np.ones(n), np.ones(n)
    return linear_ratio((a0, np.hstack(over)), (b0, np.hstack(under)), np.hstack(lows), np.hstack(highs))


def _moves(columns: Sequence[_Terms]) -> Bools:
    """[i]: whether any member brings another sum; where none does, the ratio is exactly 1."""
    moving: Bools = np.zeros(len(columns[0].chosen), dtype=bool)
    for one in columns:
        moving |= (one.chosen & ~((one.low == 0.0) & (one.high == 0.0))).any(axis=1)
    return moving
