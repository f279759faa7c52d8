"""Applying a change: its steps in order of date, on an architecture that stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from indivisible.architecture.acts import pairs_of, take
from indivisible.architecture.architecture import Architecture
from indivisible.architecture.change import Change, Step
from indivisible.architecture.draft import Draft
from indivisible.errors import ChangeError, QuestionError, UnknownName
from indivisible.record.record import Record
from indivisible.values import day_of

OPPOSITE = {
    "accede": "withdraw",
    "deploy": "remove",
    "found": "dissolve",
    "pledge": "release",
    "ratify": "denounce",
    "set": "set",
}


def baseline_day(change: Change, record: Record, *, on: str | None = None) -> int:
    """The day on which a change is judged: `on`, or the day before its first step, or the record's last day."""
    if on is not None:
        return day_of(on)
    return record.known_to - 1 if change.first_day is None else change.first_day - 1


def apply(
    architecture: Architecture, change: Change, record: Record, *, only: Collection[str] | None = None
) -> Architecture:
    """The architecture after the change: steps in order of date, figures frozen, frozen in and frozen out.

    `only` takes a subset of the steps by id (attribution); in it a step whose precondition is absent does nothing.
    Raises ChangeError (`already_so`, `not_so`, `contradiction`), UnknownName, QuestionError for an unknown step id.
    """
    steps = in_order(change)
    if only is not None:
        unknown = sorted(set(only) - set(change.ids))
        if unknown:
            raise QuestionError(f"{change.name} has no step {unknown[0]!r}", do=f"steps: {', '.join(change.ids)}")
        steps = tuple(step for step in steps if step.id in only)
    draft = Draft.of(architecture, record, change.name)
    refuse_contradictions(steps, draft)
    for step in steps:
        kept = replace(draft)
        try:
            take(step, draft)
        except ChangeError as problem:
            if only is None or problem.reason not in ("already_so", "not_so"):
                raise
            draft = kept
    return draft.finished()


def actors_of(change: Change, architecture: Architecture, record: Record) -> tuple[str, ...]:
    """The states that take the steps or are named in them, alphabetical; all others are third states."""
    draft = Draft.of(architecture, record, change.name)
    steps = [*change.steps, *(effect for step in change.steps for effect in step.effects)]
    draft.founded = frozenset(step.organization for step in steps if step.do == "found")
    found: set[str] = set()
    for step in steps:
        for names in (step.states, step.members, step.senders, step.receivers, step.hosts):
            found |= set(draft.group(names, step))
        if step.do == "dissolve":
            found |= set(draft.members(draft.organization(step.organization)))
    return tuple(sorted(found))


def in_order(change: Change) -> tuple[Step, ...]:
    """The steps by first possible day; an undated step stays behind the step that stands before it."""
    day = change.first_day or 0
    days = [day := step.first_day or day for step in change.steps]
    return tuple(change.steps[n] for n in sorted(range(len(days)), key=lambda n: days[n]))


def refuse_contradictions(
    steps: tuple[Step, ...], draft: Draft, *, known: Mapping[str, tuple[tuple[str, ...], ...]] | None = None
) -> None:
    """Raise ChangeError where two steps of the same day (or undated) do and undo the same thing.

    `known` gives what each step is about by its id, where that is at hand.
    """
    done: dict[tuple[str, ...], Step] = {}
    every = (*steps, *(effect for step in steps for effect in step.effects))
    founded = {step.organization for step in every if step.do == "found"}
    draft = replace(draft, founded=draft.founded | founded)
    for step in every:
        for target in targets_of(step, draft) if known is None else known[step.id]:
            opposite = done.get((OPPOSITE.get(step.do, ""), *target))
            for kind, undo in OPPOSITE.items():
                if undo == step.do and opposite is None:
                    opposite = done.get((kind, *target))
            if opposite is not None and _same_time(step, opposite):
                raise ChangeError(
                    f"steps {opposite.id} and {step.id} contradict each other about {' '.join(target)}",
                    reason="contradiction",
                    where=step.where,
                    do="take one of them out or give them different dates",
                )
            done.setdefault((step.do, *target), step)


def _same_time(one: Step, other: Step) -> bool:
    return not one.date or not other.date or one.date == other.date


def targets_of(step: Step, draft: Draft) -> Iterator[tuple[str, ...]]:
    """What a step is about, so that another step can be seen to undo it."""
    if step.do in ("found", "dissolve"):
        yield (step.organization,)
    for state in draft.group(step.states, step):
        if step.do in ("accede", "withdraw"):
            yield (state, step.organization if step.organization in draft.founded else _key(step, draft))
        elif step.do in ("ratify", "denounce"):
            yield (state, draft.text(step.treaty))
        elif step.do == "set":
            yield (state, step.figure)
        elif step.do in ("deploy", "remove"):
            for host in draft.group(step.hosts, step):
                yield (state, "in", host)
    if step.do in ("pledge", "release"):
        for sender, receiver in pairs_of(step, draft):
            yield (sender, "to", receiver, step.kind)


def _key(step: Step, draft: Draft) -> str:
    try:
        return draft.organization(step.organization)
    except UnknownName:
        return step.organization  # perhaps founded by an earlier step; taking the step will tell
