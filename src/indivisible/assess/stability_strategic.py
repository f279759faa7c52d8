"""Strategic stability of two nuclear states on one day: an aggregate index, and every assumption that it rests on.

The record knows how many warheads each has and nothing else; all other numbers are assumptions with a name, a default
that is a convention, and a range. Totals only: no targets, no forces by kind, no geography.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from indivisible import __version__
from indivisible.architecture.architecture import Architecture, Figure
from indivisible.architecture.snapshot import as_of
from indivisible.errors import QuestionError, UnknownName
from indivisible.measures.strategic_stability import (
    Defence,
    Interval,
    Side,
    drawdown,
    first_strike_stability,
    kill_probability,
    none_through,
    shots_needed,
    stability_bounds,
)
from indivisible.models.base import Parameter, Settings, Value, settle
from indivisible.record.record import Record
from indivisible.record.table import said_of_recalled, with_recalled
from indivisible.values import Estimate, day_of, iso

Row = dict[str, Any]
NAME = "strategic"
FIELD = "nuclear_warheads"
_KENT = "Kent and Thaler 1989, as recalled"
_WILKENING = "Wilkening 2000, as recalled"
_OURS = "a convention of this program"
PARAMETERS: Mapping[str, Parameter] = {
    p.name: p
    for p in (
        Parameter("ready", 1.0, "share of the stockpile counted as ready; the record's figure has reserves too", _OURS,
                  low=0.3, high=1.0, most=1.0),
        Parameter("survivable", 0.5, "share of the ready warheads that a first strike cannot reach", _OURS,
                  low=0.1, high=0.9, most=1.0, least_allowed=True),
        Parameter("warheads_per_vehicle", 3.0, "warheads lost with each vehicle that a first strike destroys", _OURS,
                  low=1.0, high=8.0),
        Parameter("kill", 0.8, "chance that an arriving warhead destroys the vehicle it is meant for", _OURS,
                  low=0.4, high=1.0, most=1.0, least_allowed=True),
        Parameter("scale", 800.0, "arriving warheads that destroy all but 1/e of what the side values", _OURS,
                  unit="warheads", low=200.0, high=2000.0),
        Parameter("lambda", 0.3, "how much the side minds leaving the other undamaged, next to its own damage", _KENT,
                  low=0.1, high=0.6, least_allowed=True),
        Parameter("interceptors", 0.0, "interceptors of the side's missile defence", "none assumed", low=0.0,
                  high=100.0, least_allowed=True),
        Parameter("track", 0.99, "chance that its defence tracks an arriving warhead", _WILKENING, low=0.9, high=1.0,
                  most=1.0, least_allowed=True),
        Parameter("intercept", 0.8, "chance that one shot destroys a warhead that is tracked", _WILKENING, low=0.4,
                  high=0.9, most=1.0, least_allowed=True),
        Parameter("shots", 4.0, "shots at each arriving warhead", _WILKENING, low=1.0, high=6.0),
    )
}  # fmt: skip
ATTACKS = (1, 4, 10, 20, 100)
"""Warheads that arrive at once, for the table of what a defence lets through."""
WANTED = 0.8
"""The chance that nothing gets through for which the shots needed are told."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A nuclear state: how many warheads by the record, as of which year, and what is assumed of it."""

    state: str
    warheads: Estimate
    year: int | None
    settings: Settings

    def defence(self) -> Defence | None:
        """Its missile defence; None without interceptors."""
        number = self.settings.number
        if number("interceptors") == 0.0:
            return None
        return Defence(number("interceptors"), number("shots"), number("track"), number("intercept"))

    def side(self, warheads: float, other: Holder) -> Side:
        """Its totals with so many warheads in the stockpile. What one of its warheads can destroy hangs on how many the
        other carries on a vehicle.
        """
        number = self.settings.number
        ready = warheads * number("ready")
        return Side(
            ready,
            ready * (1.0 - number("survivable")),
            number("scale"),
            kills=number("kill") * other.settings.number("warheads_per_vehicle"),
            weight=number("lambda"),
            defence=self.defence(),
        )


@dataclass(frozen=True, slots=True)
class Exchange:
    """What comes out for two sides, each as (low, best, high): the index, the costs of both, and warheads that survive.

    first, waiting: the cost to each of its own best first strike, and of waiting for the other's.
    """

    index: tuple[float, float, float]
    first: tuple[tuple[float, float, float], ...]
    waiting: tuple[tuple[float, float, float], ...]


