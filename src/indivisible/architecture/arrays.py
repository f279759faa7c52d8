"""An architecture as numbers, one row a state: who is how strong, how far away and pledged to whom.

Nothing is filled in. What is not known has a low and a high value and no best one (NaN); a pledge that may or may
not hold that day is marked unsure and stands in no other array.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from indivisible.architecture.architecture import Pledge
from indivisible.errors import QuestionError
from indivisible.measures.geography import distances, nearest

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Integers = NDArray[np.int64]

PLEDGE_KINDS = ("consultation", "defence", "neutrality", "nonaggression", "offence")


@dataclass(frozen=True, slots=True)
class Plane:
    """One quantity three times over: lowest, best (NaN where it is not known) and highest (infinity: no bound)."""

    low: Floats
    best: Floats
    high: Floats

    @staticmethod
    def exact(values: Floats) -> Plane:
        """A plane of figures that are known; NaN becomes the interval from 0 to infinity."""
        unknown = np.isnan(values)
        return Plane(np.where(unknown, 0.0, values), values, np.where(unknown, np.inf, values))

    def same_as(self, other: Plane) -> Bools:
        """Where the two planes hold the same interval, and so the same figure, known or not."""
        bounds = (self.low == other.low) & (self.high == other.high)
        same: Bools = bounds & ((self.best == other.best) | (np.isnan(self.best) & np.isnan(other.best)))
        return same


@dataclass(frozen=True, slots=True)
class Ties:
    """Pledges of one kind as matrices, [i, j] = i is pledged towards j.

    `sure` holds; `possible` holds or may hold; `doubt` is zero where nothing is in doubt and otherwise tells one
    doubt from another, so that before and after a change the same doubt is settled the same way.
    """

    sure: Bools
    possible: Bools
    doubt: Integers

    def same_as(self, other: Ties) -> Bools:
        """Where both say the same thing and, if they doubt, have the same doubt."""
        same: Bools = (self.sure == other.sure) & (self.possible == other.possible) & (self.doubt == other.doubt)
        return same

    def united_with(self, other: Ties) -> Ties:
        """A tie wherever either has one."""
        sure = self.sure | other.sure
        if not (self.doubt.any() or other.doubt.any()):
            return Ties(sure, sure, self.doubt)
        return Ties(sure, self.possible | other.possible, np.where(sure, 0, self.doubt + 31 * other.doubt))

    def reversed(self) -> Ties:
        """[i, j] = j is pledged towards i."""
        sure = np.ascontiguousarray(self.sure.T)
        if not self.doubt.any():
            return Ties(sure, sure, self.doubt)
        return Ties(sure, np.ascontiguousarray(self.possible.T), np.ascontiguousarray(self.doubt.T))

    def with_self(self) -> Ties:
        """The same, and every state tied to itself."""
        own = np.eye(len(self.sure), dtype=bool)
        if not self.doubt.any():
            return Ties(self.sure | own, self.sure | own, self.doubt)
        return Ties(self.sure | own, self.possible | own, np.where(own, 0, self.doubt))

    def absent(self) -> Ties:
        """Where there is no tie: sure only where none is possible."""
        return Ties(~self.possible, ~self.sure, self.doubt)

    @staticmethod
    def none(n: int) -> Ties:
        """No tie at all between n states."""
        nothing = np.zeros((n, n), dtype=bool)
        return Ties(nothing, nothing, np.zeros((n, n), dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Promises:
    """All pledges of one kind, one entry each: from row `senders[k]` towards row `receivers[k]`, by which treaty.

    `treaty[k]` is an index into `treaties`; `certain[k]` is False where it is not known whether the pledge holds.
    """

    kind: str
    treaties: tuple[str, ...]
    treaty: Integers
    senders: Integers
    receivers: Integers
    certain: Bools


@dataclass(frozen=True)
class Arrays:
    """An architecture as numbers; n states in alphabetical order, [i, j] is i towards j.

    power            how strong each state is, by the measure that `power_name` names
    promises         the pledges by kind, each with its treaty, so that a model can leave a treaty out
    shared_organizations  in how many organisations both are full members
    distance         km from capital to capital, NaN where a capital's place is not known
    borders          whether they share a land border
    warheads         nuclear warheads
    deployments      troops of i in j as the record lists them; none listed is 0, and the list is not complete
    hostility        who is hostile to whom, symmetric, from the source that `hostility_name` names; None: not covered
    capability       share of the world's material capabilities (CINC), where imported
    expenditure      military expenditure, where imported or set by a change
    """

    states: tuple[str, ...]
    power: Plane
    power_name: str
    promises: tuple[Promises, ...]
    shared_organizations: Integers
    distance: Floats
    borders: Bools
    warheads: Plane
    deployments: Plane
    hostility: Ties | None
    hostility_name: str
    capability: Plane
    expenditure: Plane

    @property
    def pledges(self) -> Mapping[str, Bools]:
        """Per kind of pledge: [i, j] = it is known that i is pledged towards j."""
        return {kind: self.ties(kind).sure for kind in PLEDGE_KINDS}

    @property
    def pledges_unsure(self) -> Mapping[str, Bools]:
        """Per kind of pledge: [i, j] = it is not known whether i is pledged towards j."""
        ties = {kind: self.ties(kind) for kind in PLEDGE_KINDS}
        return {kind: tie.possible & ~tie.sure for kind, tie in ties.items()}

    @property
    def reach_distance(self) -> Floats:
        """km from i to j from the nearest of its own capital and those of its defence allies (pledged either way)."""
        defence = self.ties("defence").sure
        return nearest(self.distance, defence | defence.T)

    def ties(self, kind: str, *, without: Collection[str] = ()) -> Ties:
        """Pledges of one kind as matrices, those under the treaties `without` left out."""
        n = len(self.states)
        sure, possible = np.zeros((n, n), dtype=bool), np.zeros((n, n), dtype=bool)
        doubt = np.zeros((n, n), dtype=np.int64)
        for made in self.promises:
            if made.kind == kind:
                counts = np.array([name not in without for name in made.treaties])[made.treaty]
                kept, open_ = counts & made.certain, counts & ~made.certain
                sure[made.senders[kept], made.receivers[kept]] = True
                possible[made.senders[counts], made.receivers[counts]] = True
                names = np.array([1 + crc32(name.encode()) for name in made.treaties])[made.treaty[open_]]
                np.add.at(doubt, (made.senders[open_], made.receivers[open_]), names)
        return Ties(sure, possible, np.where(sure, 0, doubt)) if doubt.any() else Ties(sure, sure, doubt)

    @staticmethod
    def of(
        power: Mapping[str, float | None],
        *,
        defence: Iterable[tuple[str, str]] = (),
        pledges: Iterable[tuple[str, str, str]] = (),
        unsure: Iterable[tuple[str, str, str]] = (),
        places: Mapping[str, tuple[float, float]] | None = None,
        bounds: Mapping[str, tuple[float, float]] | None = None,
        hostile: Iterable[tuple[str, str]] = (),
        borders: Iterable[tuple[str, str]] = (),
        expenditure: Mapping[str, float] | None = None,
        treaty: str = "PACT",
        name: str = "given",
    ) -> Arrays:
        """Arrays of a small world written by hand: power by state (None: not known), mutual `defence` pledges by
        pair, one-way `pledges` and `unsure` ones as (from, towards, kind), capitals as (latitude, longitude),
        `bounds` of power (low, high) where it is not known or not exact, `hostile` and bordering pairs.

        The capability of each is its share of all power.
        """
        states = tuple(sorted(power))
        best = np.array([np.nan if power[s] is None else power[s] for s in states], dtype=float)
        plane = Plane.exact(best)
        for state, (low, high) in (bounds or {}).items():
            plane.low[states.index(state)], plane.high[states.index(state)] = low, high
        mutual = [(a, b, "defence") for a, b in defence]
        mutual += [(b, a, "defence") for a, b, _ in mutual]
        known = [Pledge(a, b, kind, treaty, "", True, ()) for a, b, kind in [*mutual, *pledges]]
        doubted = [Pledge(a, b, kind, f"{treaty} (unsure)", "", False, ()) for a, b, kind in unsure]
        n = len(states)
        with np.errstate(invalid="ignore", divide="ignore"):
            share = Plane.exact(best / best.sum())
        spent = np.array([(expenditure or {}).get(s, np.nan) for s in states], dtype=float)
        return Arrays(
            states=states, power=plane, power_name=name, promises=promises_of([*known, *doubted], states),
            shared_organizations=np.zeros((n, n), dtype=np.int64), distance=distances_of(places or {}, states),
            borders=pairs_of(borders, states), warheads=Plane.exact(np.full(n, np.nan)),
            deployments=Plane.exact(np.zeros((n, n))), hostility=known_ties(pairs_of(hostile, states)),
            hostility_name="given", capability=share, expenditure=Plane.exact(spent),
        )  # fmt: skip


def changed_fields(before: Arrays, after: Arrays) -> frozenset[str]:
    """Names of the arrays that differ, a kind of pledge as `pledges.defence`; the names that models list in `reads`.

    Raises QuestionError where the two do not hold the same states.
    """
    if before.states != after.states:
        raise QuestionError("the two architectures do not hold the same states", do="compare one list of states")
    found = set()
    for field in fields(Arrays):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if isinstance(old, Plane) and not old.same_as(new).all():
            found.add(field.name)
        if isinstance(old, Ties) and not (isinstance(new, Ties) and old.same_as(new).all()):
            found.add(field.name)
        if isinstance(old, np.ndarray) and not np.array_equal(old, new, equal_nan=old.dtype.kind == "f"):
            found.add(field.name)
    for kind in PLEDGE_KINDS:
        old_ties, new_ties = before.ties(kind), after.ties(kind)
        if (old_ties.sure != new_ties.sure).any() or (old_ties.doubt != new_ties.doubt).any():
            found.add(f"pledges.{kind}")
    return frozenset(found)


def known_ties(table: Bools) -> Ties:
    """Ties about which nothing is in doubt."""
    return Ties(table, table, np.zeros(table.shape, dtype=np.int64))


def pairs_of(pairs: Iterable[tuple[str, str]], states: tuple[str, ...]) -> Bools:
    """The pairs as a symmetric table; those with a state that is not there are left out."""
    row = {state: i for i, state in enumerate(states)}
    table = np.zeros((len(row), len(row)), dtype=bool)
    for one, other in pairs:
        if one in row and other in row and one != other:
            table[row[one], row[other]] = table[row[other], row[one]] = True
    return table


def promises_of(pledges: Sequence[Pledge], states: tuple[str, ...]) -> tuple[Promises, ...]:
    """The pledges by kind; those of states that are not there are left out."""
    row = {state: i for i, state in enumerate(states)}
    kinds: dict[str, list[tuple[int, int, int, bool]]] = {}
    treaties: dict[str, dict[str, int]] = {}
    for pledge in pledges:
        if pledge.sender in row and pledge.receiver in row and pledge.sender != pledge.receiver:
            named = treaties.setdefault(pledge.kind, {})
            treaty = named.setdefault(pledge.treaty, len(named))
            entry = (treaty, row[pledge.sender], row[pledge.receiver], pledge.certain)
            kinds.setdefault(pledge.kind, []).append(entry)
    found = []
    for kind in sorted(kinds):
        table = np.array(kinds[kind], dtype=np.int64)
        found.append(Promises(kind, tuple(treaties[kind]), table[:, 0], table[:, 1], table[:, 2], table[:, 3] == 1))
    return tuple(found)


def distances_of(places: Mapping[str, tuple[float, float]], states: tuple[str, ...]) -> Floats:
    """km from capital to capital [n, n], NaN where a place is not known."""
    nowhere = (np.nan, np.nan)
    spots = np.array([places.get(state, nowhere) for state in states], dtype=float).reshape(len(states), 2)
    return distances(spots[:, 0], spots[:, 1])
