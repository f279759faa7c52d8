"""The principle of equal and indivisible security as eight norms, and who reads them how.

No organ decides between readings, and no order between the norms is written; so nothing here says which reading is
right. What the readings say is data (norms.yml); what follows from them for a change is computed one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

AREAS_ALL = ""
CHOICE = ("conditional", "independent", "unstated")
EXPENSE = ("any_loss", "means")
PRIMACY = ("bloc", "sphere")


@dataclass(frozen=True, slots=True)
class Norm:
    """One norm: its key (N0 to N7), what it says in our words, and the texts that state it, with the place."""

    key: str
    title: str
    gist: str
    texts: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class NormReading:
    """A published reading of the norms, in terms that are computed (norms.yml says what each term means)."""

    key: str
    title: str
    held_by: tuple[str, ...]
    published: str
    texts: tuple[str, ...]
    area: str
    free_choice: str
    expense: str
    primacy: str

    def __post_init__(self) -> None:
        for value, known in ((self.free_choice, CHOICE), (self.expense, EXPENSE), (self.primacy, PRIMACY)):
            if value not in known:
                raise ValueError(f"{self.key}: {value!r} is none of {', '.join(known)}")


@cache
def norms() -> tuple[Norm, ...]:
    """The eight norms, in order."""
    return tuple(
        Norm(one["key"], one["title"], one["gist"], tuple(one["texts"]), one["place"]) for one in _held()["norms"]
    )


@cache
def norm_readings() -> tuple[NormReading, ...]:
    """The published readings, alphabetical by key."""
    return tuple(_reading(one) for one in sorted(_held()["readings"], key=lambda one: str(one["key"])))


def _reading(held: Mapping[str, Any]) -> NormReading:
    return NormReading(
        key=held["key"], title=held["title"], held_by=tuple(held["held_by"]), published=str(held["published"]),
        texts=tuple(held["texts"]), area=held["area"], free_choice=held["free_choice"], expense=held["expense"],
        primacy=held["primacy"],
    )  # fmt: skip


@cache
def _held() -> Mapping[str, Any]:
    text = Path(__file__).with_name("norms.yml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.safe_load(text)
    return found
