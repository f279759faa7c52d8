"""Who survives whatever its adversaries send: alone with all that its friends have, or when friends share out the rest.

Every state must stand against all the power of all its adversaries at once. *Possible*: what it has and all that its
friends have is enough. *Assured*: every state first keeps what it needs itself, and when all share out what is left so
that as little as possible is lacking, there is no way of doing so in which this state goes short.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import numpy as np

from indivisible.architecture.arrays import Arrays, Bools, Plane, Ties
from indivisible.errors import MissingData
from indivisible.measures.shared_surplus import Sharing, in_units, share_out

MOST_DOUBTS = 6  # gifts in doubt that are settled both ways; where more could matter, bounds are given
Pair = tuple[int, int]


@dataclass(frozen=True)
class Case:
    """The powers that decide at one end of what is not known, in whole units: for defence `own`, against it `sent`.

    At the worst end everybody defends with its least power and sends its most.
    """

    own: tuple[int, ...]
    sent: tuple[int, ...]
    hostile: Bools

    @cached_property
    def demand(self) -> tuple[int, ...]:
        """What all adversaries of each could send."""
        return tuple(sum(self.sent[k] for k in np.flatnonzero(row).tolist()) for row in self.hostile)

    @cached_property
    def need(self) -> tuple[int, ...]:
        """What each lacks when it keeps all it has."""
        return tuple(max(0, demand - own) for demand, own in zip(self.demand, self.own, strict=True))

    @cached_property
    def surplus(self) -> tuple[int, ...]:
        """What each can spare when it keeps what it needs."""
        return tuple(max(0, own - demand) for demand, own in zip(self.demand, self.own, strict=True))


@dataclass(frozen=True)
class Confrontation:
    """Power of each, gives [j, i] = j may give to i, and who is hostile to whom.

    A pledge to defend is leave to give; between two that are hostile there is none.
    """

    power: Plane
    gives: Ties
    hostile: Ties

    @cached_property
    def unit(self) -> float:
        """The power of one whole unit; 0 where nobody has any."""
        finite = self._finite()
        units = in_units(finite)
        return max((value / unit for value, unit in zip(finite, units, strict=True) if unit), default=0.0)

    def _finite(self) -> list[float]:
        return [x for plane in (self.power.low, self.power.high) for x in plane.tolist() if np.isfinite(x)]

    @cached_property
    def ends(self) -> tuple[Case, Case]:
        """The worst and the best case."""
        n = len(self.power.low)
        finite = self._finite()
        units = dict(zip(finite, in_units(finite), strict=True))
        boundless = 4 * (n + 1) * (sum(units.values()) + 1)  # above all that can be set against it
        low, high = (
            tuple(units.get(x, boundless) for x in plane.tolist()) for plane in (self.power.low, self.power.high)
        )
        return Case(low, high, self.hostile.possible), Case(high, low, self.hostile.sure)

    def at_best_points(self) -> Confrontation:
        """The best powers where they are known, and the whole interval only where they are not."""
        known = ~np.isnan(self.power.best)
        low, high = (np.where(known, self.power.best, plane) for plane in (self.power.low, self.power.high))
        return replace(self, power=Plane(low, self.power.best, high))

    @cached_property
    def doubtful_gifts(self) -> tuple[Pair, ...]:
        """Gifts (giver, taker) in doubt that could matter: the one may have something to spare, the other lack it."""
        worst, best = self.ends
        rows = np.argwhere(self.gives.possible & ~self.gives.sure).tolist()
        return tuple((j, i) for j, i in rows if best.surplus[j] and worst.need[i])

    def gifts(self, case: Case, holding: Collection[Pair]) -> list[list[int]]:
        """For each that lacks something who may give to it and has something to spare."""
        allowed = self.gives.sure.copy()
        for j, i in holding:
            allowed[j, i] = True
        spare = np.array([surplus > 0 for surplus in case.surplus], dtype=bool)
        return [np.flatnonzero(allowed[:, i] & spare).tolist() if need else [] for i, need in enumerate(case.need)]

    def shared(self, case: Case, holding: frozenset[Pair]) -> tuple[Sharing, list[list[int]]]:
        """How surpluses are shared out where just these of the doubtful gifts are allowed, and who may give to whom."""
        key = case is self.ends[0], holding
        if key not in self._solved:
            gifts = self.gifts(case, holding)
            self._solved[key] = share_out(case.need, case.surplus, gifts), gifts
        return self._solved[key]

    @cached_property
    def _solved(self) -> dict[tuple[bool, frozenset[Pair]], tuple[Sharing, list[list[int]]]]:
        return {}

    def settlings(self) -> Iterator[frozenset[Pair]]:
        """Every way of settling the doubtful gifts, that in which none is allowed first."""
        for chosen in product((False, True), repeat=len(self.doubtful_gifts)):
            yield frozenset(pair for pair, holds in zip(self.doubtful_gifts, chosen, strict=True) if holds)


def confrontation(arrays: Arrays, *, without: Collection[str]) -> Confrontation:
    """The confrontation of a day by its defence pledges (the treaties `without` left out) and hostilities.

    Raises MissingData where hostility is not covered on that day.
    """
    if arrays.hostility is None:
        raise MissingData("it is not known who was hostile to whom then", do="choose another source of hostility")
    hostile, pledged = arrays.hostility, arrays.ties("defence", without=without)
    sure, possible = pledged.sure & ~hostile.possible, pledged.possible & ~hostile.sure
    doubt = np.where(possible & ~sure, pledged.doubt + 31 * hostile.doubt, 0)
    return Confrontation(arrays.power, Ties(sure, possible, doubt), hostile)


def possibly(conflict: Confrontation) -> tuple[Bools, Bools]:
    """Whether each surely, and whether it maybe, survives with all that its friends have. Exact."""
    worst, best = conflict.ends
    return _with_all(worst, conflict.gives.sure), _with_all(best, conflict.gives.possible)


def _with_all(case: Case, gives: Bools) -> Bools:
    enough = [
        case.own[i] + sum(case.own[j] for j in np.flatnonzero(gives[:, i]).tolist()) >= case.demand[i]
        for i in range(len(case.own))
    ]
    return np.array(enough, dtype=bool)


def assuredly(conflict: Confrontation) -> tuple[Bools, Bools]:
    """Whether each surely, and whether it maybe, goes short in no sharing out.

    At the worst end everybody needs most and can spare least: nobody who is assured there goes short anywhere between,
    for more to spare never brings anybody short, nor does less need. Gifts in doubt are settled both ways; where more
    than a few could matter, only who needs nobody is surely assured, and who may be helped enough alone maybe.
    """
    worst, best = conflict.ends
    if len(conflict.doubtful_gifts) > MOST_DOUBTS:
        alone = np.array([not need for need in worst.need], dtype=bool)
        helped = conflict.gifts(best, conflict.doubtful_gifts)
        enough = [need <= sum(best.surplus[j] for j in helped[i]) for i, need in enumerate(best.need)]
        return alone, np.array(enough, dtype=bool)
    sure, maybe = np.ones(len(worst.own), dtype=bool), np.zeros(len(worst.own), dtype=bool)
    for holding in conflict.settlings():
        sure[list(conflict.shared(worst, holding)[0].short)] = False
        covered = np.ones(len(worst.own), dtype=bool)
        covered[list(conflict.shared(best, holding)[0].short)] = False
        maybe |= covered
    return sure, maybe


def group_of(sharing: Sharing, gifts: list[list[int]], i: int) -> tuple[list[int], list[int]]:
    """Those who go short together with i since they have givers in common, and all these givers."""
    group, givers, waiting = {i}, set(gifts[i]), [i]
    while waiting:
        own = set(gifts[waiting.pop()])
        new = {k for k in sharing.short - group if own & set(gifts[k])}
        group |= new
        waiting += sorted(new)
        givers |= {j for k in new for j in gifts[k]}
    return sorted(group), sorted(givers)


def never_worse(old: Confrontation, new: Confrontation, *, joint: bool) -> tuple[Bools, Bools]:
    """For which states it is proved, at whatever point, that the change does not hurt; and that it does not help.

    Without `joint`: nobody's gift to it, power behind it or threat against it moves the wrong way. With it: powers and
    hostilities stay, gifts come or go only from it and to it, and those to it all come, or all go. (Its own gifts do
    not count: who lacks something has nothing to spare.)
    """
    more, less = _surely_more(old.gives, new.gives), _surely_more(new.gives, old.gives)
    same_tie = old.gives.same_as(new.gives)
    n = len(same_tie)
    if joint:
        rest = not (old.power.same_as(new.power).all() and old.hostile.same_as(new.hostile).all())
        moved = ~same_tie
        elsewhere = moved.sum() - moved.sum(axis=0) - moved.sum(axis=1)  # a state gives nothing to itself
        fixed = (elsewhere == 0) & (not rest)
        return fixed & (more | same_tie).all(axis=0), fixed & (less | same_tie).all(axis=0)
    steady = old.power.same_as(new.power)
    up = (new.power.low >= old.power.high) | steady
    down = (new.power.high <= old.power.low) | steady
    friends, foes = old.gives.possible | new.gives.possible, old.hostile.possible | new.hostile.possible
    eye = np.eye(n, dtype=bool)
    threat_down = _surely_more(new.hostile, old.hostile) | old.hostile.same_as(new.hostile)
    threat_up = _surely_more(old.hostile, new.hostile) | old.hostile.same_as(new.hostile)
    hurts_not = (~friends | ((more | same_tie) & up[:, None])) & (~foes | (threat_down & down[:, None]))
    helps_not = (~friends | ((less | same_tie) & down[:, None])) & (~foes | (threat_up & up[:, None]))
    unhurt: Bools = np.all(hurts_not & (up[:, None] | ~eye), axis=0)
    unhelped: Bools = np.all(helps_not & (down[:, None] | ~eye), axis=0)
    return unhurt, unhelped


def _surely_more(old: Ties, new: Ties) -> Bools:
    """Where the tie, whatever is in doubt, does not go: none before, or surely one after."""
    more: Bools = ~old.possible | new.sure
    return more


def touched_pools(old: Confrontation, new: Confrontation, *, joint: bool) -> Bools:
    """[n]: whether anything changed that a state's survival is read from: its power, who may give to it, who is hostile
    to it and what these have; with `joint` also all this for everybody it shares givers with, directly or through
    others.
    """
    before, after = (_read_for_each(one, joint=joint) for one in (old, new))
    return np.array([one != other for one, other in zip(before, after, strict=True)], dtype=bool)


def _read_for_each(conflict: Confrontation, *, joint: bool) -> list[tuple[object, ...]]:
    power = np.stack([conflict.power.low, conflict.power.best, conflict.power.high])
    own: list[bytes] = []
    for i in range(power.shape[1]):
        foes = np.flatnonzero(conflict.hostile.possible[i])
        parts = (power[:, i], foes, conflict.hostile.sure[i], conflict.hostile.doubt[i], power[:, foes])
        own.append(b"".join(part.tobytes() for part in parts))
    pools = _pools(conflict) if joint else {}
    found: list[tuple[object, ...]] = []
    for i in range(power.shape[1]):
        givers = np.flatnonzero(conflict.gives.possible[:, i])
        column = conflict.gives.sure[givers, i].tobytes() + conflict.gives.doubt[givers, i].tobytes()
        pool, edges = pools.get(i, (frozenset(), b""))
        content = tuple((k, own[k]) for k in sorted(pool))
        found.append((own[i], givers.tobytes(), column, power[:, givers].tobytes(), content, edges))
    return found


def _pools(conflict: Confrontation) -> Mapping[int, tuple[frozenset[int], bytes]]:
    """By taker: all takers and givers that its shortage can depend on, and the gifts between them."""
    worst, best = conflict.ends
    needs = np.array([need > 0 for need in worst.need], dtype=bool)
    spare = np.array([surplus > 0 for surplus in best.surplus], dtype=bool)
    gifts = conflict.gives.possible & spare[:, None] & needs
    found: dict[int, tuple[frozenset[int], bytes]] = {}
    for first in np.flatnonzero(needs).tolist():
        if first in found:
            continue
        takers, givers, waiting = {first}, set[int](), [first]
        while waiting:
            for j in set(np.flatnonzero(gifts[:, waiting.pop()]).tolist()) - givers:
                givers.add(j)
                new = set(np.flatnonzero(gifts[j]).tolist()) - takers
                takers |= new
                waiting += sorted(new)
        between = np.ix_(sorted(givers), sorted(takers))
        tables = (gifts[between], conflict.gives.sure[between], conflict.gives.doubt[between])
        edges = b"".join(np.ascontiguousarray(table).tobytes() for table in tables)
        for taker in takers:
            found[taker] = frozenset(takers | givers), edges
    return found
