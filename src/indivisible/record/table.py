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
    recalled: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Schema, question, rows, the sources among them that were not seen, and digest, ready for JSON."""
        answer = {"schema": self.schema, **self.about, **self.extra, "rows": list(self.body)}
        return {**answer, **said_of_recalled(self.recalled), "record": self.record}

    def sentence(self) -> str:
        """The answer in one plain sentence."""
        return with_recalled(self.says, self.recalled)

    def rows(self) -> list[dict[str, Any]]:
        """The rows, one dict each."""
        return list(self.body)

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that the rows rest on."""
        return self.source_keys


def said_of_recalled(recalled: tuple[str, ...]) -> dict[str, Any]:
    """In the JSON of every answer: the sources it rests on that were not seen when the fact was written."""
    return {"recalled": list(recalled)}


def with_recalled(sentence: str, recalled: tuple[str, ...]) -> str:
    """The sentence, which says so where the answer rests in part on sources that nobody has looked at."""
    if not recalled:
        return sentence
    sources = "a source" if len(recalled) == 1 else f"{len(recalled)} sources"
    return f"{sentence.removesuffix('.')}; this rests in part on {sources} not seen when the fact was written."
