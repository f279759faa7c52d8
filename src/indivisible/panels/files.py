"""Panels as files: Parquet with the account in its metadata, CSV, Stata; block by block, whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from indivisible.errors import FileError
from indivisible.panels.account import Account, Tally, title
from indivisible.panels.stata import write_stata

if TYPE_CHECKING:
    from indivisible.panels.blocks import Maker

Metadata = Callable[[Account], dict[str, object]]
ROWS = 500_000


def write_panel(maker: Maker, path: Path, describe: Metadata, head: int) -> Account:
    """Write the blocks of a panel to a file; the account of what was written.

    `describe`: what a Parquet file says about itself, from the account. Raises FileError for an unknown ending, a
    missing folder or a place that cannot be written.
    """
    writer = WRITERS.get(path.suffix)
    if writer is None:
        what = f"no format of panels has the ending {path.suffix or '(none)'!r}"
        raise FileError(what, where=str(path), do=f"use {', '.join(WRITERS)}")
    if not path.parent.is_dir():
        raise FileError("the folder does not exist", where=str(path.parent), do="make it first")
    tally = Tally(maker, head)
    blocks = _tallied(maker, tally)
    first = next(blocks)  # what is missing or wrong is said before a file is begun
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
        os.close(handle)
        temporary = Path(name)
        try:
            try:
                writer(temporary, _chained(first, blocks), tally, describe)
                temporary.chmod(0o644)
                os.replace(temporary, path)
            finally:
                temporary.unlink(missing_ok=True)
        finally:  # polars and Python both raise one Ctrl-C; the second arrives while the first is answered
            temporary.unlink(missing_ok=True)
    except OSError as problem:
        raise FileError(f"cannot write ({problem.strerror or problem})", where=str(path)) from None
    return tally.done()


def _tallied(maker: Maker, tally: Tally) -> Iterator[pl.DataFrame]:
    for block in maker.blocks(ROWS):
        tally.add(block)
        yield block.frame


def _chained(first: pl.DataFrame, rest: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    yield first
    yield from rest


def _parquet(path: Path, frames: Iterator[pl.DataFrame], tally: Tally, describe: Metadata) -> None:
    from polars.io.plugins import register_io_source

    first, stopped, idle = next(frames), threading.Event(), threading.Event()

    def source(
        columns: list[str] | None, predicate: pl.Expr | None, rows: int | None, size: int | None
    ) -> Iterator[pl.DataFrame]:
        try:
            for frame in _chained(first, frames):
                if stopped.is_set():
                    return
                yield frame
        finally:
            idle.set()

    def metadata(context: object) -> dict[str, str]:
        account = json.dumps(describe(tally.done()), ensure_ascii=False)  # called after the last block
        return {"indivisible": account}

    lazy = register_io_source(source, schema=first.schema)
    try:
        lazy.sink_parquet(path, compression="zstd", metadata=metadata, maintain_order=True)
    except KeyboardInterrupt:
        try:
            stopped.set()
            idle.wait(10.0)  # the program must not end while a thread of polars still makes a block
        finally:  # where the second one came in between
            stopped.set()
            idle.wait(10.0)
        raise
    except pl.exceptions.ComputeError as problem:
        if not str(problem).startswith("parquet: "):
            raise
        raise OSError("No space left on device, or the device fails") from None  # polars does not tell which


def _csv(path: Path, frames: Iterator[pl.DataFrame], tally: Tally, describe: Metadata) -> None:
    with path.open("wb") as out:
        for at, frame in enumerate(frames):
            frame.write_csv(out, include_header=at == 0)


def _stata(path: Path, frames: Iterator[pl.DataFrame], tally: Tally, describe: Metadata) -> None:
    first = next(frames)
    labels = {column.column: column.rule for column in tally.done().columns}
    with path.open("wb") as out:
        write_stata(out, _chained(first, frames), first.schema, labels, title=title(tally.maker.plan))


WRITERS = {".parquet": _parquet, ".csv": _csv, ".dta": _stata}
