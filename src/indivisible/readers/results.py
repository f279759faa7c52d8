"""What `indivisible data` answers: the list of datasets, what an import did, what a check found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from indivisible.errors import FileError
from indivisible.readers.dataset import Dataset, Window, windows_text
from indivisible.readers.home import Stored

IMPORT_RESULTS = ("imported", "already", "failed", "older", "passed over", "not recognised")
CHECK_RESULTS = ("sound", "outdated", "damaged")
Row = dict[str, Any]


def _windows(windows: tuple[Window, ...]) -> list[Row]:
    return [{"from": window.first, "to": window.last, "every": window.every} for window in windows]


@dataclass(frozen=True, slots=True)
class Entry:
    """One dataset that has a reader, and what of it is imported."""

    dataset: Dataset
    stored: Stored | None
    problem: str = ""

    def to_dict(self) -> Row:
        """The entry as JSON values."""
        stored, described = self.stored, self.dataset
        return {
            "dataset": described.key,
            "title": described.title,
            "publisher": described.publisher,
            "site": described.site,
            "terms": described.terms,
            "unit": described.unit,
            "imported": None if stored is None else stored.imported,
            "version": None if stored is None else stored.version,
            "rows": None if stored is None else stored.rows,
            "source": None if stored is None else stored.source,
            "source_sha256": None if stored is None else stored.source_sha256,
            "coverage": _windows(described.windows if stored is None else stored.coverage),
            "problem": self.problem or None,
        }

    def row(self) -> Row:
        """The entry as one row of a table."""
        stored, described = self.stored, self.dataset
        return {
            "dataset": described.key,
            "title": described.title,
            "imported": (self.problem or "no") if stored is None else stored.version,
            "rows": None if stored is None else stored.rows,
            "years": windows_text(described.windows if stored is None else stored.coverage),
            "publisher": described.publisher,
        }


@dataclass(frozen=True, slots=True)
class Listing:
    """All datasets that have a reader, alphabetical."""

    home: str
    entries: tuple[Entry, ...]

    def to_dict(self) -> Row:
        """`{"schema": "data_list/1", ...}`."""
        entries = [entry.to_dict() for entry in self.entries]
        return {"schema": "data_list/1", "home": self.home, "datasets": entries}

    def rows(self) -> list[Row]:
        """One row a dataset."""
        return [entry.row() for entry in self.entries]

    def sources(self) -> tuple[str, ...]:
        """None: an answer about files rests on no source of the record."""
        return ()

    def sentence(self) -> str:
        """How many are imported, and where they are kept."""
        count = sum(entry.stored is not None for entry in self.entries)
        verb = "is" if count == 1 else "are"
        return f"{count} of {len(self.entries)} datasets {verb} imported, in {self.home}."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: one of IMPORT_RESULTS."""

    file: str
    dataset: str | None
    result: str
    version: str = ""
    rows: int | None = None
    coverage: tuple[Window, ...] = ()
    message: str = ""

    def to_dict(self) -> Row:
        """The outcome as JSON values."""
        return {
            "file": self.file,
            "dataset": self.dataset,
            "result": self.result,
            "version": self.version or None,
            "rows": self.rows,
            "coverage": _windows(self.coverage),
            "message": self.message or None,
        }


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, file by file, in alphabetical order of datasets and files."""

    home: str
    outcomes: tuple[Outcome, ...]

    @property
    def exit_code(self) -> int:
        """0, or that of a file that cannot be read."""
        return FileError.exit_code if self.failed else 0

    @property
    def failed(self) -> bool:
        """Whether a file that was recognised could not be imported."""
        return any(outcome.result == "failed" for outcome in self.outcomes)

    def to_dict(self) -> Row:
        """`{"schema": "data_import/1", ...}`."""
        outcomes = [outcome.to_dict() for outcome in self.outcomes]
        return {"schema": "data_import/1", "home": self.home, "failed": self.failed, "files": outcomes}

    def rows(self) -> list[Row]:
        """One row a file."""
        return [
            {
                "file": outcome.file,
                "dataset": outcome.dataset,
                "result": outcome.result,
                "version": outcome.version or None,
                "rows": outcome.rows,
                "years": windows_text(outcome.coverage) if outcome.coverage else None,
                "message": outcome.message or None,
            }
            for outcome in self.outcomes
        ]

    def sources(self) -> tuple[str, ...]:
        """None: an answer about files rests on no source of the record."""
        return ()

    def sentence(self) -> str:
        """How many files met which fate."""
        counts = Counter(outcome.result for outcome in self.outcomes)
        parts = [f"{counts[result]} {result}" for result in IMPORT_RESULTS if counts[result]]
        tail = " A dataset that failed is as it was before." if self.failed else ""
        return f"Of {len(self.outcomes)} files: {', '.join(parts) or 'none to import'}.{tail}"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found about one imported dataset: one of CHECK_RESULTS."""

    dataset: str
    result: str
    version: str = ""
    rows: int | None = None
    message: str = ""

    def to_dict(self) -> Row:
        """The finding as JSON values."""
        return {
            "dataset": self.dataset,
            "result": self.result,
            "version": self.version or None,
            "rows": self.rows,
            "message": self.message or None,
        }


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Whether every imported dataset is still what was imported."""

    home: str
    findings: tuple[Checked, ...]

    @property
    def exit_code(self) -> int:
        """0, or that of a file that cannot be read."""
        return FileError.exit_code if self.failed else 0

    @property
    def failed(self) -> bool:
        """Whether any dataset is damaged."""
        return any(found.result == "damaged" for found in self.findings)

    def to_dict(self) -> Row:
        """`{"schema": "data_check/1", ...}`."""
        findings = [found.to_dict() for found in self.findings]
        return {"schema": "data_check/1", "home": self.home, "failed": self.failed, "datasets": findings}

    def rows(self) -> list[Row]:
        """One row an imported dataset."""
        return [found.to_dict() for found in self.findings]

    def sources(self) -> tuple[str, ...]:
        """None: an answer about files rests on no source of the record."""
        return ()

    def sentence(self) -> str:
        """How many are sound."""
        if not self.findings:
            return f"Nothing is imported in {self.home}."
        counts = Counter(found.result for found in self.findings)
        parts = [f"{counts[result]} {result}" for result in CHECK_RESULTS if counts[result]]
        return f"Of {len(self.findings)} imported datasets: {', '.join(parts)}."
