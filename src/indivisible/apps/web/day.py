"""Who was bound to whom on one day, in the form in which a map, a network and a matrix are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from indivisible.apps.web.architectures import architecture
from indivisible.apps.web.disputes import NO, STATEHOOD, Dispute, disputes_on
from indivisible.apps.web.standings import Membership
from indivisible.apps.web.territories import Areas
from indivisible.apps.web.viewpoint import Viewpoint
from indivisible.architecture.architecture import Architecture, Pledge
from indivisible.architecture.standing import full_roles
from indivisible.record.record import Record
from indivisible.values import Truth, day_of, iso


def day(record: Record, viewpoint: Viewpoint, *, on: str, every: Record | None = None) -> dict[str, Any]:
    """The JSON shape day/1. `record` is as the viewpoint has it, `every` with all voices. Raises QuestionError."""
    number = day_of(on)
    one = architecture(record, number)
    index = {state: place for place, state in enumerate(one.states)}
    disputes = disputes_on(every or record, number)
    contested = {dispute.subject: dispute for dispute in disputes if dispute.matter == STATEHOOD}
    members = {one.state for one in one.memberships if one.organization == "UN" and one.role == "member"}
    names = {state: record.name_of(state) for state in one.states}
    outside = _outside(record, one)
    states = list(_states(record, one, names))
    others = list(_states(record, _with(record, one, outside), {key: record.name_of(key) for key in outside}))
    for row in (*states, *others):
        key = row["key"]
        shown = viewpoint.shows(contested[key]) if key in contested else None
        row["statehood"], row["seated"] = shown, key in members
        row["statehood_note"] = _said(record, contested[key]) if shown else None
    organizations = organizations_of(record, one, outside)
    treaties = {pledge.treaty for pledge in one.pledges}
    says = f"On {iso(number)} the record has {len(one.states)} states, {len(organizations)} organisations with members "
    says += f"and {len(treaties)} texts by which somebody pledges something."
    return {
        "schema": "day/1", "on": iso(number), "sentence": says,
        "states": states, "others": others, "organizations": organizations,
        "pledges": pledge_groups(one.pledges, index),
        "treaties": {key: record.name_of(key) for key in sorted(treaties)},
        "borders": sorted([index[a], index[b]] for a, b in one.borders if a < b),
        "deployments": list(_deployments(record, one)),
        "disputes": [
            {"name": record.name_of(dispute.subject), **dispute.to_dict(viewpoint.state)} for dispute in disputes
        ],
        "known_to": iso(record.known_to), "record": record.digest,
    }  # fmt: skip


def _said(record: Record, dispute: Dispute) -> str:
    """Who refuses to recognise a state, and how many are known to recognise it."""
    against = [record.name_of(one.speaker) for one in dispute.sayings if one.says == NO]
    known = len(dispute.sayings) - len(against)
    told = [f"Not recognised by {', '.join(sorted(against))}."] if against else []
    told += [f"Recognised by {known} that the record knows of."] if known else []
    return " ".join([*told, dispute.note]).strip()


def _states(record: Record, one: Architecture, names: dict[str, str]) -> Iterable[dict[str, Any]]:
    areas = Areas(record).of(one.states)  # of the states of the day, or of those outside alone
    capitals = _latest(record, "capital", one.day)
    for state in one.states:
        place = one.capitals.get(state)
        yield {
            "key": state, "name": names[state], "capital": capitals.get(state),
            "place": None if place is None else list(place), "areas": list(areas[state]),
        }  # fmt: skip


def _with(record: Record, one: Architecture, states: list[str]) -> Architecture:
    """The same day with other states: those whose statehood is contested, and that no list of states has."""
    north, east = _latest(record, "capital_latitude", one.day), _latest(record, "capital_longitude", one.day)
    return replace(one, states=tuple(states), capitals={
        state: (float(north[state]), float(east[state])) for state in states if state in north and state in east
    })  # fmt: skip


def _latest(record: Record, field: str, day: int) -> dict[str, str]:
    return {c.subject: c.value for c in record.claims(field=field) if c.span.holds(day) is not Truth.NO}


def _outside(record: Record, one: Architecture) -> list[str]:
    """What the record has as a state on the day, and no list of states and no seat in the United Nations does."""
    existing = {c.subject for c in record.claims(field="kind", value="state") if c.span.holds(one.day) is not Truth.NO}
    return sorted(existing - set(one.states))


def organizations_of(record: Record, one: Architecture, outside: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Every organisation of the day: full members, those unsure, and who holds another role.

    `outside`: what else may be a member, besides the states of the day.
    """
    found: dict[str, dict[str, Any]] = {}
    roles: dict[str, tuple[str, ...]] = {}
    for membership in one.memberships:
        key = membership.organization
        if key not in roles:
            roles[key] = full_roles(record, key, one.day, one.day) or ("member",)
            found[key] = {"key": key, "name": record.name_of(key), "members": [], "unsure": [], "other": {}}
        row = found[key]
        if membership.layer == "legal" and membership.role in roles[key]:
            listed = row["members" if membership.certain else "unsure"]
        else:
            listed = row["other"].setdefault(membership.role, [])
        if membership.state not in listed:
            listed.append(membership.state)
    for state in outside:
        for key in sorted({claim.object for claim in record.claims(subject=state, field="role")} & set(found)):
            kind = Membership(record, key).shade(state, one.day).kind
            if kind in ("member", "suspended"):
                found[key]["members"].append(state)
            elif kind in ("unsure", "disputed"):
                found[key]["unsure"].append(state)
            elif kind == "other":
                found[key]["other"].setdefault("another", []).append(state)
    for row in found.values():
        row["unsure"] = sorted(set(row["unsure"]) - set(row["members"]))
        row["members"].sort()
    return [found[key] for key in sorted(found)]


def pledge_groups(pledges: Iterable[Pledge], index: dict[str, int]) -> list[dict[str, Any]]:
    """Pledges by treaty, kind, article and certainty; a pair stands once where each pledges to the other.

    `mutual` and `oneway` hold pairs of places in the list of states, one-way pairs from sender to receiver.
    """
    groups: dict[tuple[str, str, str, bool], set[tuple[int, int]]] = {}
    for pledge in pledges:
        pair = (index[pledge.sender], index[pledge.receiver])
        groups.setdefault((pledge.treaty, pledge.kind, pledge.article, pledge.certain), set()).add(pair)
    return [
        {
            "treaty": treaty, "kind": kind, "article": article, "certain": certain,
            "mutual": sorted([a, b] for a, b in pairs if a < b and (b, a) in pairs),
            "oneway": sorted([a, b] for a, b in pairs if (b, a) not in pairs),
        }
        for (treaty, kind, article, certain), pairs in sorted(groups.items())
    ]  # fmt: skip


def _deployments(record: Record, one: Architecture) -> Iterable[dict[str, Any]]:
    for deployment in one.deployments:
        said = [c for c in record.claims(subject=deployment.key, field="consent") if c.span.holds(one.day) is Truth.YES]
        yield {
            "key": deployment.key, "name": record.name_of(deployment.key), "sender": deployment.sender,
            "host": deployment.host, "kind": deployment.kind or None, "certain": deployment.certain,
            "personnel": {"low": deployment.personnel.low, "best": deployment.personnel.best,
                          "high": deployment.personnel.high},
            "consent": [{"speaker": claim.speaker or None, "says": claim.value} for claim in said],
        }  # fmt: skip
