"""Which states there were over the years, and whose each area of a map of today was."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from indivisible.apps.web.claimed_areas import areas_over_time
from indivisible.apps.web.territories import Areas
from indivisible.record.record import Record
from indivisible.values import NEVER_ENDED, day_of, iso

Days = tuple[tuple[int, int], ...]


@lru_cache(maxsize=8)
def existence(record: Record) -> dict[str, Days]:
    """For every state the days on which it was one of the states of the day, as (first, first no longer so)."""
    found: dict[str, list[tuple[int, int]]] = {}
    listed = [*record.claims(field="cow_system"), *record.claims(field="gw_system", value="member")]
    listed += [claim for claim in record.claims(field="role", object="UN") if claim.value == "member"]
    for claim in listed:
        found.setdefault(claim.subject, []).append((claim.span.from_earliest, claim.span.to_latest))
    kinds: dict[str, list[tuple[int, int]]] = {}
    for claim in record.claims(field="kind", value="state"):
        kinds.setdefault(claim.subject, []).append((claim.span.from_earliest, claim.span.to_latest))
    within = {state: both(_joined(days), _joined(kinds.get(state, []))) for state, days in sorted(found.items())}
    return {state: days for state, days in within.items() if days}


def states_of(record: Record, day: int) -> list[str]:
    """The states of the day, alphabetical; as the snapshot of the day has them."""
    return [state for state, days in existence(record).items() if any(first <= day < end for first, end in days)]


def _joined(days: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, end in sorted(days):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((first, end))
    return joined


def both(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> Days:
    """The days within a span of the one and a span of the other."""
    pairs = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return tuple((first, end) for first, end in sorted(pairs) if first < end)


def owners(record: Record, *, first: str, viewpoint: str = "") -> dict[str, Any]:
    """The JSON shape areas/1: for every area, by ISO numeric code, whose it was from which day to which.

    `disputed` lists the areas that more than one state calls its own, as a viewpoint has them.
    """
    start, known_to = day_of(first), record.known_to
    lives = existence(record)
    edges = {day for days in lives.values() for pair in days for day in pair}
    turns = sorted({start, *(day for day in edges if start < day < known_to)})
    areas = Areas(record)
    found: dict[str, list[dict[str, Any]]] = {}
    for day, end in zip(turns, [*turns[1:], NEVER_ENDED], strict=True):
        present = {state for state, days in lives.items() if any(a <= day < b for a, b in days)}
        by_area: dict[str, list[str]] = {}
        for state, numbers in areas.of(present).items():
            for number in numbers:
                by_area.setdefault(number, []).append(state)
        for number, states in by_area.items():
            spans = found.setdefault(number, [])
            if spans and spans[-1]["states"] == states and spans[-1]["to"] == iso(day):
                spans[-1]["to"] = _end(end)
            else:
                spans.append({"from": iso(day), "to": _end(end), "states": states})
    listed = [{"area": number, "spans": spans} for number, spans in sorted(found.items())]
    says = f"Whose each of {len(listed)} areas of a map of today was, from {iso(start)} to {iso(known_to - 1)}."
    disputed = areas_over_time(record, viewpoint, start, known_to - 1)
    says += f" In dispute over that time: {len(disputed)} areas."
    return {"schema": "areas/1", "from": iso(start), "to": iso(known_to - 1), "sentence": says, "areas": listed,
            "disputed": disputed, "record": record.digest}  # fmt: skip


def _end(day: int) -> str | None:
    return None if day == NEVER_ENDED else iso(day)
