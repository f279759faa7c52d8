"""A viewpoint: one state whose own assertions count, applied alike to everything that is shown.

By default none is taken, and what is disputed is shown as disputed. With one, what that state asserts of memberships,
acts and consent counts as said plainly, and what others assert of the same matter does not; statehood and borders
stand as that state holds them. Where it asserts nothing, a dispute stays a dispute.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from indivisible.apps.web.disputes import NO, STATEHOOD, Dispute
from indivisible.record.columns import Columns
from indivisible.record.record import Record

SPOKEN = ("role", "act", "consent")


@dataclass(frozen=True)
class Viewpoint:
    """Whose assertions count: a state's key, or empty for nobody's."""

    state: str
    name: str

    def sentence(self) -> str:
        """To be printed on every map, table and export."""
        if not self.state:
            return "No viewpoint is taken: what is disputed is shown as disputed."
        return f"Viewpoint: {self.name} ({self.state}). Its own assertions count; where it makes none, disputes stand."

    def to_dict(self) -> dict[str, str | None]:
        """As JSON."""
        return {"state": self.state or None, "says": self.sentence()}

    def denies(self, dispute: Dispute) -> bool:
        """Whether by this viewpoint a contested state is none."""
        return bool(self.state) and dispute.matter == STATEHOOD and dispute.said_by(self.state) == NO


def viewpoint_of(record: Record, name: str) -> Viewpoint:
    """The viewpoint of a state by any of its names; nobody's for an empty name. Raises UnknownName."""
    if not name.strip():
        return Viewpoint("", "")
    key = record.resolve(name, "state")
    return Viewpoint(key, record.name_of(key))


def seen_from(record: Record, state: str) -> Record:
    """The record as one state has it: its assertions are plain claims, and others' on the same matter are left out."""
    columns = record.columns
    rows = np.concatenate([record.rows(field=field) for field in SPOKEN])
    speakers = {row: columns.text("speaker", row) for row in rows[columns.codes["speaker"][rows] != _code(record, "")]}
    own = {_matter(columns, row) for row, speaker in speakers.items() if speaker == state}
    dropped = [row for row, speaker in speakers.items() if speaker != state and _matter(columns, row) in own]
    plain = np.array([row for row, speaker in speakers.items() if speaker == state], dtype=np.intp)
    codes = {name: column.copy() for name, column in columns.codes.items()}
    codes["speaker"][plain] = _code(record, "")
    kept = np.setdiff1d(np.arange(len(columns)), np.array(dropped, dtype=np.intp))
    seen = replace(
        columns, codes={name: column[kept] for name, column in codes.items()}, days=columns.days[:, kept],
        line=columns.line[kept],
    )  # fmt: skip
    return Record(seen, sources=record.sources, fields=record.fields, digest=record.digest, overlays=record.overlays)


def _code(record: Record, word: str) -> int:
    return record.columns.strings.index(word)


def _matter(columns: Columns, row: int) -> tuple[str, str, str]:
    return columns.text("subject", row), columns.text("field", row), columns.text("object", row)
