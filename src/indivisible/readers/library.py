"""The user's own shelf of outside data: list what can be read, import files, check what was imported, open a table.

A dataset either is imported whole or stays as it was; a file that was imported before is skipped, so that an
import which was stopped can simply be started again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from indivisible.errors import FileError, MissingData
from indivisible.readers import DATASETS
from indivisible.readers.archive import unpacked
from indivisible.readers.coverage import known
from indivisible.readers.dataset import Dataset, Window, dataset
from indivisible.readers.home import Stored, data_home, read_stored, store, table_path
from indivisible.readers.recognise import Recognised, recognise
from indivisible.readers.results import Checked, CheckReport, Entry, ImportReport, Listing, Outcome
from indivisible.readers.source_file import SUFFIXES, sha256_of

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: file number `done` of `total` is being looked at."""

    file: str
    dataset: str | None
    done: int
    total: int

    def __str__(self) -> str:
        name = self.file if self.dataset is None else f"{self.dataset}: {self.file}"
        return f"[{self.done}/{self.total}] {name}"


Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that was read and found whole, not yet kept."""

    recognised: Recognised
    sha256: str
    frame: pl.DataFrame
    version: str
    first_year: int | None
    last_year: int | None


def list_datasets(*, home: Path | None = None) -> Listing:
    """Every dataset that has a reader, with what of it is imported."""
    return Listing(str(data_home(home)), tuple(_entry(key, home) for key in DATASETS))


def _entry(key: str, home: Path | None) -> Entry:
    try:
        return Entry(dataset(key), read_stored(key, home))
    except FileError as problem:
        return Entry(dataset(key), None, str(problem))


def open_table(key: str, *, home: Path | None = None) -> pl.LazyFrame:
    """The imported table of a dataset.

    Raises MissingData with the next step if it is not imported, FileError if it is not what was imported.
    """
    import polars as pl

    described = known(key)
    stored = read_stored(key, home)
    if stored is None:
        do = f"get it from {described.site}, then: indivisible data import FILE"
        raise MissingData(f"{described.title} ({key}) is not imported", do=do)
    path = table_path(stored, home)
    if not path.is_file():
        raise MissingData(f"the imported table of {key} is gone", where=str(path), do="import the dataset again")
    if sha256_of(path) != stored.table_sha256:
        raise FileError(f"the imported table of {key} is damaged", where=str(path), do="import the dataset again")
    return pl.scan_parquet(path)


def import_path(
    path: str | Path,
    *,
    dataset: str | None = None,
    home: Path | None = None,
    progress: Report | None = None,
) -> ImportReport:
    """Import a file, or every file of a folder or zip archive that is recognised.

    `dataset`: what the file is, where neither name nor columns tell. A single file that cannot be imported
    raises FileError; in a folder it is reported, and the others are imported all the same.
    """
    if dataset is not None:
        known(dataset)
    path = Path(path).expanduser()
    if path.is_dir():
        return _import_folder(path, dataset, home, progress)
    if not path.exists():
        raise FileError("there is no such file or folder", where=str(path), do="check the name")
    if path.suffix.lower() == ".zip":
        with unpacked(path) as folder:
            return _import_folder(folder, dataset, home, progress)
    _tell(progress, path, dataset, 0, 1)
    found = recognise(path, only=dataset)
    if found is None:
        what = "neither the name nor the columns are those of a dataset with a reader"
        raise FileError(what, where=str(path), do="see: indivisible data list")
    outcome = _already(found, home) or _keep(_read(found), (), home)
    _tell(progress, path, found.dataset.key, 1, 1)
    return ImportReport(str(data_home(home)), (outcome,))


def _import_folder(folder: Path, only: str | None, home: Path | None, progress: Report | None) -> ImportReport:
    files = sorted(one for one in folder.rglob("*") if one.suffix.lower() in SUFFIXES and one.is_file())
    if not files:
        what = "no CSV, Parquet, Stata or Excel file is in this folder"
        raise FileError(what, where=str(folder), do="check the name; import a zip archive by itself")
    archives = sorted(one.name for one in folder.rglob("*.zip"))
    message = "an archive inside a folder is not opened: import it by itself"
    outcomes = [Outcome(name, None, "not recognised", message=message) for name in archives]
    groups: dict[str, list[Recognised]] = {}
    for path in files:
        try:
            found = recognise(path, only=only)
        except FileError as problem:
            key = _by_name(path, only)
            outcomes.append(Outcome(path.name, key, "failed" if key else "not recognised", message=str(problem)))
            continue
        if found is None:
            outcomes.append(Outcome(path.name, None, "not recognised"))
        else:
            groups.setdefault(found.dataset.key, []).append(found)
    done, total = len(outcomes), len(files) + len(archives)
    for key in sorted(groups):
        _tell(progress, groups[key][0].source.path, key, done, total)
        outcomes += _import_group(groups[key], home)
        done += len(groups[key])
    _tell(progress, folder, None, total, total)
    ordered = sorted(outcomes, key=lambda one: (one.dataset is None, one.dataset or "", one.file))
    return ImportReport(str(data_home(home)), tuple(ordered))


def _by_name(path: Path, only: str | None) -> str | None:
    from indivisible.readers.recognise import named

    keys = {described.key for described, _ in named(path, only)}
    return keys.pop() if len(keys) == 1 else only


def _tell(progress: Report | None, path: Path, key: str | None, done: int, total: int) -> None:
    if progress is not None:
        progress(Progress(path.name, key, done, total))


def _import_group(group: list[Recognised], home: Path | None) -> list[Outcome]:
    """Import the file of one dataset in a folder; of several, the one that reaches furthest."""
    if len(group) == 1:
        return [_import_one(group[0], home)]
    hashes = {found.source.path: sha256_of(found.source.path) for found in group}
    stored = _stored_or_none(group[0].dataset.key, home)
    if stored is not None and {stored.source_sha256, *stored.beside} >= set(hashes.values()):
        return [_as_stored(found, stored, hashes[found.source.path]) for found in group]
    read: list[_Read] = []
    outcomes: list[Outcome] = []
    for found in group:
        try:
            read.append(_read(found))
        except FileError as problem:
            outcomes.append(Outcome(found.source.path.name, found.dataset.key, "failed", message=str(problem)))
    if not read:
        return outcomes
    best = max(read, key=lambda one: (one.last_year or 0, -len(one.recognised.source.path.name)))
    others = tuple(one for one in read if one is not best)
    outcomes.append(_keep_unless_older(best, tuple(one.sha256 for one in others), home))
    name = best.recognised.source.path.name
    for one in others:
        file = one.recognised.source.path.name
        message = f"{name} of the same dataset was taken; import this file itself to use it instead"
        outcomes.append(Outcome(file, best.recognised.dataset.key, "passed over", one.version, message=message))
    return outcomes


def _as_stored(found: Recognised, stored: Stored, sha256: str) -> Outcome:
    result = "already" if sha256 == stored.source_sha256 else "passed over"
    version, rows = (stored.version, stored.rows) if result == "already" else ("", None)
    coverage = stored.coverage if result == "already" else ()
    return Outcome(found.source.path.name, found.dataset.key, result, version, rows, coverage)


def _import_one(found: Recognised, home: Path | None) -> Outcome:
    try:
        already = _already(found, home)
        return already or _keep_unless_older(_read(found), (), home)
    except (FileError, OSError) as problem:
        return Outcome(found.source.path.name, found.dataset.key, "failed", message=str(problem))


def _stored_or_none(key: str, home: Path | None) -> Stored | None:
    """What is imported, if its note is sound, its table is what was imported and its reader is today's."""
    try:
        stored = read_stored(key, home)
    except FileError:
        return None
    if stored is None or stored.reader != dataset(key).reader:
        return None
    path = table_path(stored, home)
    return stored if path.is_file() and sha256_of(path) == stored.table_sha256 else None


