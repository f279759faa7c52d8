"""At which reach a verdict turns: the same change judged for every reach from 0 to 1, all other constants as they are.

Looked at in steps of 1/32; between two neighbouring steps where a verdict differs, the place is narrowed down by
halving to 1/1024. A verdict that turns and turns back between two steps would be missed. How many lose is given in
those steps; from where to where anybody loses as closely as a verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from indivisible.architecture.arrays import Arrays
from indivisible.assess.comparison import Comparison
from indivisible.assess.verdict import DEFAULT_MATERIALITY, LOSES, NOT_SEEN, UNCHANGED, threshold, verdict
from indivisible.assess.words import counted, listed, named
from indivisible.models import distance
from indivisible.models.base import Settings
from indivisible.models.reach import balance_of, grounds
from indivisible.models.reach_change import moved_between

REACH, FORWARD = "reach", "forward"
STEPS = 32
FINEST = 1.0 / 1024.0
_SAYS = {
    "gains": ("gains", "gain"), "loses": ("loses", "lose"), "unchanged": ("is unchanged", "are unchanged"),
    "unknown": ("is unknown", "are unknown"), "not_seen": ("is not seen", "are not seen"),
}  # fmt: skip
_GROUPS = 12  # so many turns are told; the others stand in the JSON


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is said from one reach up to, not including, another; the last stretch includes 1."""

    begins: float
    ends: float
    said: str | int | bool

    def to_dict(self) -> dict[str, Any]:
        """One stretch for JSON."""
        return {"from": self.begins, "to": self.ends, "said": self.said}


@dataclass(frozen=True)
class ReachFlips:
    """By reach: the verdict of every state that takes a step, how many states lose, and whether any does.

    `reach` is that of the run, `forward` the weight of troops abroad. States outside `among` are left out. `losers`
    are all that lose at some reach.
    """

    reach: float
    forward: float
    actors: Mapping[str, tuple[Stretch, ...]]
    losing: tuple[Stretch, ...]
    any_loses: tuple[Stretch, ...]
    losers: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """For JSON: `turns_within` is how closely a turn is known."""
        return {
            "constant": f"{distance.name}.{REACH}",
            "value": self.reach,
            "forward": self.forward,
            "turns_within": FINEST,
            "actors": {state: [one.to_dict() for one in said] for state, said in self.actors.items()},
            "losing": [one.to_dict() for one in self.losing],
            "any_loses": [one.to_dict() for one in self.any_loses],
            "losers": list(self.losers),
        }

    def sentences(self, names: Mapping[str, str]) -> tuple[str, ...]:
        """In plain words: the states that take the steps, then those that lose."""
        return tuple(self._told(names))

    @property
    def _where(self) -> str:
        return distance.name + (f" with forward {self.forward:g}" if self.forward else "")

    def _told(self, names: Mapping[str, str]) -> Iterator[str]:
        groups: dict[tuple[Stretch, ...], list[str]] = {}
        for state, said in self.actors.items():
            groups.setdefault(_to_be_told(said), []).append(state)
        turning = sorted((said for said in groups if len(said) > 1), key=lambda said: groups[said])
        for said in turning[:_GROUPS]:
            yield f"{self._where}: {named(groups[said], names)} {_turns(said, len(groups[said]))}."
        if len(turning) > _GROUPS:
            rest = sum(len(groups[said]) for said in turning[_GROUPS:])
            yield f"{self._where}: of {counted(rest, 'more state')} that take the steps the verdict turns with reach."
        for said in (one for one in groups if len(one) == 1):
            who, one = named(groups[said], names), said[0]
            if one.said == NOT_SEEN:
                yield f"{self._where}: at no reach does it see anything of the change for {who}."
            else:
                yield f"{self._where}: {who} {_verb(one, len(groups[said]))} at every reach."
        yield self._of_losers(names)

    def _of_losers(self, names: Mapping[str, str]) -> str:
        found = [one for one in self.any_loses if one.said]
        if not found:
            return f"{self._where}: nobody loses at any reach."
        if len(self.any_loses) == 1:
            spans = "at every reach"
        else:
            spans = listed([_span(one) for one in found])
        most, last = max(int(one.said) for one in self.losing), int(self.losing[-1].said)
        counts = f"{counted(last, 'state')} at reach 1" + (f", {most} at most" if most > last else "")
        return f"{self._where}: somebody loses {spans} ({counts}): {named(self.losers, names)}."


