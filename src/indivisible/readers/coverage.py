"""Which years a dataset speaks about: past the end of its window the answer is unknown, never zero and never no."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from indivisible.errors import QuestionError
from indivisible.readers import DATASETS
from indivisible.readers.dataset import Dataset, Window, dataset
from indivisible.readers.home import read_stored
from indivisible.values import Truth


def known(key: str) -> Dataset:
    """The description of a dataset; raises QuestionError with near names for one that has no reader."""
    if key in DATASETS:
        return dataset(key)
    from difflib import get_close_matches

    near = get_close_matches(key.lower(), DATASETS, n=3, cutoff=0.4)
    do = f"near names: {', '.join(near)}" if near else "see: indivisible data list"
    raise QuestionError(f"no dataset is called {key!r}", do=do)


def windows(key: str, *, home: Path | None = None) -> tuple[Window, ...]:
    """The windows of the imported file, or the declared ones where the dataset is not imported."""
    described = known(key)
    stored = read_stored(key, home)
    return described.windows if stored is None else stored.coverage


def covers(key: str, year: int, *, home: Path | None = None) -> Truth:
    """Whether the dataset speaks about the year.

    Yes inside its window; no before and after it; unknown in a year between two observations, and after the
    start of a dataset whose end is told only by the file, while that is not imported.
    """
    return _in_windows(windows(key, home=home), year)


def _in_windows(spans: Sequence[Window], year: int) -> Truth:
    answer = Truth.NO
    for window in spans:
        if year < window.first or (window.last is not None and year > window.last):
            continue
        if window.last is None or (year - window.first) % window.every:
            answer = Truth.UNKNOWN
            continue
        return Truth.YES
    return answer


def within(key: str, year: int, answer: Truth, *, home: Path | None = None) -> Truth:
    """The answer that the dataset gives, or unknown where it does not cover the year."""
    return answer if covers(key, year, home=home) is Truth.YES else Truth.UNKNOWN


def listed(key: str, year: int, found: bool, *, home: Path | None = None) -> Truth:
    """Whether something is so, given that a row for it was found or not.

    Silence is "no" only inside the window of a dataset that declares its list complete.
    """
    if found:
        return Truth.YES
    if known(key).complete:
        return within(key, year, Truth.NO, home=home)
    return Truth.UNKNOWN
