"""What each kind of step does to an architecture, and when it cannot be taken.

A step that cannot be taken raises ChangeError: `already_so` where it is true already, `not_so` where what it ends or
changes is not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from indivisible.architecture.architecture import Deployment, Figure, Membership, Pledge
from indivisible.architecture.bonds import (
    add_pledges,
    bound_by,
    in_force,
    ratifiers,
    signatories,
    suspended,
    treaties_of,
)  # fmt: skip
from indivisible.architecture.change import Step
from indivisible.architecture.draft import Draft, capped
from indivisible.errors import ChangeError, QuestionError
from indivisible.values import Estimate, Truth

FIGURES = ("armed_forces", "gdp_current_usd", "military_expenditure_usd", "nuclear_warheads", "population")
_ALL_RATIFY = re.compile(r"all_ratify (\d+)")


def take(step: Step, draft: Draft, *, text: str = "") -> None:
    """Take one step; `text` is the proposal that is being enacted, if any."""
    if step.do == "enact":
        name = draft.text(step.treaty)
        for effect in step.effects:
            take(effect, draft, text=name)
    elif step.do == "pledge":
        _pledge(step, draft, text)
    else:
        _ACTS[step.do](step, draft)


# organisations


def _accede(step: Step, draft: Draft) -> None:
    organization = draft.organization(step.organization)
    roles = draft.full_roles(organization)
    role = step.role or roles[0]
    if role not in roles or (len(roles) > 1 and not step.role):
        raise ChangeError(
            f"step {step.id}: full membership of {organization} is one of: {', '.join(roles)}",
            reason="which_role",
            where=step.where,
            do="name one with the key role",
        )
    fresh = draft.group(step.states, step)
    held = draft.members(organization)
    for state in fresh:
        if held.get(state) is Truth.YES:
            raise draft.refuse(step, "already_so", f"{state} is a member of {organization}")
    _hold(fresh, organization, role, step, draft)
    for treaty, follows in treaties_of(draft, organization).items():
        if follows:
            if role not in follows:
                continue
            parties = draft.holders(organization, follows)
        else:
            parties = dict.fromkeys(sorted(bound_by(draft, treaty)), Truth.YES) | fresh
        if follows or in_force(draft, treaty) is not Truth.NO:
            add_pledges(draft, treaty, parties, fresh, step)


def _hold(states: Mapping[str, Truth], organization: str, role: str, step: Step, draft: Draft) -> None:
    """Give states a role; it takes the place of other roles they hold there on the legal layer."""
    mark = (draft.address(step),)
    kept = tuple(
        m
        for m in draft.memberships
        if not (m.organization == organization and m.state in states and m.layer == "legal")
    )
    draft.memberships = kept + tuple(
        Membership(state, organization, role, "legal", truth is Truth.YES, mark) for state, truth in states.items()
    )


def _withdraw(step: Step, draft: Draft) -> None:
    organization = draft.organization(step.organization)
    leaving = draft.group(step.states, step)
    held = draft.members(organization)
    for state in leaving:
        if state not in held:
            raise draft.refuse(step, "not_so", f"{state} is not a member of {organization}")
    _leave(leaving, organization, draft)


def _leave(leaving: Collection[str], organization: str, draft: Draft) -> None:
    treaties = {organization, *treaties_of(draft, organization)}
    draft.memberships = tuple(
        m for m in draft.memberships if not (m.organization == organization and m.state in leaving)
    )
    draft.drop_pledges(lambda p: p.treaty in treaties and (p.sender in leaving or p.receiver in leaving))


def _suspend(step: Step, draft: Draft) -> None:
    states = draft.group(step.states, step)
    if step.treaty:
        treaty = draft.text(step.treaty)
        _stop(states, treaty, step, draft)
        return
    organization = draft.organization(step.organization)
    held = draft.members(organization)
    overlays = {m.state for m in draft.memberships if m.organization == organization and m.role == "suspended"}
    for state in states:
        if state not in held:
            raise draft.refuse(step, "not_so", f"{state} is not a member of {organization}")
        if state in overlays:
            raise draft.refuse(step, "already_so", f"{state} is suspended in {organization}")
    mark = (draft.address(step),)
    draft.memberships += tuple(
        Membership(state, organization, "suspended", "participation", True, mark) for state in states
    )


def _observe(step: Step, draft: Draft) -> None:
    organization = draft.organization(step.organization)
    observers = draft.group(step.states, step)
    if step.body:
        observers[draft.organization(step.body)] = Truth.YES
    for one in observers:
        if draft.members(organization).get(one) is Truth.YES:
            raise draft.refuse(step, "already_so", f"{one} is a full member of {organization}")
        if draft.holders(organization, ("observer",)).get(one) is Truth.YES:
            raise draft.refuse(step, "already_so", f"{one} is an observer in {organization}")
    _hold(observers, organization, "observer", step, draft)


def _found(step: Step, draft: Draft) -> None:
    name = step.organization
    if name in draft.founded or any(m.organization == name for m in draft.memberships):
        raise draft.refuse(step, "already_so", f"{name} has members")
    members = draft.group(step.members, step)
    draft.founded |= {name}
    _hold(members, name, "member", step, draft)
    mark = (draft.address(step),)
    added = []
    for promise in step.pledges:
        among = draft.group(promise.among, step) if promise.among else members
        added += [
            Pledge(a, b, promise.kind, name, step.basis, among[a] & among[b] is Truth.YES, mark)
            for a in among
            for b in among
            if a != b
        ]
    draft.pledges += tuple(added)


def _dissolve(step: Step, draft: Draft) -> None:
    organization = draft.organization(step.organization)
    if not any(m.organization == organization for m in draft.memberships):
        raise draft.refuse(step, "not_so", f"{organization} has no members")
    treaties = {organization, *treaties_of(draft, organization)}
    draft.memberships = tuple(m for m in draft.memberships if m.organization != organization)
    draft.drop_pledges(lambda p: p.treaty in treaties)


# treaties


def _ratify(step: Step, draft: Draft) -> None:
    treaty = draft.text(step.treaty)
    fresh = draft.group(step.states, step)
    before = ratifiers(draft, treaty)
    for state in fresh:
        if before.get(state) is Truth.YES:
            raise draft.refuse(step, "already_so", f"{state} has ratified {treaty}")
    draft.ratified = {**draft.ratified, treaty: draft.ratified.get(treaty, frozenset()) | set(fresh)}
    draft.left = {key: do for key, do in draft.left.items() if key not in {(treaty, state) for state in fresh}}
    parties = ratifiers(draft, treaty)
    if in_force(draft, treaty) is Truth.YES:
        add_pledges(draft, treaty, parties, fresh, step)
    elif enters_into_force(treaty, parties, draft):
        add_pledges(draft, treaty, parties, parties, step)


def enters_into_force(treaty: str, parties: Mapping[str, Truth], draft: Draft) -> bool:
    """Whether these ratifications bring the treaty into force: as many as its rule asks for, or all who signed."""
    sure = {state for state, truth in parties.items() if truth is Truth.YES}
    for claim in draft.record.claims(subject=treaty, field="entry_rule"):
        if match := _ALL_RATIFY.match(claim.value):
            return len(sure) >= int(match.group(1))
    signed = signatories(draft, treaty)
    return bool(signed) and signed <= sure


def _denounce(step: Step, draft: Draft) -> None:
    _stop(draft.group(step.states, step), draft.text(step.treaty), step, draft)


def _stop(states: Collection[str], treaty: str, step: Step, draft: Draft) -> None:
    """End (or suspend) what a treaty pledges by and to these states."""
    bound = bound_by(draft, treaty) | set(ratifiers(draft, treaty))
    for state in states:
        if step.do == "suspend" and suspended(draft, treaty, state) is Truth.YES:
            raise draft.refuse(step, "already_so", f"{state} has suspended {treaty}")
        if state not in bound:
            raise draft.refuse(step, "not_so", f"{state} is not bound by {treaty}")
    draft.drop_pledges(lambda p: p.treaty == treaty and (p.sender in states or p.receiver in states))
    draft.ratified = {**draft.ratified, treaty: draft.ratified.get(treaty, frozenset()) - set(states)}
    draft.left = {**draft.left, **{(treaty, state): step.do for state in states}}


# pledges


def pairs_of(step: Step, draft: Draft) -> dict[tuple[str, str], bool]:
    """Directed pairs of a pledge step, with whether both ends are sure."""
    senders, receivers = draft.group(step.senders, step), draft.group(step.receivers, step)
    pairs = {
        (a, b): first & second is Truth.YES for a, first in senders.items() for b, second in receivers.items() if a != b
    }
    return pairs | {(b, a): sure for (a, b), sure in pairs.items()} if step.mutual else pairs


def _pledge(step: Step, draft: Draft, text: str) -> None:
    pairs = pairs_of(step, draft)
    standing = {(p.sender, p.receiver) for p in draft.pledges if p.kind == step.kind and p.certain}
    if not text and set(pairs) <= standing:
        sender, receiver = next(iter(pairs), ("nobody", "anybody"))
        raise draft.refuse(step, "already_so", f"{sender} has pledged {step.kind} to {receiver}")
    mark = (draft.address(step),)
    draft.pledges += tuple(
        Pledge(a, b, step.kind, text, step.basis, sure, mark) for (a, b), sure in sorted(pairs.items())
    )


def _release(step: Step, draft: Draft) -> None:
    pairs = pairs_of(step, draft)
    treaty = draft.text(step.treaty) if step.treaty else ""
    dropped = draft.drop_pledges(
        lambda p: (p.sender, p.receiver) in pairs and p.kind == step.kind and treaty in ("", p.treaty)
    )
    if not dropped:
        sender, receiver = next(iter(pairs), ("nobody", "anybody"))
        raise draft.refuse(step, "not_so", f"{sender} has not pledged {step.kind} to {receiver}")


# forces and figures


def _amount(step: Step) -> Estimate:
    if step.amount is None:
        raise AssertionError(f"{step.do} was read without its number")
    return step.amount


def _deploy(step: Step, draft: Draft) -> None:
    keys = {d.key for d in draft.deployments}
    pairs = [(a, b) for a in draft.group(step.states, step) for b in draft.group(step.hosts, step) if a != b]
    added = []
    for sender, host in pairs:
        key = step.deployment or f"{draft.change}#{step.id}"
        key = key if len(pairs) == 1 else f"{key}:{sender}>{host}"
        if key in keys:
            raise draft.refuse(step, "already_so", f"{key} is there")
        added.append(Deployment(key, sender, host, step.kind, _amount(step), True, (draft.address(step),)))
    draft.deployments += tuple(added)
    for sender, host in pairs:
        _hold_down(sender, host, draft)


def _remove(step: Step, draft: Draft) -> None:
    if step.deployment:
        gone = {draft.record.resolve(step.deployment, "deployment")} if not _named(step, draft) else {step.deployment}
    else:
        senders, hosts = draft.group(step.states, step), draft.group(step.hosts, step)
        gone = {d.key for d in draft.deployments if d.sender in senders and (not hosts or d.host in hosts)}
    kept = tuple(d for d in draft.deployments if d.key not in gone)
    if len(kept) == len(draft.deployments):
        what = step.deployment or f"a deployment of {', '.join(step.states)}"
        raise draft.refuse(step, "not_so", f"{what} is not known to the record")
    draft.deployments = kept


def _figure_named(name: str, step: Step) -> str:
    """The field of a figure that changes can set or limit."""
    if name not in FIGURES:
        near = get_close_matches(name, FIGURES, n=2) or FIGURES
        raise QuestionError(f"no figure is called {name!r}", where=step.where, do=f"near: {', '.join(near)}")
    return name


def _named(step: Step, draft: Draft) -> bool:
    return any(d.key == step.deployment for d in draft.deployments)


def _cap(step: Step, draft: Draft) -> None:
    most = _amount(step).high
    if step.hosts:
        hosts = draft.group(step.hosts, step)
        targets = [(a, b) for a in draft.group(step.states, step) for b in hosts if a != b]
    else:
        figure = _figure_named(step.figure, step)
        targets = [(state, figure) for state in draft.group(step.states, step)]
    if targets and all(draft.caps.get(target, most + 1) <= most for target in targets):
        raise draft.refuse(step, "already_so", f"{' '.join(targets[0])} is limited to {most:g} or less")
    draft.caps = {**draft.caps, **{t: min(most, draft.caps.get(t, most)) for t in targets}}
    for state, limited in targets:
        if step.hosts:
            _hold_down(state, limited, draft)
        else:
            _hold_figure_down(state, limited, step, draft)


def _hold_figure_down(state: str, figure: str, step: Step, draft: Draft) -> None:
    """Hold a figure to its cap; a figure that is not known lies between nothing and the cap."""
    most = draft.caps[state, figure]
    now = draft.figures.get((state, figure), Figure(state, figure, Estimate(0.0, None, float("inf")), None, ()))
    held = replace(now, estimate=capped(now.estimate, most), claims=(*now.claims, draft.address(step)))
    if held.estimate != now.estimate:
        draft.figures = {**draft.figures, (state, figure): held}


def _hold_down(sender: str, host: str, draft: Draft) -> None:
    """Hold every deployment of one state in another to their cap; arrays hold the sum of them to it."""
    most = draft.caps.get((sender, host))
    if most is None:
        return
    kept = []
    for d in draft.deployments:
        if (d.sender, d.host) != (sender, host):
            kept.append(d)
        elif most > 0:
            held = capped(d.personnel, most)
            kept.append(d if held == d.personnel else replace(d, personnel=held))
    draft.deployments = tuple(kept)


def _set(step: Step, draft: Draft) -> None:
    figure, value = _figure_named(step.figure, step), _amount(step)
    for state in draft.group(step.states, step):
        now = draft.figures.get((state, figure))
        if now is not None and now.estimate == value:
            raise draft.refuse(step, "already_so", f"{figure} of {state} is {value.best:g}")
        new = Figure(state, figure, value, None, (draft.address(step),))
        draft.figures = {**draft.figures, (state, figure): new}
        if (state, figure) in draft.caps:
            _hold_figure_down(state, figure, step, draft)


_ACTS: Final[Mapping[str, Callable[[Step, Draft], None]]] = {
    "accede": _accede,
    "cap": _cap,
    "denounce": _denounce,
    "deploy": _deploy,
    "dissolve": _dissolve,
    "found": _found,
    "observe": _observe,
    "ratify": _ratify,
    "release": _release,
    "remove": _remove,
    "set": _set,
    "suspend": _suspend,
    "withdraw": _withdraw,
}
