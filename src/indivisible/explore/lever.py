"""A candidate step, or several that go together: what a designer may put on the table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indivisible.architecture.change import Change, Step, step_of
from indivisible.architecture.change_file import Table
from indivisible.errors import FileError

KEYS = ("id", "title", "steps", "requires", "excludes", "consent", "basis")


@dataclass(frozen=True)
class Lever:
    """Steps that are taken together or not at all.

    `requires` are levers without which it cannot be taken, `excludes` those with which it cannot; `consent_of` states
    and bodies without whose consent it is not taken.
    """

    id: str
    title: str
    steps: tuple[Step, ...]
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    consent_states: tuple[str, ...] = ()
    consent_bodies: tuple[str, ...] = ()
    basis: str = ""
    where: str = ""
    tables: tuple[Table, ...] = ()  # the steps as the case has them


def levers_of(tables: Sequence[Table]) -> tuple[Lever, ...]:
    """The levers that the maps of a case describe. Raises FileError, naming file, line and field.

    A lever that requires or excludes one that does not exist, two with one id, one that excludes what it requires, and
    prerequisites in a circle are refused.
    """
    levers = tuple(_lever(one) for one in tables)
    known: dict[str, Lever] = {}
    for lever in levers:
        if lever.id in known:
            raise FileError(f"two levers are called {lever.id!r}", where=lever.where, do="give each an id of its own")
        known[lever.id] = lever
    for lever in levers:
        for other in (*lever.requires, *lever.excludes):
            if other not in known or other == lever.id:
                raise FileError(f"lever {lever.id} names {other!r}, which is no other lever", where=lever.where)
        both = set(lever.requires) & set(lever.excludes)
        if both:
            raise FileError(f"lever {lever.id} both requires and excludes {min(both)}", where=lever.where)
    _refuse_circles(known)
    _refuse_one_name_for_two_steps(levers)
    return levers


def _lever(table: Table) -> Lever:
    table.refuse_unknown(KEYS)
    identity = table.text("id", required=True)
    steps = table.tables("steps")
    if not steps:
        raise FileError(f"lever {identity} has no step", where=table.where(), do="write steps: [{do: ..., ...}]")
    states, bodies = _consent(table)
    taken = tuple(_step(one, identity, n, len(steps)) for n, one in enumerate(steps, 1))
    for n, step in enumerate(taken):
        if step.id in {other.id for other in taken[:n]}:
            said = f"two steps of lever {identity} are called {step.id!r}"
            raise FileError(said, where=step.where, do="give each an id of its own, or none")
    return Lever(
        identity, table.text("title") or identity, taken, table.texts("requires"), table.texts("excludes"), states,
        bodies, table.text("basis"), table.where(), steps,
    )  # fmt: skip


def _consent(table: Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The states and the bodies that have to consent: of a map, or of a list of one."""
    value = table.values.get("consent")
    if isinstance(value, tuple) and len(value) == 1:
        value = value[0]
    if value is None:
        return (), ()
    if not isinstance(value, Table):
        raise FileError(
            "consent must be a map", where=table.where("consent"), do="write {states: [...], bodies: [...]}"
        )
    value.refuse_unknown(("states", "bodies"))
    states, bodies = (tuple(dict.fromkeys(value.texts(key))) for key in ("states", "bodies"))
    if not states and not bodies:
        raise FileError("consent names nobody", where=table.where("consent"), do="name states or bodies")
    return states, bodies


def _step(table: Table, lever: str, number: int, of: int) -> Step:
    """A step of a change; its id is that of the lever, numbered where there are several."""
    identity = lever if of == 1 else f"{lever}-{number}"
    return step_of(replace(table, values={"id": identity, **table.values}))


def _refuse_one_name_for_two_steps(levers: Sequence[Lever]) -> None:
    """The steps of a lever are numbered; one of them may be called as another lever is."""
    named: dict[str, Lever] = {}
    for lever in levers:
        for step in lever.steps:
            other = named.setdefault(step.id, lever)
            if other is not lever:
                said = f"a step of lever {other.id} and one of lever {lever.id} would both be called {step.id!r}"
                raise FileError(said, where=lever.where, do="give one of these levers another id")


def _refuse_circles(known: dict[str, Lever]) -> None:
    done: set[str] = set()
    for first in known:
        path: list[str] = []
        stack: list[tuple[str, Iterable[str]]] = [(first, iter(known[first].requires))]
        while stack:
            here, rest = stack[-1]
            if here not in path:
                path.append(here)
            following = next((one for one in rest if one not in done), None)
            if following is None:
                done.add(here)
                path.pop()
                stack.pop()
            elif following in path:
                circle = " requires ".join([*path[path.index(following) :], following])
                raise FileError(f"prerequisites go in a circle: {circle}", where=known[following].where)
            else:
                stack.append((following, iter(known[following].requires)))


def change_of_levers(name: str, title: str, levers: Sequence[Lever], *, sources: tuple[str, ...] = ()) -> Change:
    """The change that takes these levers: their steps in order."""
    return Change(name, title, "", sources, steps_in_order(levers))


def steps_in_order(levers: Sequence[Lever]) -> tuple[Step, ...]:
    """Steps by date, those of one day in the order of the levers.

    A step without a date stays behind the step of its own lever that stands before it, and comes before all dated
    ones where there is none: which other levers are taken does not change the order of two steps.
    """
    listed: list[tuple[int, Step]] = []
    for lever in levers:
        day = -1
        for step in lever.steps:
            day = day if step.first_day is None else step.first_day
            listed.append((day, step))
    return tuple(step for _, step in sorted(listed, key=lambda one: one[0]))
