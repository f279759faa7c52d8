"""What can go wrong, as one small tree; every error says what, where and what to do next.

    IndivisibleError              exit code 1
    ├── QuestionError             exit code 2   the question cannot be understood: unknown name, impossible date
    │   └── UnknownName                         with near names
    ├── FileError                 exit code 3   a file of the user's cannot be read: malformed, truncated, wrong column
    ├── RecordError               exit code 4   the record breaks one of its written rules
    ├── ChangeError               exit code 5   a change contradicts the record or itself (`already_so`, `not_so`)
    └── MissingData               exit code 6   the answer needs a dataset that is not imported

An expected outcome (unknown, tie, not applicable) is a value, not an error.
"""

from __future__ import annotations

from collections.abc import Sequence


class IndivisibleError(Exception):
    """Base of all errors: `what` happened, `where` (file, row, field), and `do`, the next step."""

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", do: str = "") -> None:
        self.what, self.where, self.do = what, where, do
        place = f"{where}: " if where else ""
        step = f" ({do})" if do else ""
        super().__init__(f"{place}{what}{step}")


class QuestionError(IndivisibleError):
    """The question cannot be understood."""

    exit_code = 2


class UnknownName(QuestionError):
    """A name that the record does not know; `near` holds the names it may have meant."""

    def __init__(self, name: str, kind: str, near: Sequence[str] = ()) -> None:
        self.name, self.kind, self.near = name, kind, tuple(near)
        listed = {"state": "states", "organization": "organizations", "treaty": "treaties", "change": "changes"}
        where = f"indivisible list {listed[kind]}" if kind in listed else "indivisible list --help"
        near_text = f"near names: {', '.join(near)}" if near else f"see: {where}"
        super().__init__(f"no {kind} is called {name!r} in the record", do=near_text)


class FileError(IndivisibleError):
    """A file cannot be read as what it claims to be."""

    exit_code = 3


class RecordError(IndivisibleError):
    """The record breaks one of its written rules."""

    exit_code = 4


class ChangeError(IndivisibleError):
    """A change contradicts the record or itself; `reason` is a short code such as `already_so`."""

    exit_code = 5

    def __init__(self, what: str, *, reason: str, where: str = "", do: str = "") -> None:
        self.reason = reason
        super().__init__(f"{reason}: {what}", where=where, do=do)


class MissingData(IndivisibleError):
    """The answer needs data that are not imported."""

    exit_code = 6
