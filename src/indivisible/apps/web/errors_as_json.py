"""Mistakes as the page gets them: what, where and what to do as JSON, with the right status."""

from __future__ import annotations

from typing import Any

from indivisible.apps.web.limits import Busy, TooLarge, TooSlow
from indivisible.errors import (
    ChangeError,
    FileError,
    IndivisibleError,
    MissingData,
    QuestionError,
    RecordError,
    UnknownName,
)

STATUS: tuple[tuple[type[IndivisibleError], int, str], ...] = (
    (UnknownName, 404, "unknown_name"),
    (QuestionError, 400, "question"),
    (FileError, 422, "file"),
    (ChangeError, 409, "change"),
    (MissingData, 424, "missing_data"),
    (TooLarge, 413, "too_large"),
    (Busy, 503, "busy"),
    (TooSlow, 504, "too_slow"),
    (RecordError, 500, "record"),
)
"""The first that fits."""


def described(problem: IndivisibleError) -> tuple[int, dict[str, Any]]:
    """The status of an error, and its JSON."""
    for kind, status, word in STATUS:
        if isinstance(problem, kind):
            near = list(problem.near) if isinstance(problem, UnknownName) else []
            reason = problem.reason if isinstance(problem, ChangeError) else None
            return status, error_of(problem.what, where=problem.where, do=problem.do, kind=word, near=near,
                                    reason=reason)  # fmt: skip
    return 500, error_of(problem.what, where=problem.where, do=problem.do, kind="program")


def error_of(
    what: str, *, where: str = "", do: str = "", kind: str, near: list[str] | None = None, reason: str | None = None
) -> dict[str, Any]:
    """The JSON shape error/1."""
    return {"schema": "error/1", "error": what, "where": where, "do": do, "kind": kind, "near": near or [],
            "reason": reason}  # fmt: skip


def fault(problem: Exception) -> dict[str, Any]:
    """A fault of the program itself, without its insides."""
    return error_of(
        f"a fault of the program itself: {type(problem).__name__}", kind="program",
        do="please report it; the terminal of `indivisible serve` shows more",
    )  # fmt: skip
