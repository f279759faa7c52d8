"""Which levers act on the same things, so that what one does can hang on another; all others simply add up.

Two levers interplay where they touch the same organisation, a treaty tied to it, the figures of one state, the troops
of one sender, or where one pledges between two states between which the other can bring or end a pledge. Who may
become a member of an organisation through any lever counts as one here. Levers that do not interplay, directly or
through others, act on separate parts of an architecture, whatever their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from indivisible.architecture.acts import FIGURES
from indivisible.architecture.bonds import bound_by, ratifiers, treaties_of
from indivisible.architecture.change import Step
from indivisible.architecture.draft import MEMBERS_OF, Draft
from indivisible.errors import ChangeError, FileError, QuestionError, UnknownName
from indivisible.explore.lever import Lever

Token = tuple[str, ...]
GROUPED = ("accede", "withdraw", "suspend", "observe", "found", "dissolve", "ratify", "denounce", "enact")
_ENTERING = ("accede", "found", "observe")


class Interplay:
    """What each lever touches, seen from the start; every name in it is looked up, so that a wrong one is told."""

    def __init__(self, levers: Sequence[Lever], draft: Draft) -> None:
        self.draft = draft
        draft.founded = frozenset(step.organization for lever in levers for step in _all(lever) if step.do == "found")
        self.members: dict[str, set[str]] = {}
        self.around: dict[str, frozenset[str]] = {}
        for lever in levers:
            self._look_up(lever)
        self._let_in(levers)
        self.tokens = [frozenset(self._tokens(lever)) for lever in levers]
        self.circles = [self._circle(lever) for lever in levers]
        self.pairs = [frozenset(self._pledged(lever)) for lever in levers]

    def who(self, names: Iterable[str], step: Step) -> set[str]:
        """The states named, and those that may be members of an organisation named after some of the levers."""
        found: set[str] = set()
        for name in names:
            if name.lower().startswith(MEMBERS_OF):
                found |= self._members(self.draft.organization(name[len(MEMBERS_OF) :]))
            else:
                found.add(self.draft.state(name, step))
        return found

    def _members(self, organization: str) -> set[str]:
        if organization not in self.members:
            self.members[organization] = set(self.draft.members(organization))
        return self.members[organization]

    def _look_up(self, lever: Lever) -> None:
        """Look up every name of a lever; one that is not known is told with the lever, its file and line."""
        try:
            self._look_up_names(lever)
        except (QuestionError, ChangeError) as problem:
            said = problem.what.removeprefix("not_so: ")
            raise FileError(f"lever {lever.id}: {said}", where=problem.where or lever.where, do=problem.do) from None

    def _look_up_names(self, lever: Lever) -> None:
        for step in _all(lever):
            for names in _groups(step):
                self.who(names, step)
            for organization in (step.organization, step.body):
                if organization:
                    self.draft.organization(organization)
            if step.treaty:
                self.draft.text(step.treaty)
            if step.figure and step.figure not in FIGURES:
                near = get_close_matches(step.figure, FIGURES, n=2) or FIGURES
                raise QuestionError(f"no figure is called {step.figure!r}", do=f"near: {', '.join(near)}")

    def _let_in(self, levers: Sequence[Lever]) -> None:
        """Count as members all whom a lever can let in, those let in as members of another organisation too."""
        entering = [step for lever in levers for step in _all(lever) if step.do in _ENTERING]
        moved = True
        while moved:
            moved = False
            for step in entering:
                members = self._members(self.draft.organization(step.organization))
                fresh = self.who((*step.states, *step.members), step) - members
                members |= fresh
                moved = moved or bool(fresh)

    def _tokens(self, lever: Lever) -> Iterator[Token]:
        for step in _all(lever):
            for names in _groups(step):
                for name in names:
                    if name.lower().startswith(MEMBERS_OF):
                        yield ("organization", self.draft.organization(name[len(MEMBERS_OF) :]))
            for name in (step.organization, step.body):
                if name:
                    organization = self.draft.organization(name)
                    yield ("organization", organization)
                    yield from (("treaty", treaty) for treaty in treaties_of(self.draft, organization))
            if step.treaty:
                yield ("treaty", self.draft.text(step.treaty))
            if step.do == "set" or (step.do == "cap" and not step.hosts):
                yield from (("figures", state) for state in self.who(step.states, step))
            if step.do in ("deploy", "remove") or (step.do == "cap" and step.hosts):
                yield from (("troops", state) for state in self.who(step.states, step))
            if step.deployment:
                keys = {step.deployment, self._deployment(step.deployment)}
                yield from (("deployment", key) for key in keys)
                yield from (("troops", one.sender) for one in self.draft.deployments if one.key in keys)
            if step.do in ("pledge", "release"):
                yield from (("pledge", *sorted(pair), step.kind) for pair in self._pairs(step))

    def _deployment(self, name: str) -> str:
        try:
            return self.draft.record.resolve(name, "deployment")
        except UnknownName:
            return name

    def _circle(self, lever: Lever) -> frozenset[str]:
        """States among whom a lever can bring or end pledges: who acts, and who is bound with them already."""
        circle: set[str] = set()
        for step in _all(lever):
            if step.do in ("pledge", "release") and _by_membership(step):
                circle |= self.who((*step.senders, *step.receivers), step)
            if step.do not in GROUPED:
                continue
            for names in _groups(step):
                circle |= self.who(names, step)
            if step.organization:
                organization = self.draft.organization(step.organization)
                circle |= self._members(organization) | self._bound(organization)
                for treaty, roles in treaties_of(self.draft, organization).items():
                    circle |= self._bound(treaty)
                    circle |= set(self.draft.holders(organization, roles)) if roles else set()
            if step.treaty:
                circle |= self._bound(self.draft.text(step.treaty))
        return frozenset(circle)

    def _bound(self, treaty: str) -> frozenset[str]:
        """Whom a treaty binds or protects, and who has ratified it."""
        if treaty not in self.around:
            self.around[treaty] = frozenset(bound_by(self.draft, treaty) | set(ratifiers(self.draft, treaty)))
        return self.around[treaty]

    def _pairs(self, step: Step) -> Iterator[tuple[str, str]]:
        senders, receivers = self.who(step.senders, step), self.who(step.receivers, step)
        for a in senders:
            for b in receivers:
                if a != b:
                    yield (a, b)

    def _pledged(self, lever: Lever) -> Iterator[tuple[str, str]]:
        for step in _all(lever):
            if step.do in ("pledge", "release"):
                yield from self._pairs(step)


def clusters(seen: Interplay) -> tuple[tuple[int, ...], ...]:
    """The levers, by place, in groups that do not interplay with one another."""
    count = len(seen.tokens)
    parent = list(range(count))

    def root(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    first: dict[Token, int] = {}
    for k, found in enumerate(seen.tokens):
        for token in found:
            parent[root(k)] = root(first.setdefault(token, k))
    while _joined_by_pledges(seen, root, parent):
        pass
    groups: dict[int, list[int]] = {}
    for k in range(count):
        groups.setdefault(root(k), []).append(k)
    return tuple(sorted(tuple(group) for group in groups.values()))


def _joined_by_pledges(seen: Interplay, root: Callable[[int], int], parent: list[int]) -> bool:
    """Join levers that pledge between two states to the groups that can bring or end pledges between them."""
    together: dict[int, set[str]] = {}
    for k, circle in enumerate(seen.circles):
        if circle:
            together.setdefault(root(k), set()).update(circle)
    groups_of: dict[str, set[int]] = {}
    for group, members in sorted(together.items()):
        for state in members:
            groups_of.setdefault(state, set()).add(group)
    joined = False
    for k, pairs in enumerate(seen.pairs):
        for a, b in pairs:
            for group in groups_of.get(a, set()) & groups_of.get(b, set()):
                if root(k) != root(group):
                    parent[root(k)] = root(group)
                    joined = True
    return joined


def contradictions(
    levers: Sequence[Lever], targets: Mapping[str, Sequence[tuple[str, ...]]], opposite: Mapping[str, str]
) -> tuple[tuple[int, int], ...]:
    """Pairs of levers, by place, that seem to do and undo one thing at the same time; `targets` by id of step."""
    done: dict[tuple[str, ...], list[tuple[int, Step]]] = {}
    for k, lever in enumerate(levers):
        for step in _all(lever):
            for target in targets.get(step.id, ()):
                done.setdefault((step.do, *target), []).append((k, step))
    found: set[tuple[int, int]] = set()
    for key, steps in done.items():
        for k, step in steps:
            for other, against in done.get((opposite.get(key[0], ""), *key[1:]), ()):
                same_time = not step.date or not against.date or step.date == against.date
                if k != other and same_time:
                    found.add((min(k, other), max(k, other)))
    return tuple(sorted(found))


def _all(lever: Lever) -> Iterator[Step]:
    for step in lever.steps:
        yield step
        yield from step.effects


def _groups(step: Step) -> Iterator[tuple[str, ...]]:
    yield from (step.states, step.members, step.senders, step.receivers, step.hosts)
    yield from (promise.among for promise in step.pledges)


def _by_membership(step: Step) -> bool:
    return any(name.lower().startswith(MEMBERS_OF) for name in (*step.senders, *step.receivers))


def bits(places: Iterable[int]) -> int:
    """Levers by place, as one number."""
    number = 0
    for place in places:
        number |= 1 << place
    return number


def places_of(number: int) -> tuple[int, ...]:
    """The places of the bits of a number, the lowest first."""
    found = []
    while number:
        low = number & -number
        found.append(low.bit_length() - 1)
        number ^= low
    return tuple(found)
