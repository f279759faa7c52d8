"""An answer as a printed sheet."""

from __future__ import annotations

from typing import Any

from indivisible.errors import QuestionError


def sheet_of(plain: Any) -> bytes:
    """The sheet."""
    raise QuestionError("no printed sheet yet", where="form", do="print the page")