def _already(found: Recognised, home: Path | None) -> Outcome | None:
    stored = _stored_or_none(found.dataset.key, home)
    if stored is None or stored.source_sha256 != sha256_of(found.source.path):
        return None
    return _as_stored(found, stored, stored.source_sha256)


def _keep_unless_older(read: _Read, beside: tuple[str, ...], home: Path | None) -> Outcome:
    """Keep the table unless a file that reaches further is imported: a folder never takes data away."""
    described = read.recognised.dataset
    stored = _stored_or_none(described.key, home)
    ends = [window.last for window in stored.coverage if window.last is not None] if stored else []
    if stored and ends and read.last_year is not None and read.last_year < max(ends):
        message = f"version {stored.version} is imported; import this file itself to use it instead"
        return Outcome(read.recognised.source.path.name, described.key, "older", read.version, message=message)
    return _keep(read, beside, home)


def _read(found: Recognised) -> _Read:
    """Read, check and normalise a file. Raises FileError."""
    from indivisible.readers.normal import made_normal, years_of
    from indivisible.readers.strict import read_strictly

    sha256 = sha256_of(found.source.path)
    raw = read_strictly(found.source, found.layout)
    last_told = years_of(raw, found.layout.last_year)[1]
    reader = import_module(f"indivisible.readers.{found.dataset.key}.read")
    frame = made_normal(reader.read, raw, found.layout.name, found.dataset, str(found.source.path))
    first, last = years_of(frame, "year")
    last_year = last if last is not None else last_told
    return _Read(found, sha256, frame, found.layout.version_of(last_year), first, last_year)


