"""Layers of the map: for every state of a day a class, a value if there is one, and the sentence behind the colour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indivisible.apps.web.architectures import architecture
from indivisible.apps.web.counted import counted
from indivisible.apps.web.disputes import STATEHOOD, disputes_on
from indivisible.apps.web.existence import states_of
from indivisible.apps.web.pledge_life import KINDS, PLEDGES, pledge_shade
from indivisible.apps.web.shipped import shipped_change
from indivisible.apps.web.standings import Legend, Membership, Shade, TreatyStanding
from indivisible.apps.web.viewpoint import Viewpoint
from indivisible.architecture.architecture import Architecture
from indivisible.errors import QuestionError
from indivisible.record.record import Record
from indivisible.values import day_of, iso

QUICK = ("membership", "pledges", "treaty")
SLOW = ("reading", "change")
__all__ = ["KINDS", "QUICK", "SLOW", "layer", "model_layer", "parsed", "shaped"]


def parsed(layer: str) -> tuple[str, list[str]]:
    """The kind of a layer, and what it is of. Raises QuestionError, UnknownName."""
    kind, colon, rest = layer.partition(":")
    parts = [part.strip() for part in rest.split(":")]
    wanted = 2 if kind == "change" else 1
    if kind not in (*QUICK, *SLOW) or not colon or len(parts) != wanted or not all(parts):
        raise QuestionError(
            f"{layer!r} is no layer", where="layer",
            do="write membership:NATO, pledges:FRA, treaty:NPT, reading:deterrence, change:nordic-accession:distance",
        )  # fmt: skip
    if kind == "change":
        shipped_change(parts[0])
    return kind, parts


def layer(record: Record, viewpoint: Viewpoint, name: str, *, on: str, every: Record | None = None) -> dict[str, Any]:
    """The JSON shape layer/1 of a layer that follows from the record alone; `every` has all voices.

    Raises UnknownName, QuestionError.
    """
    kind, (about,) = parsed(name)
    day = day_of(on)
    if kind == "pledges":
        return shaped(every or record, viewpoint, day, name, *_pledges(record, about, architecture(record, day)))
    if day >= record.known_to:
        raise QuestionError(f"{on} is past what the record covers", where="on", do=f"up to {iso(record.known_to - 1)}")
    of = Membership(record, about) if kind == "membership" else TreatyStanding(record, about)
    shades = {state: of.shade(state, day) for state in states_of(record, day)}
    gone = of.absent(day)
    return shaped(every or record, viewpoint, day, name, of.title, of.legend, shades, gone=gone)


def shaped(
    record: Record, viewpoint: Viewpoint, day: int, name: str, title: str, legend: Legend,
    shades: Mapping[str, Shade], *, gone: str = "",
) -> dict[str, Any]:  # fmt: skip
    """A layer as JSON, and what is disputed of the states; `gone` says that there is nothing to stand to."""
    contested = {
        dispute.subject: viewpoint.shows(dispute)
        for dispute in disputes_on(record, day) if dispute.matter == STATEHOOD
    }  # fmt: skip
    counts: dict[str, int] = {}
    for shade in shades.values():
        counts[shade.kind] = counts.get(shade.kind, 0) + 1
    told = "; ".join(counted(label, counts[kind]) for kind, label in legend if counts.get(kind) and kind != "self")
    return {
        "schema": "layer/1", "layer": name, "on": iso(day), "title": title,
        "sentence": f"{title} on {iso(day)}: {gone or told or 'nothing to show'}.",
        "legend": [{"class": kind, "label": label, "states": counts.get(kind, 0)} for kind, label in legend],
        "states": [
            {"state": state, "name": record.name_of(state), "class": shade.kind, "value": shade.value,
             "sentence": shade.sentence, "statehood": contested.get(state), **(shade.more or {})}
            for state, shade in sorted(shades.items())
        ],
        "record": record.digest,
    }  # fmt: skip


def _pledges(record: Record, about: str, one: Architecture) -> tuple[str, Legend, dict[str, Shade]]:
    key = record.resolve(about, "state")
    if key not in one.states:
        raise QuestionError(f"{record.name_of(key)} is not a state on {iso(one.day)}", do="choose another day")
    given: dict[str, dict[str, set[str]]] = {}
    taken: dict[str, dict[str, set[str]]] = {}
    for pledge in one.pledges:
        if pledge.sender == key:
            given.setdefault(pledge.receiver, {}).setdefault(pledge.kind, set()).add(pledge.treaty)
        elif pledge.receiver == key:
            taken.setdefault(pledge.sender, {}).setdefault(pledge.kind, set()).add(pledge.treaty)
    shades = {
        state: pledge_shade(record, key, state, given.get(state, {}), taken.get(state, {})) for state in one.states
    }
    return f"Pledges between {record.name_of(key)} and others", PLEDGES, shades


def model_layer(
    record: Record, viewpoint: Viewpoint, name: str, *, on: str, every: Record | None = None
) -> dict[str, Any]:
    """The JSON shape layer/1 of a layer that a model has to be asked for; `every` has all voices."""
    from indivisible.apps.web.model_layers import change_shades, reading_shades

    kind, parts = parsed(name)
    maker = reading_shades if kind == "reading" else change_shades
    title, legend, one, shades = maker(record, *parts, on=on)
    return shaped(every or record, viewpoint, one.day, name, title, legend, shades)
