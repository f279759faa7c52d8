"""What every answer can do: say itself in a sentence, in rows, as JSON, and name its sources."""

from __future__ import annotations

from typing import Any, Protocol


class Answer(Protocol):
    """The shape of every answer; whatever has it can be printed and written."""

    def to_dict(self) -> dict[str, Any]: ...
    def sentence(self) -> str: ...
    def rows(self) -> list[dict[str, Any]]: ...
    def sources(self) -> tuple[str, ...]: ...
