"""An answer with the ways to take it away, as every method of a desk gives it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from indivisible.record.cite import bibtex
from indivisible.record.record import Record
from indivisible.report.answer import Answer
from indivisible.report.files import to_polars, write

if TYPE_CHECKING:
    from pathlib import Path


class Question:
    """An answer with the ways to take it away: `.to_dict()`, `.to_polars()`, `.cite()`, `.save(path)`.

    Everything else (`members`, `rows()`, `sentence()` ...) is the answer's own.
    """

    def __init__(self, answer: Answer, record: Record) -> None:
        self.answer = answer
        self._record = record

    def __getattr__(self, name: str) -> Any:
        return getattr(self.answer, name)

    def __repr__(self) -> str:
        return f"<{self.answer.sentence()}>"

    def to_polars(self) -> Any:
        """The rows as a polars DataFrame."""
        return to_polars(self.answer)

    def cite(self) -> str:
        """BibTeX of the sources that the answer rests on."""
        own = getattr(self.answer, "cite", None)  # an answer from imported data cites their publishers
        return str(own()) if own is not None else bibtex(self._record, self.answer.sources())

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the answer as .csv, .parquet, .dta, .json or .html."""
        return write(self.answer, path)


class Assessed(Question):
    """An assessment, which can also be saved as a run."""

    def save_run(self, path: str | os.PathLike[str]) -> Path:
        """Keep all that is needed to get the same answer again."""
        from indivisible.apps.assessing import save_run

        return save_run(self.answer, path)  # type: ignore[arg-type]
