"""The whole life of a layer of the map: every state's class from which day to which, for a slider that plays."""

from __future__ import annotations

from typing import Any

from indivisible.apps.web.existence import Days, both, existence
from indivisible.apps.web.layers import QUICK, parsed
from indivisible.apps.web.pledge_life import Pledges
from indivisible.apps.web.standings import Membership, TreatyStanding
from indivisible.architecture.standing import turning_days
from indivisible.errors import QuestionError
from indivisible.record.record import Record
from indivisible.values import NEVER_BEGUN, NEVER_ENDED, day_of, iso

Of = Membership | TreatyStanding | Pledges


def spans(record: Record, name: str, *, first: str) -> dict[str, Any]:
    """The JSON shape spans/1 of membership, a treaty or pledges. Raises UnknownName, QuestionError."""
    kind, (about, *_) = parsed(name)
    if kind not in QUICK:
        raise QuestionError(f"a layer of {kind} is told day by day only", where="layer", do="ask /api/map/layer")
    start, last = day_of(first), record.known_to - 1
    if start > last:
        raise QuestionError(f"{first} is past what the record covers", where="from", do=f"a day up to {iso(last)}")
    of = _layer_of(record, kind, about, start)
    within: Days = of.lives if isinstance(of, Pledges) else ((NEVER_BEGUN, NEVER_ENDED),)
    states = [
        {"state": state, "name": record.name_of(state), "spans": found}
        for state, lives in existence(record).items()
        if (found := [one for days in both(lives, within) for one in _life(of, state, days, start, last)])
    ]
    says = f"{of.title} from {iso(start)} to {iso(last)}, {len(states)} states."
    return {
        "schema": "spans/1", "layer": name, "title": of.title, "from": iso(start), "to": iso(last),
        "sentence": says,
        "legend": [{"class": word, "label": label} for word, label in of.legend],
        "states": states, "record": record.digest,
    }  # fmt: skip


def _layer_of(record: Record, kind: str, about: str, start: int) -> Of:
    if kind == "pledges":
        return Pledges(record, about, first=start)
    return Membership(record, about) if kind == "membership" else TreatyStanding(record, about)


def _life(of: Of, state: str, days: tuple[int, int], start: int, last: int) -> list[dict[str, Any]]:
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
