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

from indivisible.architecture.architecture import Architecture, Pledge
from indivisible.errors import MissingData, QuestionError
from indivisible.measures.geography import distances, nearest
from indivisible.measures.power import net_resources, net_resources_bounds

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
        treaty: str = "PACT",
        name: str = "given",
    ) -> Arrays:
        """Arrays of a small world written by hand: power by state (None: not known), mutual `defence` pledges by
        pair, one-way `pledges` and `unsure` ones as (from, towards, kind), capitals as (latitude, longitude),
        and `bounds` of power (low, high) where it is not known or not exact.
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
        return Arrays(
            states=states, power=plane, power_name=name, promises=_promises([*known, *doubted], states),
            shared_organizations=np.zeros((n, n), dtype=np.int64), distance=_distances(places or {}, states),
            borders=np.zeros((n, n), dtype=bool), warheads=Plane.exact(np.full(n, np.nan)),
            deployments=Plane.exact(np.zeros((n, n))),
        )  # fmt: skip


def to_arrays(
    architecture: Architecture,
    *,
    power: str = "beckley_2018",
    cinc: Mapping[str, float] | None = None,
    full_roles: Mapping[str, Collection[str]] | None = None,
) -> Arrays:
    """The architecture as arrays, its figures frozen at the latest snapshot and its caps applied.

    `power` is `beckley_2018` (net resources, from the record's own figures) or a name that begins with `cinc`, for
    which `cinc` gives each state's index. `full_roles` says which roles in an organisation are full membership
    (default: `member`). Raises MissingData where `cinc` is asked for and not given.
    """
    states = architecture.states
    return Arrays(
        states=states,
        power=_power(architecture, power, cinc),
        power_name=power,
        promises=_promises(architecture.pledges, states),
        shared_organizations=_shared(architecture, full_roles or {}),
        distance=_distances(architecture.capitals, states),
        borders=_borders(architecture),
        warheads=Plane(*_figure(architecture, "nuclear_warheads")),
        deployments=_deployments(architecture),
    )


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
        if isinstance(old, np.ndarray) and not np.array_equal(old, new, equal_nan=old.dtype.kind == "f"):
            found.add(field.name)
    for kind in PLEDGE_KINDS:
        old_ties, new_ties = before.ties(kind), after.ties(kind)
        if (old_ties.sure != new_ties.sure).any() or (old_ties.doubt != new_ties.doubt).any():
            found.add(f"pledges.{kind}")
    return frozenset(found)


def _figure(architecture: Architecture, name: str) -> tuple[Floats, Floats, Floats]:
    """Low, best and high of a figure for every state, its caps applied; without a figure anything from 0 up."""
    n = len(architecture.states)
    low, best, high = np.zeros(n), np.full(n, np.nan), np.full(n, np.inf)
    for i, state in enumerate(architecture.states):
        figure = architecture.figures.get((state, name))
        if figure is not None:
            low[i], high[i] = figure.estimate.low, figure.estimate.high
            best[i] = np.nan if figure.estimate.best is None else figure.estimate.best
        cap = architecture.caps.get((state, name))
        if cap is not None:
            low[i], best[i], high[i] = min(low[i], cap), np.minimum(best[i], cap), min(high[i], cap)
    return low, best, high


def _power(architecture: Architecture, power: str, cinc: Mapping[str, float] | None) -> Plane:
    if power == "beckley_2018":
        gdp_low, gdp, gdp_high = _figure(architecture, "gdp_current_usd")
        heads_low, heads, heads_high = _figure(architecture, "population")
        low, high = net_resources_bounds(gdp_low, gdp_high, heads_low, heads_high)
        return Plane(low, net_resources(gdp, heads), high)
    if power.startswith("cinc"):
        if cinc is None:
            raise MissingData(f"power {power!r} needs National Material Capabilities", do="indivisible data import")
        shares = np.array([cinc.get(state, np.nan) for state in architecture.states], dtype=float)
        plane = Plane.exact(shares)
        return Plane(plane.low, plane.best, np.minimum(plane.high, 1.0))  # an index of shares cannot exceed 1
    raise QuestionError(f"no measure of power is called {power!r}", do="beckley_2018, or cinc_... once imported")


def _promises(pledges: Sequence[Pledge], states: tuple[str, ...]) -> tuple[Promises, ...]:
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


def _shared(architecture: Architecture, full_roles: Mapping[str, Collection[str]]) -> Integers:
    row = {state: i for i, state in enumerate(architecture.states)}
    column: dict[str, int] = {}
    seats: list[tuple[int, int]] = []
    for held in architecture.memberships:
        full = held.role in full_roles.get(held.organization, ("member",)) and held.layer == "legal" and held.certain
        if full and held.state in row:
            seats.append((row[held.state], column.setdefault(held.organization, len(column))))
    table = np.zeros((len(row), len(column)), dtype=np.int64)
    for i, organization in seats:
        table[i, organization] = 1
    shared: Integers = table @ table.T
    np.fill_diagonal(shared, 0)
    return shared


def _distances(places: Mapping[str, tuple[float, float]], states: tuple[str, ...]) -> Floats:
    nowhere = (np.nan, np.nan)
    spots = np.array([places.get(state, nowhere) for state in states], dtype=float).reshape(len(states), 2)
    return distances(spots[:, 0], spots[:, 1])


def _borders(architecture: Architecture) -> Bools:
    row = {state: i for i, state in enumerate(architecture.states)}
    shared = np.zeros((len(row), len(row)), dtype=bool)
    for one, other in architecture.borders:
        if one in row and other in row:
            shared[row[one], row[other]] = True
    return shared


def _deployments(architecture: Architecture) -> Plane:
    row = {state: i for i, state in enumerate(architecture.states)}
    low, best, high = (np.zeros((len(row), len(row))) for _ in range(3))
    for sent in architecture.deployments:
        if sent.sender in row and sent.host in row:
            place = row[sent.sender], row[sent.host]
            troops = sent.personnel
            low[place] += troops.low if sent.certain else 0.0
            best[place] += np.nan if troops.best is None or not sent.certain else troops.best
            high[place] += troops.high
    for (state, host), cap in architecture.caps.items():
        if state in row and host in row:
            place = row[state], row[host]
            low[place], best[place] = min(low[place], cap), np.minimum(best[place], cap)
            high[place] = min(high[place], cap)
    return Plane(low, best, high)
