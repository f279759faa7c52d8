"""Two architectures side by side, before and after a change on one day, with the same figures in both."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from indivisible.architecture.architecture import Architecture
from indivisible.architecture.arrays import Arrays, changed_fields
from indivisible.architecture.change import Change
from indivisible.architecture.outside import NOTHING, Outside
from indivisible.architecture.snapshot import as_of
from indivisible.architecture.standing import full_roles
from indivisible.architecture.steps import actors_of, apply, baseline_day
from indivisible.architecture.to_arrays import to_arrays
from indivisible.errors import QuestionError
from indivisible.record.record import Record

BECKLEY = "beckley_2018"
POWER_FIGURES: Mapping[str, tuple[str, ...]] = {BECKLEY: ("gdp_current_usd", "population")}
"""The figures that a measure of power is made from, where they are the record's own."""
PledgeClaims = Mapping[str, Mapping[tuple[str, str], Sequence[str]]]


@dataclass(frozen=True)
class Comparison:
    """A change on a day: both architectures, both arrays, and the states that take the steps."""

    record: Record
    change: Change
    power: str
    hostility: str
    outside: Outside
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
    def pledge_claims(self) -> tuple[PledgeClaims, PledgeClaims]:
        """Addresses of the claims that pledges rest on, before and after: by kind, then by (from, towards)."""
        return _pledge_claims(self.before), _pledge_claims(self.after)

    @cached_property
    def step_kinds(self) -> tuple[str, ...]:
        """The kinds of step in the change, those of an enacted text included."""
        steps = [*self.change.steps, *(effect for step in self.change.steps for effect in step.effects)]
        return tuple(sorted({step.do for step in steps}))

    def with_power(self, power: str) -> Comparison:
        """The same change with another measure of power; raises MissingData where it is not imported."""
        if power == self.power:
            return self
        both = (self.before, self.after)
        first, second = _arrays(self.record, both, power, self.hostility, self.outside)
        return replace(self, power=power, arrays_before=first, arrays_after=second)

    def after_only(self, steps: Collection[str]) -> Arrays:
        """The arrays after some of the steps; one whose precondition is absent without the others does nothing."""
        partly = apply(self.before, self.change, self.record, only=steps)
        return _arrays(self.record, (partly, partly), self.power, self.hostility, self.outside)[0]


def compare(
    record: Record,
    change: Change,
    *,
    on: str | None = None,
    power: str = BECKLEY,
    hostility: str = "conflicts",
    outside: Outside = NOTHING,
    start: Change | None = None,
) -> Comparison:
    """Apply a change to the architecture of `on` (default: the day before its first step).

    `hostility` names where hostility comes from; `outside` holds what is imported; `start` is a change that is taken
    for granted: the comparison is with what it makes of that day. Raises ChangeError, UnknownName, QuestionError (a
    day past the record's coverage), MissingData.
    """
    day = baseline_day(change, record, on=on)
    if day >= record.known_to:
        raise QuestionError(
            "the baseline lies past the day to which the record is known", do="choose an earlier day with --on"
        )
    before = _architecture(record, day)
    if start is not None:
        before = apply(before, start, record)
    return compared(record, change, before, power=power, hostility=hostility, outside=outside)


@lru_cache(maxsize=2)
def _architecture(record: Record, day: int) -> Architecture:
    """The day asked about last is kept: the next question is mostly another constant or change on the same day."""
    return as_of(record, day)


def compared(
    record: Record,
    change: Change,
    before: Architecture,
    *,
    power: str = BECKLEY,
    hostility: str = "conflicts",
    outside: Outside = NOTHING,
) -> Comparison:
    """A change applied to an architecture that is at hand. Raises as `compare` does."""
    after = apply(before, change, record)
    first, second = _arrays(record, (before, after), power, hostility, outside)
    actors = actors_of(change, before, record)
    return Comparison(record, change, power, hostility, outside, before, after, first, second, actors)


def _arrays(
    record: Record,
    architectures: tuple[Architecture, Architecture],
    power: str,
    hostility: str,
    outside: Outside,
) -> tuple[Arrays, Arrays]:
    roles = _full_roles(record, architectures)
    first, second = (
        to_arrays(one, power=power, outside=outside, hostility=hostility, full_roles=roles) for one in architectures
    )
    return first, second


def _pledge_claims(architecture: Architecture) -> PledgeClaims:
    found: dict[str, dict[tuple[str, str], list[str]]] = {}
    for pledge in architecture.pledges:
        found.setdefault(pledge.kind, {}).setdefault((pledge.sender, pledge.receiver), []).extend(pledge.claims)
    return found


def _full_roles(record: Record, architectures: Iterable[Architecture]) -> dict[str, tuple[str, ...]]:
    """What each organisation itself counts as membership on the day; `member` where the record is silent."""
    found: dict[str, tuple[str, ...]] = {}
    for architecture in architectures:
        for organization in {m.organization for m in architecture.memberships} - set(found):
            found[organization] = full_roles(record, organization, architecture.day, architecture.day) or ("member",)
    return found
