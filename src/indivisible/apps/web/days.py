"""The turning days: on which days something began or ended, for a slider that stops where something happens."""

from __future__ import annotations

from typing import Any

import numpy as np

from indivisible.record.record import Record
from indivisible.values import day_of, iso

FIELDS = (
    "role", "act", "kind", "entered_into_force", "ended", "founded_as", "sender", "part_of", "independent", "held_by",
)  # fmt: skip
BEGIN = "1945-01-01"


def days(record: Record, *, first: str = BEGIN, about: str = "") -> dict[str, Any]:
    """The JSON shape days/1: every day from `first` on which one of the record's claims begins or ends.

    `about` keeps those about one state, organisation or treaty. An inexact beginning or end stands at its earliest
    day. Raises UnknownName, QuestionError.
    """
    start = day_of(first)
    rows = np.concatenate([record.rows(field=field) for field in FIELDS])
    key = record.resolve_any(about)[1] if about else ""
    if key:
        concerned = np.concatenate([record.rows(subject=key), record.rows(object=key)])
        rows = np.intersect1d(rows, concerned)
    begins, ends = record.columns.days[0][rows], record.columns.days[2][rows]
    found: dict[int, list[int]] = {}
    for place, turned in enumerate((begins, ends)):
        inside = turned[(turned >= start) & (turned < record.known_to)]
        for number, count in zip(*np.unique(inside, return_counts=True), strict=True):
            found.setdefault(int(number), [0, 0])[place] += int(count)
    listed = [{"day": iso(day), "begins": begun, "ends": ended} for day, (begun, ended) in sorted(found.items())]
    about_whom = f" about {record.name_of(key)}" if key else ""
    return {
        "schema": "days/1", "from": iso(start), "to": iso(record.known_to - 1), "about": key or None,
        "sentence": f"Something{about_whom} begins or ends on {len(listed):,} days from {iso(start)} on.",
        "days": listed, "record": record.digest,
    }  # fmt: skip
