"""Which constant turns a verdict round: each taken alone to the ends of its range, all others as they are set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from indivisible.assess.assessment import Judgement
from indivisible.assess.comparison import Comparison
from indivisible.assess.judge import changes
from indivisible.assess.verdict import GAINS, LOSES, threshold, verdict
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


def flips(model: Model, settings: Settings, comparison: Comparison, judged: Judgement) -> Iterator[Flip]:
    """Every constant and value at which the sign of a known verdict turns for some state that was judged."""
    said = {one.state: one.verdict for one in judged.states}
    for name, parameter in model.parameters.items():
        if parameter.side_by_side:
            continue
        for value in ends(parameter, settings.values[name]):
            chosen = replace(settings, values={**settings.values, name: value})
            other = _verdicts(model, chosen, comparison, judged.materiality)
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
    _, low, high, touched = changes(model, settings, comparison, before, after)
    bound = threshold(model.scale, materiality, before.unit)
    return {
        state: verdict(low[i], high[i], touched=bool(touched[i]), bound=bound) for i, state in enumerate(before.states)
    }
