"""A body that a change file founds: its members and its rule, as the founding step writes them."""

from __future__ import annotations

from indivisible.errors import QuestionError
from indivisible.record.record import Record
from indivisible.rules.procedure import Council


def charter(record: Record, change: str, body: str) -> Council:
    """The council of a body that a change founds. Raises QuestionError where the change founds no such body."""
    raise QuestionError(f"{change} founds no body called {body!r}", do="name a change with a step `do: found`")
