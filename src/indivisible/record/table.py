"""A plain table with a sentence above it: the form of every answer that has no shape of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Table:
    """Rows under one sentence, with the question that was asked, the sources used and the record's digest.

    Where `cards` names columns, a row is too long for a line: it is printed as a card headed by those columns.
    """

    schema: str
    about: Mapping[str, Any]
    says: str
    body: tuple[dict[str, Any], ...]
    record: str
    source_keys: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    cards: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Schema, question, rows and digest, ready for JSON."""
        return {"schema": self.schema, **self.about, **self.extra, "rows": list(self.body), "record": self.record}

    def sentence(self) -> str:
        """The answer in one plain sentence."""
        return self.says

    def rows(self) -> list[dict[str, Any]]:
        """The rows, one dict each."""
        return list(self.body)

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that the rows rest on."""
        return self.source_keys
