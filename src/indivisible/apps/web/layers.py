"""Layers of the map: for every state of a day a class, a value if there is one, and the sentence behind the colour."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from indivisible.apps.web.disputes import disputes_on
from indivisible.apps.web.viewpoint import Viewpoint
from indivisible.architecture.architecture import Architecture
from indivisible.architecture.members import members
from indivisible.architecture.snapshot import as_of
from indivisible.architecture.treaties import treaty
from indivisible.errors import QuestionError
from indivisible.record.record import Record
from indivisible.values import day_of, iso

KINDS = ("defence", "offence", "neutrality", "nonaggression", "consultation")
QUICK = ("membership", "pledges", "treaty")
SLOW = ("reading", "change")
Legend = tuple[tuple[str, str], ...]
MEMBERSHIP: Legend = (
    ("member", "a member"), ("suspended", "a member whose participation is suspended or frozen"),
    ("other", "another role, such as observer"), ("disputed", "disputed"), ("unsure", "not known for sure"),
    ("not_member", "not a member"), ("not_listed", "not listed, which does not mean no"),
)  # fmt: skip
TREATY: Legend = (
    ("party", "bound"), ("suspended", "bound, and suspended"), ("provisional", "provisionally applied"),
    ("ratified", "ratified, not in force for it"), ("signed", "signed, not ratified"), ("adopted", "adopted"),
    ("disputed", "disputed"), ("unsure", "not known for sure"), ("none", "not bound"),
    ("not_listed", "not listed, which does not mean no"),
)  # fmt: skip
PLEDGES: Legend = (
    ("self", "the state itself"), ("defence", "a pledge of defence"), ("offence", "a pledge to join in an attack"),
    ("neutrality", "a pledge of neutrality"), ("nonaggression", "a pledge not to attack"),
    ("consultation", "a pledge to consult"), ("none", "none that the record knows"),
)  # fmt: skip


@dataclass(frozen=True)
class Shade:
    """How one state is shown: its class, a value where there is one, and why."""

    kind: str
    sentence: str
    value: float | None = None
    more: Mapping[str, Any] | None = None


def parsed(layer: str) -> tuple[str, list[str]]:
    """The kind of a layer, and what it is of. Raises QuestionError."""
    kind, colon, rest = layer.partition(":")
    parts = [part.strip() for part in rest.split(":")]
    wanted = 2 if kind == "change" else 1
    if kind not in (*QUICK, *SLOW) or not colon or len(parts) != wanted or not all(parts):
        raise QuestionError(
            f"{layer!r} is no layer", where="layer",
            do="write membership:NATO, pledges:FRA, treaty:NPT, reading:deterrence, change:nordic-accession:distance",
        )  # fmt: skip
    return kind, parts


def layer(record: Record, viewpoint: Viewpoint, name: str, *, on: str) -> dict[str, Any]:
    """The JSON shape layer/1 of a layer that follows from the record alone. Raises UnknownName, QuestionError."""
    kind, (about,) = parsed(name)
    one = as_of(record, day_of(on))
    makers: Mapping[str, Callable[..., tuple[str, Legend, dict[str, Shade]]]] = {
        "membership": _membership, "treaty": _treaty, "pledges": _pledges,
    }  # fmt: skip
    title, legend, shades = makers[kind](record, about, one)
    return shaped(record, viewpoint, one, name, title, legend, shades)


def shaped(
    record: Record, viewpoint: Viewpoint, one: Architecture, name: str, title: str, legend: Legend,
    shades: Mapping[str, Shade],
) -> dict[str, Any]:  # fmt: skip
    """A layer as JSON, with what is disputed of the states themselves."""
    contested = {
        dispute.subject: "denied" if viewpoint.denies(dispute) else "disputed"
        for dispute in disputes_on(record, one.day) if dispute.matter == "statehood"
    }  # fmt: skip
    counts: dict[str, int] = {}
    for shade in shades.values():
        counts[shade.kind] = counts.get(shade.kind, 0) + 1
    told = ", ".join(f"{counts[kind]} {label}" for kind, label in legend if counts.get(kind))
    return {
        "schema": "layer/1", "layer": name, "on": iso(one.day), "viewpoint": viewpoint.to_dict(), "title": title,
        "sentence": f"{title} on {iso(one.day)}: {told or 'nothing to show'}.",
        "legend": [{"class": kind, "label": label, "states": counts.get(kind, 0)} for kind, label in legend],
        "states": [
            {"state": state, "name": record.name_of(state), "class": shade.kind, "value": shade.value,
             "sentence": shade.sentence, "statehood": contested.get(state), **(shade.more or {})}
            for state, shade in sorted(shades.items())
        ],
        "record": record.digest,
    }  # fmt: skip


def _membership(record: Record, about: str, one: Architecture) -> tuple[str, Legend, dict[str, Shade]]:
    found = members(record, about, on=iso(one.day))
    name = record.name_of(found.organization)
    since = {row["state"]: row["from"] for row in found.rows()}
    shades: dict[str, Shade] = {}
    unsure = dict(found.unsure)
    others: dict[str, list[str]] = {}
    for membership in one.memberships:
        if membership.organization == found.organization and membership.role not in found.role_used:
            others.setdefault(membership.state, []).append(membership.role.replace("_", " "))
    for state in one.states:
        who, roles = record.name_of(state), " and ".join(others.get(state, ()))
        if state in found.members and roles:
            shades[state] = Shade("suspended", f"{who} is a member of {name} since {since[state]}; {roles}.")
        elif state in found.members:
            shades[state] = Shade("member", f"{who} is a member of {name} since {since[state] or 'a day not known'}.")
        elif state in unsure:
            kind = "disputed" if unsure[state] == "disputed" else "unsure"
            shades[state] = Shade(kind, f"Whether {who} is a member of {name} is {_why(unsure[state])}.")
        elif roles:
            shades[state] = Shade("other", f"{who} has the role {roles} in {name}.")
        elif found.complete:
            shades[state] = Shade("not_member", f"{who} is not a member of {name}.")
        else:
            shades[state] = Shade("not_listed", f"The record does not list {who} in {name}; its list is not complete.")
    return f"Membership of {name}", MEMBERSHIP, shades


def _why(reason: str) -> str:
    said = {"disputed": "disputed", "undated": "not known: the date is not exact", "silent": "not known: no claim",
            "past_coverage": "not known: the record does not reach that day"}  # fmt: skip
    return said[reason]


def _treaty(record: Record, about: str, one: Architecture) -> tuple[str, Legend, dict[str, Shade]]:
    found = treaty(record, about, on=iso(one.day)).to_dict()
    name = record.name_of(found["treaty"])
    unsure = {row["state"]: row["why"] for row in found["unsure"]}
    order = (("suspended", "suspended"), ("parties", "party"), ("provisional", "provisional"),
             ("ratified", "ratified"), ("signatories", "signed"), ("adopted", "adopted"))  # fmt: skip
    said = dict(TREATY)
    complete = found["complete"].get("parties", False)
    shades = {}
    for state in one.states:
        who = record.name_of(state)
        kind = next((kind for listed, kind in order if state in found.get(listed, ())), "")
        if state in unsure and kind not in ("party", "suspended"):
            kind = "disputed" if unsure[state] == "disputed" else "unsure"
            shades[state] = Shade(kind, f"Whether {who} is bound by {name} is {_why(unsure[state])}.")
        elif kind:
            shades[state] = Shade(kind, f"{who}, {name}: {said[kind]}.")
        elif complete:
            shades[state] = Shade("none", f"{who} is not bound by {name}.")
        else:
            shades[state] = Shade("not_listed", f"The record knows of no act of {who} towards {name}; "
                                                "its list is not complete.")  # fmt: skip
    return f"Status of {name}", TREATY, shades


def _pledges(record: Record, about: str, one: Architecture) -> tuple[str, Legend, dict[str, Shade]]:
    key = record.resolve(about, "state")
    if key not in one.states:
        raise QuestionError(f"{record.name_of(key)} is not a state on {iso(one.day)}", do="choose another day")
    name = record.name_of(key)
    given: dict[str, dict[str, set[str]]] = {}
    taken: dict[str, dict[str, set[str]]] = {}
    for pledge in one.pledges:
        if pledge.sender == key:
            given.setdefault(pledge.receiver, {}).setdefault(pledge.kind, set()).add(pledge.treaty)
        elif pledge.receiver == key:
            taken.setdefault(pledge.sender, {}).setdefault(pledge.kind, set()).add(pledge.treaty)
    shades = {}
    for state in one.states:
        if state == key:
            shades[state] = Shade("self", f"{name} itself.")
            continue
        out, back = given.get(state, {}), taken.get(state, {})
        kind = next((kind for kind in KINDS if kind in out or kind in back), "none")
        who = record.name_of(state)
        texts = {text for side in (out, back) for found in side.values() for text in found}
        parts = [f"{name} pledges it {_kinds(record, out)}"] if out else []
        parts += [f"it pledges {name} {_kinds(record, back)}"] if back else []
        says = f"{who}: {'; '.join(parts) or 'no pledge that the record knows'}."
        ways = "both" if out and back else "given" if out else "received" if back else None
        shades[state] = Shade(kind, says, float(len(texts)), {"direction": ways})
    return f"Pledges between {name} and others", PLEDGES, shades


def _kinds(record: Record, side: Mapping[str, set[str]]) -> str:
    return ", ".join(
        f"{kind} ({'; '.join(record.name_of(text) for text in sorted(side[kind]))})" for kind in KINDS if kind in side
    )


def model_layer(record: Record, name: str, *, on: str, viewpoint: Viewpoint) -> dict[str, Any]:
    """The JSON shape layer/1 of a layer that a model has to be asked for."""
    from indivisible.apps.web.model_layers import change_shades, reading_shades

    kind, parts = parsed(name)
    maker = reading_shades if kind == "reading" else change_shades
    title, legend, one, shades = maker(record, *parts, on=on)
    return shaped(record, viewpoint, one, name, title, legend, shades)
