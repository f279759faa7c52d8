"""Opening the record: the claims that ship, and a user's own laid over them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from zipfile import BadZipFile

from indivisible.errors import FileError, RecordError
from indivisible.record.claim import Field, Source
from indivisible.record.columns import HEADER, OVERLAY, Columns, Rows, pack, restore, save, table_rows
from indivisible.record.record import Record

FACTS = Path(__file__).parent / "facts"
VOCABULARY = Path(__file__).parent / "fields.csv"
SOURCE_HEADER = ("source", "title", "publisher", "published", "kind", "licence", "url", "note")
FIELD_HEADER = ("field", "subjects", "objects", "value_type", "values", "span", "description")
LAYOUT = 1  # raised when the packed layout changes, so that an older cache is never read


def load(
    *, overlays: Sequence[str | os.PathLike[str]] = (), facts: Path = FACTS, faulty_overlays: bool = False
) -> Record:
    """The record that ships, with each overlay folder of claims and sources laid over it in turn.

    A claim of an overlay with the same subject, field, object, value and speaker as a claim below replaces it;
    any other is added. The digest covers every file read. Raises FileError for a folder or file that cannot be read and
    RecordError for a broken row, or a claim of an overlay that breaks a rule of the record unless `faulty_overlays`.
    """
    folders = [facts, *map(Path, overlays)]
    layers = [_files(folder) for folder in folders]
    digest = _digest([VOCABULARY.read_bytes()], layers)
    fields = read_fields(VOCABULARY.read_bytes())
    sources: dict[str, Source] = {}
    for number, files in enumerate(layers):
        for name, data in files:
            if name.startswith("sources/"):
                sources.update(read_sources(_named(number, name), data))

    def record_of(columns: Columns) -> Record:
        return Record(columns, sources=sources, fields=fields, digest=digest, overlays=[str(f) for f in folders[1:]])

    path = cache_folder() / f"record-{LAYOUT}-{digest[7:39]}.npz"
    try:
        return record_of(restore(path))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error, AttributeError, TypeError):
        pass  # no packed copy, or a damaged one: pack anew
    record = record_of(_packed(layers, fields))
    sound = _sound(record, refuse=not faulty_overlays)
    with contextlib.suppress(OSError):  # a read-only home only costs time
        if sound:
            save(record.columns, path)
    return record


def _sound(record: Record, *, refuse: bool) -> bool:
    """Whether the claims of overlays keep the rules; those that ship are checked when they are written."""
    from indivisible.record.check import faults_of_overlays

    faults = faults_of_overlays(record) if record.overlays else []
    if faults and refuse:
        more = "" if len(faults) == 1 else f"; and {len(faults) - 1} more"
        do = "see them all: indivisible record check --overlay DIR"
        raise RecordError(f"{faults[0].what}{more}", where=faults[0].where, do=do)
    return not faults


def _files(folder: Path) -> list[tuple[str, bytes]]:
    """Every facts file of a folder, by name; FileError for a folder without any, or a file that cannot be read."""
    if not folder.is_dir():
        raise FileError("no such folder", where=str(folder), do="give a folder of facts files")
    found = []
    for path in sorted(folder.rglob("*.csv")):
        try:
            found.append((path.relative_to(folder).as_posix(), path.read_bytes()))
        except OSError as problem:
            raise FileError(f"cannot be read ({problem.strerror})", where=str(path), do="check the file") from None
    if not found:
        raise FileError("no CSV file is in this folder", where=str(folder), do="give a folder of facts files")
    return sorted(found)


def _named(layer: int, name: str) -> str:
    """The name of a file as addresses show it: those of overlays begin with `overlay1/`, `overlay2/` ..."""
    return f"{OVERLAY}{layer}/{name}" if layer else name


def _digest(extra: Iterable[bytes], layers: Sequence[Sequence[tuple[str, bytes]]]) -> str:
    total = hashlib.sha256()
    for data in extra:
        total.update(hashlib.sha256(data).digest())
    for number, files in enumerate(layers):
        for name, data in files:
            total.update(f"{number}/{name}".encode() + hashlib.sha256(data).digest())
    return f"sha256:{total.hexdigest()}"


def _packed(layers: Sequence[Sequence[tuple[str, bytes]]], fields: dict[str, Field]) -> Columns:
    """The claims of all layers in columns; a row that a later layer replaces is left out."""
    kept: list[tuple[str, Rows]] = []
    for number, files in enumerate(layers):
        over = [
            (_named(number, name), list(table_rows(_named(number, name), data, HEADER)))
            for name, data in files
            if not name.startswith("sources/")
        ]
        replaced = {_identity(row) for _, rows in over for _, row in rows} if number else set()
        if replaced:
            kept = [(name, [pair for pair in rows if _identity(pair[1]) not in replaced]) for name, rows in kept]
        kept += over
    return pack(kept, {name: field.span for name, field in fields.items()})


def _identity(row: list[str]) -> tuple[str, ...]:
    """What a claim must share with another to replace it; nobody's claim replaces what another speaker asserts."""
    return (*row[:4], row[HEADER.index("speaker")])


def cache_folder() -> Path:
    """Where packed records are kept: $INDIVISIBLE_CACHE, or the user's cache folder."""
    if own := os.environ.get("INDIVISIBLE_CACHE"):
        return Path(own)
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("indivisible"))


def read_sources(name: str, data: bytes) -> dict[str, Source]:
    """Sources of one file by key."""
    return {row[0]: Source(*row) for _, row in table_rows(name, data, SOURCE_HEADER)}


def read_fields(data: bytes) -> dict[str, Field]:
    """The vocabulary by field name."""
    rows = [row for _, row in table_rows("fields.csv", data, FIELD_HEADER)]
    return {
        name: Field(name, tuple(s.split()), tuple(o.split()), value_type, tuple(values.split()), span, description)
        for name, s, o, value_type, values, span, description in rows
    }
