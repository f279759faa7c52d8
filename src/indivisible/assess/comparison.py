"""Two architectures side by side, before and after a change on one day, with the same figures in both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from indivisible.architecture.architecture import Architecture
from indivisible.architecture.arrays import Arrays, changed_fields, to_arrays
from indivisible.architecture.change import Change
from indivisible.architecture.snapshot import as_of
from indivisible.architecture.standing import full_roles
from indivisible.architecture.steps import actors_of, apply, baseline_day
from indivisible.errors import QuestionError
from indivisible.record.record import Record

BECKLEY = "beckley_2018"
POWER_FIGURES: Mapping[str, tuple[str, ...]] = {BECKLEY: ("gdp_current_usd", "population")}
"""The figures that a measure of power is made from, where they are the record's own."""


@dataclass(frozen=True)
class Comparison:
    """A change on a day: both architectures, both arrays, and the states that take the steps."""

    record: Record
    change: Change
    power: str
    before: Architecture
    after: Architecture
    arrays_before: Arrays
    arrays_after: Arrays
    actors: tuple[str, ...]

    @cached_property
    def touches(self) -> frozenset[str]:
        """Names of the arrays that the change really changed."""
        return changed_fields(self.arrays_before, self.arrays_after)

    @cached_property
    def step_kinds(self) -> tuple[str, ...]:
        """The kinds of step in the change, those of an enacted text included."""
        steps = [*self.change.steps, *(effect for step in self.change.steps for effect in step.effects)]
        return tuple(sorted({step.do for step in steps}))

    def with_power(self, power: str, cinc: Mapping[str, Mapping[str, float]] | None = None) -> Comparison:
        """The same change with another measure of power; raises MissingData where it is not imported."""
        if power == self.power:
            return self
        first, second = _arrays(self.record, (self.before, self.after), power, cinc or {})
        return replace(self, power=power, arrays_before=first, arrays_after=second)


def compare(
    record: Record,
    change: Change,
    *,
    on: str | None = None,
    power: str = BECKLEY,
    cinc: Mapping[str, Mapping[str, float]] | None = None,
) -> Comparison:
    """Apply a change to the architecture of `on` (default: the day before its first step).

    `cinc` holds imported indices: for each name such as `cinc_2016` every state's share. Raises ChangeError,
    UnknownName, QuestionError (a day past the record's coverage), MissingData.
    """
    day = baseline_day(change, record, on=on)
    if day >= record.known_to:
        raise QuestionError(
            "the baseline lies past the day to which the record is known", do="choose an earlier day with --on"
        )
    before = as_of(record, day)
    after = apply(before, change, record)
    first, second = _arrays(record, (before, after), power, cinc or {})
    return Comparison(record, change, power, before, after, first, second, actors_of(change, before, record))


def _arrays(
    record: Record,
    architectures: tuple[Architecture, Architecture],
    power: str,
    cinc: Mapping[str, Mapping[str, float]],
) -> tuple[Arrays, Arrays]:
    roles = _full_roles(record, architectures)
    first, second = (to_arrays(one, power=power, cinc=cinc.get(power), full_roles=roles) for one in architectures)
    return first, second


def _full_roles(record: Record, architectures: Iterable[Architecture]) -> dict[str, tuple[str, ...]]:
    """What each organisation itself counts as membership on the day; `member` where the record is silent."""
    found: dict[str, tuple[str, ...]] = {}
    for architecture in architectures:
        for organization in {m.organization for m in architecture.memberships} - set(found):
            found[organization] = full_roles(record, organization, architecture.day, architecture.day) or ("member",)
    return found
