"""Tells which dataset a file is: by its name as the publisher gives it, then by its columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

from indivisible.errors import FileError
from indivisible.readers import DATASETS
from indivisible.readers.dataset import Dataset, Layout, dataset
from indivisible.readers.source_file import SourceFile, look_at
from indivisible.readers.strict import column_problem


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file with the dataset and the layout it is taken to be."""

    source: SourceFile
    dataset: Dataset
    layout: Layout


def _layouts(only: str | None) -> Iterator[tuple[Dataset, Layout]]:
    for key in DATASETS:
        if only is None or key == only:
            described = dataset(key)
            for layout in described.layouts:
                yield described, layout


@cache
def headers() -> tuple[str, ...]:
    """First words of the header lines that come after other lines."""
    return tuple(sorted({layout.header for _, layout in _layouts(None) if layout.header}))


def named(path: Path, only: str | None = None) -> list[tuple[Dataset, Layout]]:
    """The layouts whose file names the path's name fits."""
    name = path.name.lower()
    return [
        (described, layout)
        for described, layout in _layouts(only)
        if any(fnmatch(name, pattern.lower()) for pattern in layout.files)
    ]


def recognise(path: Path, *, only: str | None = None) -> Recognised | None:
    """Which dataset the file is, or None if neither its name nor its columns tell.

    `only`: the dataset it is said to be. Raises FileError if the file is not a whole table, or if its columns
    fit several datasets.
    """
    source = look_at(path, headers())
    candidates = named(path, only)
    if not candidates and source.format != "xlsx":  # every workbook has the same columns: cells
        candidates = [
            (described, layout) for described, layout in _layouts(only) if not column_problem(source.columns, layout)
        ]
        keys = sorted({described.key for described, _ in candidates})
        if len(keys) > 1:
            what = f"the columns fit several datasets: {', '.join(keys)}"
            raise FileError(what, where=str(path), do="give the file the publisher's name, or say which dataset it is")
    if not candidates and only is not None:
        candidates = list(_layouts(only))
    if not candidates:
        return None
    described, layout = min(candidates, key=lambda pair: _misfit(source, pair[1]))
    return Recognised(source, described, layout)


def _misfit(source: SourceFile, layout: Layout) -> int:
    unknown = sum(layout.column(name) is None for name in source.columns)
    missing = sum(name not in source.columns for name in layout.required)
    return unknown + missing
