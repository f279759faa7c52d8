"""What every state can bring to every other: power faded with distance, from home or from allied territory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from indivisible.architecture.arrays import Arrays, Bools, Floats, Plane, Ties
from indivisible.measures.decay import exponential, linear, war_trap_exponent
from indivisible.models.base import Settings
from indivisible.models.coalitions import EU_42_7_TREATIES
from indivisible.models.starting_places import Ground, Places, ground_of


@dataclass(frozen=True, slots=True)
class Balance:
    """The sides of every state: [i, k] is what k can bring to i, and whether k defends it.

    `power` [k] is what fades: power, or for The War Trap the share of all power. `share` [i, k] is what is left of
    it at i (for The War Trap the exponent), NaN where not known. `brought` is the product (or share ** exponent);
    `origin` is power itself; `places` are those from which it starts.
    """

    defends: Ties
    origin: Plane
    power: Plane
    share: Plane
    brought: Plane
    war_trap: bool
    places: Places

    def defence(self) -> Plane:
        """[i]: what i and its defenders bring; low with the sure ones only."""
        low = _sum(self.brought.low, self.defends.sure)
        high = _sum(self.brought.high, self.defends.possible)
        best = _sum(self.brought.best, self.defends.sure)
        return Plane(low, np.where(self._doubted(), np.nan, best), high)

    def others(self) -> Plane:
        """[i]: what all others bring; high with those that may not be defenders."""
        low = _sum(self.brought.low, ~self.defends.possible)
        high = _sum(self.brought.high, ~self.defends.sure)
        best = _sum(self.brought.best, ~self.defends.sure)
        return Plane(low, np.where(self._doubted(), np.nan, best), high)

    def _doubted(self) -> Bools:
        return np.asarray((self.defends.possible & ~self.defends.sure).any(axis=1))

    def defended_by(self, i: int) -> Bools:
        """[k]: i and its defenders; those in doubt are never among them."""
        return np.asarray(self.defends.sure[i])

    def row(self, i: int, *, known: bool) -> tuple[Floats, Floats]:
        """[k] twice: what each brings for i and against i, at the best point, or at the lowest score."""
        ours, theirs = (self.brought.best, self.brought.best) if known else (self.brought.low, self.brought.high)
        defended = self.defends.sure[i]
        return np.where(defended, ours[i], 0.0), np.where(defended, 0.0, theirs[i])

    def factors(self, i: int, k: int, brought: float) -> tuple[float, float]:
        """What k brings to i as a value times a weight: its power times what is left of it."""
        share = float(self.share.best[i, k])
        if self.war_trap or not share > 0.0 or not np.isfinite(brought):
            return brought, 1.0
        return brought / share, share


def grounds(arrays: Arrays, settings: Settings) -> Ground:
    """From where power may start by these settings, whatever the reach."""
    without = () if settings.switch("eu_42_7") else EU_42_7_TREATIES
    return ground_of(arrays, settings, arrays.ties("defence", without=without))


def balance_of(arrays: Arrays, settings: Settings, *, ground: Ground | None = None) -> Balance:
    """The sides and what they bring, by the settings of the model `distance`; `ground` where it is made already."""
    places = Places(grounds(arrays, settings) if ground is None else ground, settings.number("reach"))
    defends = places.ground.defends.reversed().with_self()
    if settings.choice("decay") == "war_trap":
        shares = shares_of_all(arrays.power)
        exponent = _faded(places, settings)
        with np.errstate(divide="ignore", invalid="ignore"):
            brought = Plane(
                shares.low[None, :] ** exponent.high, shares.best[None, :] ** exponent.best,
                shares.high[None, :] ** exponent.low,
            )  # fmt: skip
        return Balance(defends, arrays.power, shares, exponent, brought, True, places)
    share = _faded(places, settings)
    power = arrays.power
    with np.errstate(invalid="ignore"):
        brought = Plane(power.low * share.low, _product(power.best, share.best), _product(power.high, share.high))
    return Balance(defends, power, power, share, brought, False, places)


def shares_of_all(power: Plane) -> Plane:
    """Shares of the power of all states, which sum to 1; intervals where any figure is not known."""
    low, high = power.low, power.high
    rest_low, rest_high = low.sum() - low, _without_each(high)
    with np.errstate(divide="ignore", invalid="ignore"):
        lowest = np.where(low > 0.0, low / (low + rest_high), 0.0)
        highest = np.where(np.isinf(high), 1.0, np.where(high > 0.0, high / (high + rest_low), 0.0))
        best = power.best / power.best.sum()
    return Plane(lowest, best, highest)


def _without_each(high: Floats) -> Floats:
    boundless = np.isinf(high)
    finite = np.where(boundless, 0.0, high)
    rest: Floats = finite.sum() - finite
    return np.where(boundless.sum() - boundless > 0, np.inf, rest)


def _faded(places: Places, settings: Settings) -> Plane:
    """[i, k]: what is left at i of the power of k, or The War Trap's exponent; an interval where not known."""
    ways = places.ways()
    near = np.ascontiguousarray(ways.low.T)
    best, far = (near if way is ways.low else np.ascontiguousarray(way.T) for way in (ways.best, ways.high))
    unknown = np.isnan(near) | np.isnan(far)
    kind = settings.choice("decay")
    if kind == "war_trap":
        pace, normalised = settings.number("miles_per_day"), settings.switch("normalised")
        low, middle, high = _each(lambda way: war_trap_exponent(way, pace, normalised=normalised), near, best, far)
        home = war_trap_exponent(np.zeros_like(near), pace, normalised=normalised)
        return _interval(np.where(unknown, home, low), middle, np.where(unknown, np.inf, high))
    if kind == "exponential":
        fade = exponential
    elif kind == "linear":
        fade = linear
    else:
        raise ValueError(kind)
    scale = settings.number("scale")
    low, middle, high = _each(lambda way: fade(way, scale), far, best, near)
    return _interval(np.where(unknown, 0.0, low), middle, np.where(unknown, 1.0, high))


def _each(
    fade: Callable[[Floats], Floats], first: Floats, second: Floats, third: Floats
) -> tuple[Floats, Floats, Floats]:
    """The three faded, and only once where they are one and the same."""
    faded = fade(first)
    return faded, faded if second is first else fade(second), faded if third is first else fade(third)


def _interval(low: Floats, best: Floats, high: Floats) -> Plane:
    """A plane whose best point is the figure itself where there is no doubt about it."""
    return Plane(low, np.where(low == high, low, best), high)


def _sum(values: Floats, mask: Bools) -> Floats:
    total: Floats = np.where(mask, values, 0.0).sum(axis=1)
    return total


def _product(power: Floats, share: Floats) -> Floats:
    """Power [k] times share [i, k]; where nothing is left, nothing comes, whatever the power."""
    return np.where(share == 0.0, 0.0, power * share)
