"""Says at once which of the datasets that a question needs are not imported, and how to get them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from indivisible.errors import MissingData
from indivisible.readers.dataset import dataset
from indivisible.readers.home import read_stored


def need(keys: Iterable[str], *, home: Path | None = None) -> None:
    """Raise MissingData that names every dataset of these that is not imported, each with where to get it."""
    missing = [dataset(key) for key in sorted(set(keys)) if read_stored(key, home) is None]
    if not missing:
        return
    if len(missing) == 1:
        (one,) = missing
        do = f"get it from {one.site}, then: indivisible data import FILE"
        raise MissingData(f"{one.title} ({one.key}) is not imported", do=do)
    named = "; ".join(f"{one.title} ({one.key}), from {one.site}" for one in missing)
    do = "get them, then for each file, or once for their folder: indivisible data import FILE_OR_FOLDER"
    raise MissingData(f"{len(missing)} datasets are not imported: {named}", do=do)
