"""A viewpoint: one state whose own assertions count, applied alike to everything that is shown.

By default none is taken, and what is disputed is shown as disputed. With one, what that state asserts of memberships,
acts and consent counts as said plainly, and what others assert of the same matter does not; statehood, territory and
borders stand as that state holds them. Where it asserts nothing, a dispute stays a dispute.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from indivisible.apps.web.disputes import NO, STATEHOOD, Dispute, speaks
from indivisible.record.columns import Columns
from indivisible.record.record import Record

SPOKEN = ("role", "act", "consent")
PLAIN = "Disputed matters are shown as disputed."


@dataclass(frozen=True)
class Viewpoint:
    """Whose assertions count: a state's key, or empty for nobody's; `told` is what it asserts of what is shown."""

    state: str
    name: str
    told: str = ""

    def sentence(self) -> str:
        """To be printed on every map, table and export; the one place where it is worded."""
        if not self.state:
            return PLAIN
        by = f"As asserted by {self.name} ({self.state})"
        if not self.told:
            return (
                f"{by}: the record holds no assertion of {self.name} on what is shown, and disputed matters are shown "
                "as disputed."
            )
        return f"{by}: {self.told}; all else in dispute is shown as disputed."

    def short(self) -> str:
        """The same in a cell of a table."""
        return f"as asserted by {self.name} ({self.state})" if self.state else "disputed matters shown as disputed"

    def to_dict(self) -> dict[str, str | None]:
        """As JSON."""
        return {"state": self.state or None, "says": self.sentence()}

    def denies(self, dispute: Dispute) -> bool:
        """Whether by this viewpoint a contested state is none."""
        return bool(self.state) and dispute.matter == STATEHOOD and dispute.said_by(self.state) == NO

    def shows(self, dispute: Dispute) -> str | None:
        """How a contested state stands: `disputed`, `denied`, or None where the viewpoint recognises it."""
        if self.denies(dispute):
            return "denied"
        return "disputed" if not self.state or dispute.said_by(self.state) is None else None


def viewpoint_of(record: Record, name: str) -> Viewpoint:
    """The viewpoint of a state by any of its names; nobody's for an empty name. Raises UnknownName."""
    if not name.strip():
        return Viewpoint("", "")
    key = record.resolve(name, "state")
    return Viewpoint(key, record.name_of(key))


@lru_cache(maxsize=8)
def seen_from(record: Record, state: str) -> Record:
    """The record as one state has it: its assertions are plain claims, and others' on the same matter are left out.

    The record itself where the state asserts nothing that is not said by all.
    """
    if not speaks(record, state):
        return record
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
