"""The whole life of a layer of the map: every state's class from which day to which, for a slider that plays."""

from __future__ import annotations

from typing import Any

from indivisible.apps.web.existence import existence
from indivisible.apps.web.layers import parsed
from indivisible.apps.web.standings import Membership, TreatyStanding
from indivisible.apps.web.viewpoint import Viewpoint
from indivisible.architecture.standing import turning_days
from indivisible.errors import QuestionError
from indivisible.record.record import Record
from indivisible.values import NEVER_ENDED, day_of, iso


def spans(record: Record, viewpoint: Viewpoint, name: str, *, first: str) -> dict[str, Any]:
    """The JSON shape spans/1 of membership or a treaty. Raises UnknownName, QuestionError."""
    kind, (about, *_) = parsed(name)
    if kind not in ("membership", "treaty"):
        raise QuestionError(f"a layer of {kind} is told day by day only", where="layer", do="ask /api/map/layer")
    of = Membership(record, about) if kind == "membership" else TreatyStanding(record, about)
    start, last = day_of(first), record.known_to - 1
    if start > last:
        raise QuestionError(f"{first} is past what the record covers", where="from", do=f"a day up to {iso(last)}")
    states = [
        {"state": state, "name": record.name_of(state), "spans": found}
        for state, lives in existence(record).items()
        if (found := [one for days in lives for one in _life(of, state, days, start, last)])
    ]
    says = f"{of.title} from {iso(start)} to {iso(last)}, {len(states)} states."
    return {
        "schema": "spans/1", "layer": name, "title": of.title, "from": iso(start), "to": iso(last),
        "viewpoint": viewpoint.to_dict(), "sentence": says,
        "legend": [{"class": word, "label": label} for word, label in of.legend],
        "states": states, "record": record.digest,
    }  # fmt: skip


def _life(
    of: Membership | TreatyStanding, state: str, days: tuple[int, int], start: int, last: int
) -> list[dict[str, Any]]:
    """The spans of one life of a state; one that changes neither class nor sentence is one span."""
    first, end = max(days[0], start), min(days[1], last + 1)
    if first >= end:
        return []
    turns = turning_days(of.spans(state), first, end - 1)
    found: list[dict[str, Any]] = []
    for day, until in zip(turns, [*turns[1:], end], strict=True):
        shade = of.shade(state, day)
        to = None if until > last and days[1] == NEVER_ENDED else iso(until)
        if found and (found[-1]["class"], found[-1]["sentence"]) == (shade.kind, shade.sentence):
            found[-1]["to"] = to
        else:
            found.append({"from": iso(day), "to": to, "class": shade.kind, "sentence": shade.sentence})
    return found
