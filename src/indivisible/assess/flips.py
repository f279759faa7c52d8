"""Which constant turns a verdict round: each taken alone to the ends of its range, all others as they are set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from indivisible.assess.comparison import Comparison
from indivisible.assess.moved import changes, verdicts
from indivisible.assess.verdict import GAINS, LOSES
from indivisible.models.base import Model, Parameter, Settings, Value


@dataclass(frozen=True, slots=True)
class Flip:
    """A value of one constant at which states that gained lose, or the other way round."""

    parameter: str
    value: Value
    states: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """One entry of `flips` for JSON."""
        return {"parameter": self.parameter, "value": self.value, "states": list(self.states)}


def flips(
    model: Model, settings: Settings, comparison: Comparison, said: Mapping[str, str], *, materiality: float
) -> Iterator[Flip]:
    """Every constant and value at which the sign of a known verdict turns; `said` are the verdicts by state."""
    for name, parameter in model.parameters.items():
        if parameter.side_by_side:
            continue
        for value in ends(parameter, settings.values[name]):
            chosen = replace(settings, values={**settings.values, name: value})
            other = _verdicts(model, chosen, comparison, materiality)
            turned = tuple(s for s, was in said.items() if {was, other[s]} == {GAINS, LOSES})
            if turned:
                yield Flip(name, value, turned)


def ends(parameter: Parameter, now: Value) -> tuple[Value, ...]:
    """The other choices of a constant, the other side of a switch, or the ends of its range (and none)."""
    if parameter.choices:
        return tuple(choice for choice in parameter.choices if choice != now)
    if isinstance(parameter.default, bool):
        return (not now,)
    found: tuple[Value, ...] = tuple(v for v in (parameter.low, parameter.high) if v is not None)
    if parameter.optional:
        found = (None, *found)
    return tuple(value for value in found if value != now)


def _verdicts(model: Model, settings: Settings, comparison: Comparison, materiality: float) -> dict[str, str]:
    before = model.read(comparison.arrays_before, settings)
    after = model.read(comparison.arrays_after, settings)
    moved = changes(model, settings, comparison, before, after)
    said = verdicts(model, moved, unit=before.unit, materiality=materiality)
    return dict(zip(before.states, said, strict=True))