def reach_flips(
    settings: Settings,
    comparison: Comparison,
    *,
    among: Collection[str] | None = None,
    materiality: float = DEFAULT_MATERIALITY,
) -> tuple[ReachFlips, ...]:
    """How the verdicts of `distance` turn with reach, all other constants as set; empty for another model's settings.

    Where the change moves troops and these settings leave them out of account, a second one with `forward` 1.
    """
    if settings.model != distance.name:
        return ()
    runs = [settings]
    if "deployments" in comparison.touches and settings.number(FORWARD) == 0.0:
        runs.append(replace(settings, values={**settings.values, FORWARD: 1.0}))
    return tuple(_by_reach(run, comparison, among, materiality) for run in runs)


def _by_reach(
    settings: Settings, comparison: Comparison, among: Collection[str] | None, materiality: float
) -> ReachFlips:
    states = comparison.arrays_before.states
    chosen = [i for i, state in enumerate(states) if among is None or state in among]
    own = [i for i in chosen if states[i] in comparison.actors]
    at = _Verdicts(comparison.arrays_before, comparison.arrays_after, settings, materiality)

    def turns(reach: float) -> tuple[object, ...]:
        said = at(reach)
        return (*(said[i] for i in own), any(said[i] == LOSES for i in chosen))

    steps = [step / STEPS for step in range(STEPS + 1)]
    for low, high in pairwise(steps):
        _narrowed(low, high, turns)
    points = sorted(at.seen)
    losing = {reach: [i for i in chosen if at.seen[reach][i] == LOSES] for reach in points}
    return ReachFlips(
        reach=settings.number(REACH),
        forward=settings.number(FORWARD),
        actors={states[i]: _joined(points, [at.seen[reach][i] for reach in points]) for i in own},
        losing=_joined(steps, [len(losing[reach]) for reach in steps]),
        any_loses=_joined(points, [bool(losing[reach]) for reach in points]),
        losers=tuple(states[i] for i in sorted({i for found in losing.values() for i in found})),
    )


class _Verdicts:
    """The verdicts of all states by reach; what does not hang on reach is made once."""

    def __init__(self, before: Arrays, after: Arrays, settings: Settings, materiality: float) -> None:
        self._both, self._settings = (before, after), settings
        self._grounds = tuple(grounds(one, settings) for one in self._both)
        self._bound = threshold(distance.scale, materiality)
        self.seen: dict[float, tuple[str, ...]] = {}

    def __call__(self, reach: float) -> tuple[str, ...]:
        if reach not in self.seen:
            ready = replace(self._settings, values={**self._settings.values, REACH: reach})
            old, new = (
                balance_of(one, ready, ground=ground) for one, ground in zip(self._both, self._grounds, strict=True)
            )
            found = zip(*(part.tolist() for part in moved_between(old, new)), strict=True)
            self.seen[reach] = tuple(verdict(a, b, touched=t, bound=self._bound) for a, b, t in found)
        return self.seen[reach]


def _narrowed(low: float, high: float, turns: Callable[[float], tuple[object, ...]]) -> None:
    """Look between two reaches that differ until they are close."""
    if turns(low) != turns(high) and high - low > FINEST:
        middle = (low + high) / 2.0
        _narrowed(low, middle, turns)
        _narrowed(middle, high, turns)


def _joined(points: Sequence[float], said: Sequence[str | int | bool]) -> tuple[Stretch, ...]:
    """Neighbouring points that say the same, as one stretch."""
    found: list[Stretch] = []
    for point, one in zip(points, said, strict=True):
        if found and found[-1].said == one:
            continue
        if found:
            found[-1] = replace(found[-1], ends=point)
        found.append(Stretch(point, 1.0, one))
    return tuple(found)


def _to_be_told(said: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """Between unchanged and not seen there is nothing to tell a reader, unless it is never seen."""
    if len(said) == 1:
        return said
    plain = [replace(one, said=UNCHANGED if one.said == NOT_SEEN else one.said) for one in said]
    return _joined([one.begins for one in plain], [one.said for one in plain])


def _verb(one: Stretch, states: int) -> str:
    return _SAYS[str(one.said)][states > 1]


def _turns(said: Sequence[Stretch], states: int) -> str:
    """`is unchanged below reach 0.302 and loses from there`, with as many turns as there are."""
    first, *rest = said
    begins = "at reach 0" if first.ends <= FINEST else f"below reach {first.ends:.3f}"
    told = [f"{_verb(first, states)} {begins}"]
    for one in rest:
        told.append(f"{_verb(one, states)} " + ("above" if one.begins <= FINEST else f"from {one.begins:.3f}"))
    return listed(told)


def _span(one: Stretch) -> str:
    """`from reach 0.117 up`, `below reach 0.3`, `between`."""
    if one.ends == 1.0:
        return "at any reach above 0" if one.begins <= FINEST else f"from reach {one.begins:.3f} up"
    if one.begins == 0.0:
        return "at reach 0" if one.ends <= FINEST else f"below reach {one.ends:.3f}"
    return f"from reach {one.begins:.3f} to {one.ends:.3f}"