def exchange(one: Holder, other: Holder) -> Exchange:
    """The index between two holders: at their best figures, and bounds over the intervals of the warheads."""
    pair = (one, other), (other, one)
    best = first_strike_stability(*(a.side(_best(a.warheads), b) for a, b in pair))
    if all(holder.warheads.low == holder.warheads.high for holder in (one, other)):
        points = [((x, x, x), (y, y, y)) for x, y in zip(best.first, best.waiting, strict=True)]
        return Exchange((best.index,) * 3, tuple(x for x, _ in points), tuple(y for _, y in points))
    ends = ((a.side(a.warheads.low, b), a.side(a.warheads.high, b)) for a, b in pair)
    bounds = stability_bounds(*ends)
    return Exchange(
        _around(bounds.index, best.index),
        tuple(_around(b, x) for b, x in zip(bounds.first, best.first, strict=True)),
        tuple(_around(b, x) for b, x in zip(bounds.waiting, best.waiting, strict=True)),
    )


def leakage_table(holder: Holder, arriving: Estimate) -> list[Row]:
    """What a side's missile defence lets through: for a few sizes of attack, and for all of the other's warheads."""
    defence = holder.defence()
    if defence is None:
        return []
    rows = []
    sizes: list[tuple[float, str]] = [(float(n), "") for n in ATTACKS]
    sizes.append((_best(arriving), "all that the other has ready"))
    for size, what in sizes:
        engaged = min(size, defence.interceptors / defence.shots)
        all_met = size <= defence.interceptors / defence.shots
        chances = [
            none_through(size, defence.track, defence.kill, defence.shots, common_track=common) if all_met else 0.0
            for common in (False, True)
        ]
        rows.append(
            {
                "defender": holder.state,
                "arriving": size,
                "what": what or None,
                "engaged": engaged,
                "through_on_average": float(drawdown(size, defence)),
                "chance_none_through": chances[0],
                "chance_none_if_tracking_fails_for_all_or_none": chances[1],
                "shots_needed_for_80_per_cent": shots_needed(size, defence.track, defence.kill, WANTED),
            }
        )
    return rows


@dataclass(frozen=True)
class StrategicStability:
    """The answer for two states on one day."""

    on: str
    record: str
    version: str
    holders: tuple[Holder, Holder]
    found: Exchange
    sensitivity: tuple[Row, ...]
    names: Mapping[str, str]
    source_keys: tuple[str, ...]
    recalled: tuple[str, ...]

    @property
    def defences(self) -> list[Row]:
        """What each side's missile defence lets through of the other's warheads."""
        one, other = self.holders
        return [
            row
            for defender, attacker in ((one, other), (other, one))
            for row in leakage_table(defender, _ready(attacker))
        ]

    @property
    def assumptions(self) -> list[Row]:
        """Every assumption, with the value for each side, its range and where it is from."""
        one, other = self.holders
        return [
            {
                "assumption": name,
                one.state: one.settings.values[name],
                other.state: other.settings.values[name],
                "low": parameter.low,
                "high": parameter.high,
                "meaning": parameter.meaning,
                "source": parameter.source,
            }
            for name, parameter in PARAMETERS.items()
        ]

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape strategic-stability/1: intervals as [low, best, high]."""
        found = self.found
        return {
            "schema": "strategic-stability/1",
            "on": self.on,
            "states": [holder.state for holder in self.holders],
            "index": list(found.index),
            "warheads": {
                h.state: {"low": h.warheads.low, "best": h.warheads.best, "high": h.warheads.high, "year": h.year}
                for h in self.holders
            },
            "costs": {
                h.state: {"striking_first": list(found.first[k]), "waiting": list(found.waiting[k])}
                for k, h in enumerate(self.holders)
            },
            "assumptions": self.assumptions,
            "kill_probability": {h.state: _killed(h) for h in self.holders},
            "defences": self.defences,
            "sensitivity": list(self.sensitivity),
            "version": self.version,
            **said_of_recalled(self.recalled),
            "record": self.record,
        }

    def sentence(self) -> str:
        """The answer in one plain sentence."""
        one, other = (self.names.get(h.state, h.state) for h in self.holders)
        low, best, high = self.found.index
        width = f" (between {low:.3f} and {high:.3f} over the intervals of the warheads)" if low != high else ""
        moved = [row[end] for row in self.sensitivity for end in ("index_at_low", "index_at_high")]
        says = f"On {self.on} the aggregate first-strike stability index of {one} and {other} is {best:.3f}{width}, "
        says += "where 1 means that neither would gain by striking first; it rests on assumptions that the record does "
        says += f"not hold, and one of them alone moves it from {min(moved):.3f} to {max(moved):.3f}."
        return with_recalled(says, self.recalled)

    def rows(self) -> list[Row]:
        """The index at both ends of the range of every assumption."""
        return list(self.sensitivity)

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources of the warheads."""
        return self.source_keys