def _keep(read: _Read, beside: tuple[str, ...], home: Path | None) -> Outcome:
    import polars as pl

    found, frame = read.recognised, read.frame
    coverage, warning = _coverage(found.dataset, read.first_year, read.last_year)

    def describe(table: str, digest: str) -> Stored:
        return Stored(
            dataset=found.dataset.key,
            version=read.version,
            layout=found.layout.name,
            reader=found.dataset.reader,
            table=table,
            table_sha256=digest,
            rows=frame.height,
            columns={name: str(kind) for name, kind in frame.schema.items()},
            coverage=coverage,
            source=found.source.path.name,
            source_sha256=read.sha256,
            beside=beside,
            imported=date.today().isoformat(),
            warning=warning,
        )

    def write(path: Path) -> None:
        try:
            frame.write_parquet(path, compression="zstd", statistics=True)
        except pl.exceptions.PolarsError as problem:
            raise FileError(f"cannot write the table ({problem})", where=str(path.parent)) from None

    stored = store(found.dataset.key, write, describe, home)
    return Outcome(stored.source, stored.dataset, "imported", stored.version, stored.rows, coverage, warning)


def _coverage(described: Dataset, first: int | None, last: int | None) -> tuple[tuple[Window, ...], str]:
    """The declared windows, closed at the file's last year; a panel's are cut to the years that the file has."""
    panel = described.kind == "panel" and first is not None and last is not None
    windows: list[Window] = []
    for window in described.windows:
        end = last if window.last is None else window.last
        begin = window.first
        if panel and first is not None and last is not None:
            end = last if end is None else min(end, last)
            begin += max(0, (first - begin) // window.every) * window.every
        if end is None or begin <= end:
            windows.append(Window(begin, end, window.every))
    declared = [window.last for window in described.windows if window.last is not None]
    warning = ""
    if panel and declared and last is not None and last < max(declared):
        warning = f"the file ends in {last}, the published data in {max(declared)}: later years stay unknown"
    return tuple(windows), warning


def check(*, home: Path | None = None, datasets: Iterable[str] = DATASETS) -> CheckReport:
    """Whether every imported dataset is still what was imported: contents, rows, columns and coverage."""
    findings = tuple(found for key in sorted(datasets) if (found := _check_one(key, home)) is not None)
    return CheckReport(str(data_home(home)), findings)


def _check_one(key: str, home: Path | None) -> Checked | None:
    described = known(key)
    try:
        stored = read_stored(key, home)
    except FileError as problem:
        return Checked(key, "damaged", message=str(problem))
    if stored is None:
        return None
    from indivisible.readers.normal import problem_of

    wrong = problem_of(stored, table_path(stored, home), described)
    if wrong:
        return Checked(key, "damaged", stored.version, stored.rows, f"{wrong}; import the dataset again")
    if stored.reader != described.reader:
        message = f"read by reader {stored.reader}, now {described.reader}; import the dataset again"
        return Checked(key, "outdated", stored.version, stored.rows, message)
    return Checked(key, "sound", stored.version, stored.rows, stored.warning)


def describe_datasets() -> str:
    """The reference page of all datasets, in Markdown."""
    from indivisible.readers.reference import datasets_page

    return datasets_page()
