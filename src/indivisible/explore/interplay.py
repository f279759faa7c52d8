"""Which levers act on the same things, so that what one does can hang on another; all others simply add up.

Two levers interplay where they touch the same organisation, a treaty tied to it, the same figure, the same troops, or
where one pledges between two states between which the other can bring or end a pledge. Levers that do not, directly or
through others, act on separate parts of an architecture, whatever their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from indivisible.architecture.acts import pairs_of
from indivisible.architecture.bonds import bound_by, ratifiers, treaties_of
from indivisible.architecture.change import Step
from indivisible.architecture.draft import MEMBERS_OF, Draft
from indivisible.explore.lever import Lever

Token = tuple[str, ...]
GROUPED = ("accede", "withdraw", "suspend", "observe", "found", "dissolve", "ratify", "denounce", "enact")


def clusters(levers: Sequence[Lever], draft: Draft) -> tuple[tuple[int, ...], ...]:
    """The levers, by place, in groups that do not interplay with one another; raises as the steps' names do."""
    draft.founded = frozenset(step.organization for lever in levers for step in _all(lever) if step.do == "found")
    tokens = [set(_tokens(lever, draft)) for lever in levers]
    circles = [_circle(lever, draft) for lever in levers]
    pairs = [_pledged(lever, draft) for lever in levers]
    parent = list(range(len(levers)))

    def root(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    first: dict[Token, int] = {}
    for k, found in enumerate(tokens):
        for token in sorted(found):
            parent[root(k)] = root(first.setdefault(token, k))
    while _joined_by_pledges(pairs, circles, root, parent):
        pass
    found_groups: dict[int, list[int]] = {}
    for k in range(len(levers)):
        found_groups.setdefault(root(k), []).append(k)
    return tuple(sorted(tuple(group) for group in found_groups.values()))


def _joined_by_pledges(
    pairs: Sequence[frozenset[tuple[str, str]]],
    circles: Sequence[frozenset[str]],
    root: Callable[[int], int],
    parent: list[int],
) -> bool:
    """Join a group of levers with a pledge between two states among whom the group can bring or end pledges."""
    together: dict[int, set[str]] = {}
    for k, one in enumerate(circles):
        together.setdefault(root(k), set()).update(one)
    for k, pledged in enumerate(pairs):
        for group, circle in together.items():
            if root(k) != group and any(a in circle and b in circle for a, b in pledged):
                parent[root(k)] = group
                return True
    return False


def _all(lever: Lever) -> Iterator[Step]:
    for step in lever.steps:
        yield step
        yield from step.effects


def _tokens(lever: Lever, draft: Draft) -> Iterator[Token]:
    for step in _all(lever):
        for names in (step.states, step.members, step.senders, step.receivers, step.hosts):
            for name in names:
                if name.lower().startswith(MEMBERS_OF):
                    yield ("organization", draft.organization(name[len(MEMBERS_OF) :]))
        if step.organization:
            organization = draft.organization(step.organization)
            yield ("organization", organization)
            yield from (("treaty", treaty) for treaty in treaties_of(draft, organization))
        if step.treaty:
            yield ("treaty", draft.text(step.treaty))
        states = tuple(draft.group(step.states, step))
        if step.do == "set" or (step.do == "cap" and not step.hosts):
            yield from (("figure", state, step.figure) for state in states)
        if step.do in ("deploy", "remove") or (step.do == "cap" and step.hosts):
            yield from (("troops", state) for state in states)
        if step.do == "remove" and step.deployment:
            yield ("deployment", step.deployment)
            yield from (("troops", one.sender) for one in draft.deployments if one.key == step.deployment)
        if step.do == "deploy":
            yield ("deployment", step.deployment)
        if step.do in ("pledge", "release"):
            yield from (("pledge", *sorted(pair), step.kind) for pair in pairs_of(step, draft))


def _circle(lever: Lever, draft: Draft) -> frozenset[str]:
    """States among whom a lever can bring or end pledges: who acts, and who is bound with them already."""
    circle: set[str] = set()
    for step in _all(lever):
        if step.do in ("pledge", "release") and _by_membership(step):
            circle |= set(draft.group((*step.senders, *step.receivers), step))
        if step.do not in GROUPED:
            continue
        circle |= set(draft.group((*step.states, *step.members), step))
        if step.organization:
            organization = draft.organization(step.organization)
            circle |= set(draft.members(organization))
            for treaty, roles in treaties_of(draft, organization).items():
                circle |= set(draft.holders(organization, roles)) if roles else bound_by(draft, treaty)
        if step.treaty:
            treaty = draft.text(step.treaty)
            circle |= bound_by(draft, treaty) | set(ratifiers(draft, treaty))
    return frozenset(circle)


def _by_membership(step: Step) -> bool:
    return any(name.lower().startswith(MEMBERS_OF) for name in (*step.senders, *step.receivers))


def _pledged(lever: Lever, draft: Draft) -> frozenset[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for step in _all(lever):
        if step.do in ("pledge", "release"):
            found |= set(pairs_of(step, draft))
    return frozenset(found)


def bits(places: Iterable[int]) -> int:
    """Levers by place, as one number."""
    return sum(1 << place for place in places)
