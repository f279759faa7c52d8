"""What a change does that the norms of the principle ask about: who takes steps, who is limited, which group grows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from indivisible.architecture.architecture import Architecture, Pledge
from indivisible.architecture.change import Step
from indivisible.architecture.draft import Draft
from indivisible.architecture.points import MIDDLE, settled
from indivisible.assess.attribution import takers_of
from indivisible.assess.comparison import Comparison
from indivisible.errors import UnknownName
from indivisible.values import Truth

CHOOSING = frozenset({"accede", "withdraw", "pledge", "release", "found", "ratify", "denounce", "suspend", "dissolve"})
_LOWER, _RAISE = frozenset({"cap", "remove"}), frozenset({"deploy"})
_BINDING = frozenset({"defence", "offence"})


@dataclass(frozen=True, slots=True)
class Group:
    """The states of an area bound to mutual defence by one text that have most power together, and their share."""

    treaty: str
    share: float | None


@dataclass(frozen=True)
class ChangeFacts:
    """What a change does, as the norms ask for it.

    steps            how many steps it has
    takers           the states that take its steps; `actors` all that are named in them
    chooses          those that change their own memberships or pledges by a step of their own
    bound_without_step  those newly bound to defend or attack for others though they take no step
    limited          those whose forces or figures a step limits; `limited_by_others` those of them that take no step
                     themselves, or that only an enacted text limits: then it is not said who consents
    offensive        whether it brings offence pledges, troops abroad, or a higher figure
    forces_up/down   how many of its steps bring forces, and how many lower or withdraw them
    """

    names: Mapping[str, str]
    steps: int
    takers: tuple[str, ...]
    actors: frozenset[str]
    chooses: tuple[str, ...]
    bound_without_step: tuple[str, ...]
    limited: tuple[str, ...]
    limited_by_others: tuple[str, ...]
    offensive: bool
    forces_up: int
    forces_down: int
    areas: Mapping[str, frozenset[str]]
    groups: Mapping[str, tuple[Group, Group]]

    def area(self, name: str) -> frozenset[str]:
        """The states of an area: participants of the organisation named, or all states."""
        return self.areas[name]

    def largest_group(self, area: str) -> tuple[Group, Group]:
        """The heaviest group of an area before and after the change."""
        return self.groups[area]


def change_facts(comparison: Comparison, areas: Collection[str]) -> ChangeFacts:
    """Read a change and the architectures on both sides of it; `areas` are organisations, or empty for all states."""
    record, change, before = comparison.record, comparison.change, comparison.before
    steps = [*change.steps, *(effect for step in change.steps for effect in step.effects)]
    takers = {step.id: takers_of(step, before, change, record) for step in change.steps}
    own = {step.id for step in change.steps if not step.effects}
    chosen = {state for step in change.steps if step.do in CHOOSING for state in takers[step.id]}
    everyone = {state for names in takers.values() for state in names}
    limits = [step for step in steps if step.do in _LOWER]
    limited = {state for step in limits for state in _limited(step, comparison)}
    alone = {state for step in limits if step.id in own for state in takers.get(step.id, ())}
    fresh = _newly_bound(before.pledges, comparison.after.pledges)
    members = {area: _members(comparison, area) for area in areas}
    return ChangeFacts(
        names={state: record.name_of(state) for state in before.states},
        steps=len(change.steps),
        takers=tuple(sorted(everyone)),
        actors=frozenset(comparison.actors),
        chooses=tuple(sorted(chosen)),
        bound_without_step=tuple(sorted({sender for sender, kind in fresh if kind in _BINDING}
                                        - everyone - _already_bound(before, comparison.after))),
        limited=tuple(sorted(limited)),
        limited_by_others=tuple(sorted(limited - alone)),
        offensive=_offensive(steps, before, comparison.after),
        forces_up=sum(step.do in _RAISE or step.do == "set" for step in steps),
        forces_down=sum(step.do in _LOWER for step in steps),
        areas=members,
        groups={area: _groups(comparison, members[area]) for area in areas},
    )  # fmt: skip


def _limited(step: Step, comparison: Comparison) -> set[str]:
    """States whose forces or figures a step limits: those whose cap it is, or who sent what it removes."""
    draft = Draft.of(comparison.before, comparison.record, comparison.change.name)
    draft.founded = frozenset(one.organization for one in comparison.change.steps if one.do == "found")
    found = set(draft.group(step.states, step))
    if step.do == "remove" and step.deployment:
        found |= {sent.sender for sent in comparison.before.deployments if sent.key == step.deployment}
    return found


def _newly_bound(before: Iterable[Pledge], after: Iterable[Pledge]) -> set[tuple[str, str]]:
    """States that pledge something to somebody to whom they did not pledge it before."""
    old = {(p.sender, p.receiver, p.kind) for p in before}
    return {(p.sender, p.kind) for p in after if (p.sender, p.receiver, p.kind) not in old}


def _already_bound(before: Architecture, after: Architecture) -> set[str]:
    """States that are bound to more others only by a text that bound them before: they agreed to whoever accedes."""
    old = {(p.sender, p.treaty, p.kind) for p in before.pledges}
    known = {(p.sender, p.receiver, p.kind) for p in before.pledges}
    new = [p for p in after.pledges if (p.sender, p.receiver, p.kind) not in known and p.kind in _BINDING]
    fresh = {p.sender for p in new if (p.sender, p.treaty, p.kind) not in old}
    return {p.sender for p in new} - fresh


def _offensive(steps: Iterable[Step], before: Architecture, after: Architecture) -> bool:
    offence = {p for p in after.pledges if p.kind == "offence"} - {p for p in before.pledges if p.kind == "offence"}
    return bool(offence) or any(step.do in _RAISE or step.do == "set" for step in steps)


def _members(comparison: Comparison, organization: str) -> frozenset[str]:
    if not organization:
        return frozenset(comparison.before.states)
    draft = Draft.of(comparison.before, comparison.record, comparison.change.name)
    try:
        found = draft.members(draft.organization(organization))
    except UnknownName:
        return frozenset()
    return frozenset(state for state, truth in found.items() if truth is not Truth.NO)


def _groups(comparison: Comparison, area: frozenset[str]) -> tuple[Group, Group]:
    arrays = settled((comparison.arrays_before, comparison.arrays_after), MIDDLE, read=frozenset({"power"}))
    both = zip((comparison.before, comparison.after), arrays, strict=True)
    first, second = (_heaviest(one, dict(zip(a.states, a.power.best.tolist(), strict=True)), area) for one, a in both)
    return first, second


def _heaviest(architecture: Architecture, power: Mapping[str, float], area: frozenset[str]) -> Group:
    """The text whose parties in the area, pledged to one another's defence, hold most of the area's power."""
    whole = float(np.sum([power[state] for state in area])) if area else 0.0
    if not whole > 0.0:
        return Group("", None)
    bound: dict[str, set[str]] = {}
    for pledge in architecture.pledges:
        if pledge.kind == "defence" and pledge.certain and pledge.sender in area and pledge.receiver in area:
            bound.setdefault(pledge.treaty, set()).update((pledge.sender, pledge.receiver))
    shares = sorted(((sum(power[s] for s in sorted(who)) / whole, key) for key, who in bound.items()), reverse=True)
    return Group(shares[0][1], shares[0][0]) if shares else Group("", 0.0)
