"""Opening the record: the claims that ship, and a user's own laid over them."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from zipfile import BadZipFile

from indivisible.errors import FileError, RecordError
from indivisible.record.claim import Field, Source
from indivisible.record.columns import Columns, pack, restore, save
from indivisible.record.record import Record

FACTS = Path(__file__).parent / "facts"
VOCABULARY = Path(__file__).parent / "fields.csv"
SOURCE_HEADER = ("source", "title", "publisher", "published", "kind", "licence", "url", "note")
FIELD_HEADER = ("field", "subjects", "objects", "value_type", "values", "span", "description")
LAYOUT = 1  # raised when the packed layout changes, so that an older cache is never read


def load(*, overlays: Sequence[str | os.PathLike[str]] = (), facts: Path = FACTS) -> Record:
    """The record that ships, with each overlay folder of claims and sources laid over it in turn.

    A claim of an overlay with the same subject, field, object and value as a claim below replaces it; any other
    is added. The digest covers every file read. Raises FileError for a folder that is not there and RecordError for a
    broken row.
    """
    folders = [facts, *map(Path, overlays)]
    for folder in folders:
        if not folder.is_dir():
            raise FileError("no such folder", where=str(folder), do="give a folder of facts files")
    layers = [sorted(_files(folder)) for folder in folders]
    digest = _digest([VOCABULARY.read_bytes()], layers)
    fields = read_fields(VOCABULARY.read_bytes())
    sources: dict[str, Source] = {}
    for files in layers:
        for name, data in files:
            if name.startswith("sources/"):
                sources.update(read_sources(name, data))
    columns = _columns(layers, fields, digest)
    return Record(columns, sources=sources, fields=fields, digest=digest, overlays=[str(f) for f in folders[1:]])


def _files(folder: Path) -> Iterable[tuple[str, bytes]]:
    for path in folder.rglob("*.csv"):
        yield path.relative_to(folder).as_posix(), path.read_bytes()


def _digest(extra: Iterable[bytes], layers: Sequence[Sequence[tuple[str, bytes]]]) -> str:
    total = hashlib.sha256()
    for data in extra:
        total.update(hashlib.sha256(data).digest())
    for number, files in enumerate(layers):
        for name, data in files:
            total.update(f"{number}/{name}".encode() + hashlib.sha256(data).digest())
    return f"sha256:{total.hexdigest()}"


def _columns(layers: Sequence[Sequence[tuple[str, bytes]]], fields: dict[str, Field], digest: str) -> Columns:
    path = cache_folder() / f"record-{LAYOUT}-{digest[7:39]}.npz"
    try:
        return restore(path)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        pass  # no packed copy, or a damaged one: pack anew
    kinds = {name: field.span for name, field in fields.items()}
    base = [(name, data) for name, data in layers[0] if not name.startswith("sources/")]
    for number, files in enumerate(layers[1:], start=1):
        over = [(f"overlay{number}/{name}", data) for name, data in files if not name.startswith("sources/")]
        base = _lay_over(base, over)
    columns = pack(base, kinds)
    with contextlib.suppress(OSError):  # a read-only home only costs time
        save(columns, path)
    return columns


def _lay_over(base: list[tuple[str, bytes]], over: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Blank every base row that an overlay row replaces, keeping line numbers, then append the overlay."""
    from indivisible.record.columns import read_rows

    replaced = {tuple(row[:4]) for name, data in over for _, row in read_rows(name, data)}
    if not replaced:
        return base + over
    kept: list[tuple[str, bytes]] = []
    for name, data in base:
        rows = list(read_rows(name, data))
        if any(tuple(row[:4]) in replaced for _, row in rows):
            out = io.StringIO()
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(data.decode().splitlines()[0].split(","))
            writer.writerows(row for _, row in rows if tuple(row[:4]) not in replaced)
            data = out.getvalue().encode()
        kept.append((name, data))
    return kept + over


def cache_folder() -> Path:
    """Where packed records are kept: $INDIVISIBLE_CACHE, or the user's cache folder."""
    if own := os.environ.get("INDIVISIBLE_CACHE"):
        return Path(own)
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("indivisible"))


def read_sources(name: str, data: bytes) -> dict[str, Source]:
    """Sources of one file by key."""
    rows = _table(name, data, SOURCE_HEADER)
    return {row[0]: Source(*row) for row in rows}


def read_fields(data: bytes) -> dict[str, Field]:
    """The vocabulary by field name."""
    rows = _table("fields.csv", data, FIELD_HEADER)
    return {
        name: Field(name, tuple(s.split()), tuple(o.split()), value_type, tuple(values.split()), span, description)
        for name, s, o, value_type, values, span, description in rows
    }


def _table(name: str, data: bytes, header: tuple[str, ...]) -> list[list[str]]:
    reader = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    first = next(reader, None)
    if first is None or tuple(first) != header:
        raise RecordError("the header is not right", where=f"{name}:1", do=f"write {','.join(header)}")
    rows = []
    for row in reader:
        if len(row) != len(header):
            raise RecordError(f"{len(row)} columns instead of {len(header)}", where=f"{name}:{reader.line_num}")
        rows.append(row)
    return rows
