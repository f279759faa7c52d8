"""Where imported datasets are kept, and how they get there without ever being half there.

A table is written under a name made from its own contents, then a small JSON file, which alone makes it
count, is replaced in one step. Whatever stops the program in between, the previous import is untouched.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from indivisible.errors import FileError
from indivisible.readers.dataset import Window
from indivisible.readers.source_file import sha256_of

SCHEMA = "dataset/1"
_STALE_SECONDS = 3600.0  # a temporary file older than this belongs to no running import


@dataclass(frozen=True, slots=True)
class Stored:
    """What is known of one imported table; written beside it as JSON."""

    dataset: str
    version: str
    layout: str
    reader: int
    table: str  # file name beside this one
    table_sha256: str
    rows: int
    columns: Mapping[str, str]
    coverage: tuple[Window, ...]
    source: str  # name of the file that was imported
    source_sha256: str
    beside: tuple[str, ...]  # SHA-256 of other files of the same dataset that were passed over for this one
    imported: str  # day
    warning: str = ""


def data_home(home: Path | None = None) -> Path:
    """The folder of imported data: the argument, else $INDIVISIBLE_HOME, else the platform's user data folder."""
    if home is not None:
        return home / "data"
    named = os.environ.get("INDIVISIBLE_HOME")
    if named:
        return Path(named).expanduser() / "data"
    from platformdirs import user_data_dir

    return Path(user_data_dir("indivisible")) / "data"


def read_stored(dataset: str, home: Path | None = None) -> Stored | None:
    """What is imported of a dataset, or None. Raises FileError if the note about it is damaged."""
    path = data_home(home) / f"{dataset}.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, OSError):
        raise FileError("the note about an import is damaged", where=str(path), do="import the dataset again") from None
    try:
        if data.pop("schema") != SCHEMA:
            raise KeyError("schema")
        windows = tuple(Window(*window) for window in data.pop("coverage"))
        return Stored(coverage=windows, beside=tuple(data.pop("beside")), **data)
    except (KeyError, TypeError, AttributeError):
        what = "the note about an import was written by another version of this program"
        raise FileError(what, where=str(path), do="import the dataset again") from None


def table_path(stored: Stored, home: Path | None = None) -> Path:
    """The Parquet file of an import."""
    return data_home(home) / stored.table


def store(
    dataset: str,
    write: Callable[[Path], None],
    describe: Callable[[str, str], Stored],
    home: Path | None = None,
) -> Stored:
    """Keep a table: `write` writes it to a path, `describe` makes its note from file name and SHA-256.

    Until the note is replaced, the previous import is what counts.
    """
    folder = data_home(home)
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder, dataset)
    before = _previous(dataset, home)
    handle, name = tempfile.mkstemp(prefix=f".{dataset}-", suffix=".tmp", dir=folder)
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        _flush(temporary)
        digest = sha256_of(temporary)
        table = f"{dataset}-{digest[:16]}.parquet"
        stored = describe(table, digest)
        temporary.chmod(0o644)
        os.replace(temporary, folder / table)
        _write_note(folder, stored)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if before is not None and before.table != stored.table:
        (folder / before.table).unlink(missing_ok=True)
    return stored


def _previous(dataset: str, home: Path | None) -> Stored | None:
    try:
        return read_stored(dataset, home)
    except FileError:
        return None  # a damaged note is about to be replaced


def _write_note(folder: Path, stored: Stored) -> None:
    data: dict[str, Any] = {"schema": SCHEMA, **asdict(stored)}
    data["coverage"] = [[window.first, window.last, window.every] for window in stored.coverage]
    handle, name = tempfile.mkstemp(prefix=f".{stored.dataset}-", suffix=".tmp", dir=folder)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(data, out, indent=1, ensure_ascii=False)
            out.write("\n")
            out.flush()
            os.fsync(out.fileno())
        temporary.chmod(0o644)
        os.replace(temporary, folder / f"{stored.dataset}.json")
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _flush_folder(folder)


def _flush(path: Path) -> None:
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())


def _flush_folder(folder: Path) -> None:
    if os.name != "posix":
        return  # only POSIX lets a program flush a folder
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(folder: Path, dataset: str) -> None:
    """Remove what a killed import of this dataset left behind; a running one's files are young and stay."""
    try:
        counted = read_stored(dataset, folder.parent)
    except FileError:
        return
    keep = counted.table if counted else ""
    old = time.time() - _STALE_SECONDS
    for path in (*folder.glob(f".{dataset}-*.tmp"), *folder.glob(f"{dataset}-*.parquet")):
        if path.name != keep and path.stat().st_mtime < old:
            path.unlink(missing_ok=True)