def strategic_stability(
    record: Record, first: str, second: str, *, on: str, settings: Mapping[str, Value] | None = None
) -> StrategicStability:
    """The aggregate index of two states that both have nuclear warheads on that day, by the record.

    `settings`: an assumption for both sides by `strategic.name`, for one of them by `STATE.name`. Raises UnknownName,
    and QuestionError where one of them has none, or where that is not known, or for an impossible value.
    """
    pair = [record.resolve(name, "state") for name in (first, second)]
    if pair[0] == pair[1]:
        raise QuestionError("two different states are needed", do="name the other one")
    architecture = as_of(record, day_of(on))
    figures = [_figure(record, architecture, state) for state in sorted(pair)]
    chosen = _chosen(record, [figure.state for figure in figures], settings or {})
    holders = [Holder(f.state, f.estimate, f.year, chosen[f.state]) for f in figures]
    sources = {key for figure in figures for address in figure.claims for key in record.at(address).sources}
    return StrategicStability(
        on=iso(architecture.day),
        record=record.digest,
        version=__version__,
        holders=(holders[0], holders[1]),
        found=exchange(holders[0], holders[1]),
        sensitivity=tuple(_sensitivity(holders[0], holders[1])),
        names={holder.state: record.name_of(holder.state) for holder in holders},
        source_keys=tuple(sorted(sources)),
        recalled=tuple(key for key in sorted(sources) if record.recalled((key,))),
    )


def _sensitivity(one: Holder, other: Holder) -> list[Row]:
    """The index with one assumption after another at the two ends of its range, for both sides at once."""
    rows = []
    for name, parameter in PARAMETERS.items():
        found = []
        for end in (parameter.low, parameter.high):
            both = [replace(h, settings=Settings(NAME, {**h.settings.values, name: end})) for h in (one, other)]
            found.append(exchange(both[0], both[1]).index[1])
        rows.append(
            {
                "assumption": name,
                "low": parameter.low,
                "index_at_low": found[0],
                "high": parameter.high,
                "index_at_high": found[1],
            }
        )
    return rows


def _figure(record: Record, architecture: Architecture, state: str) -> Figure:
    """The state's warheads on the day. Raises QuestionError where it has none, or that is not known."""
    name, day = record.name_of(state), iso(architecture.day)
    if state not in architecture.states:
        raise QuestionError(f"{name} was not a state on {day}", do="choose another day with --on")
    figure = architecture.figures.get((state, FIELD))
    if figure is None or figure.estimate.high == float("inf") or figure.estimate.low == 0.0 < figure.estimate.high:
        raise QuestionError(
            f"whether {name} had nuclear warheads on {day}, and how many, is not known",
            do="choose an earlier day with --on, or lay your own figure over the record with --overlay",
        )
    if figure.estimate.high == 0.0:
        raise QuestionError(
            f"{name} had no nuclear warheads on {day}, by the record",
            do="strategic stability is asked of two states that both have some",
        )
    return figure


def _chosen(record: Record, states: list[str], settings: Mapping[str, Value]) -> dict[str, Settings]:
    """The assumptions for each state: those for both first, then its own."""
    both: dict[str, Value] = {}
    own: dict[str, dict[str, Value]] = {state: {} for state in states}
    for key, value in settings.items():
        whose, dot, name = key.partition(".")
        if not dot:
            raise QuestionError(f"{key!r} does not name an assumption", do=f"write {NAME}.{key}=value")
        if whose == NAME:
            both[name] = value
            continue
        try:
            state = record.resolve(whose, "state")
        except UnknownName:
            state = ""
        if state not in own:
            raise QuestionError(
                f"{whose!r} is neither of the two states", do=f"write {' or '.join([NAME, *states])} before the point"
            )
        own[state][name] = value
    return {state: settle(NAME, PARAMETERS, {**both, **mine}) for state, mine in own.items()}


def _best(figure: Estimate) -> float:
    return (figure.low + figure.high) / 2.0 if figure.best is None else figure.best


def _ready(holder: Holder) -> Estimate:
    share = holder.settings.number("ready")
    return Estimate(holder.warheads.low * share, _best(holder.warheads) * share, holder.warheads.high * share)


def _killed(holder: Holder) -> float | None:
    defence = holder.defence()
    return None if defence is None else kill_probability(defence.track, defence.kill, defence.shots)


def _around(bounds: Interval, best: float) -> tuple[float, float, float]:
    return min(bounds[0], best), best, max(bounds[1], best)
