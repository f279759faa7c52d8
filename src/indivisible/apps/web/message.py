"""A piece of an answer, as a process that works on a slow question sends it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """A piece of an answer as a process sends it: `event`, and at the end `answer` or `error`."""

    kind: str
    body: bytes
    status: int = 200
    media: str = "application/json"
    name: str = ""

    @property
    def last(self) -> bool:
        return self.kind in ("answer", "error")
