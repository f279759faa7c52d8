"""Which packages no other one beats in everything that is wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

Package = TypeVar("Package")
Worth = tuple[float, ...]  # compared from the first place on; higher is better


def beats(one: Sequence[Worth], other: Sequence[Worth]) -> bool:
    """At least as good in every respect, and better in one."""
    return all(a >= b for a, b in zip(one, other, strict=True)) and tuple(one) != tuple(other)


def not_beaten(worths: Mapping[Package, Sequence[Worth]]) -> tuple[Package, ...]:
    """The packages that no other beats, in the order given; packages worth the same all stay."""
    distinct: dict[tuple[Worth, ...], list[Package]] = {}
    for package, worth in worths.items():
        distinct.setdefault(tuple(worth), []).append(package)
    kept = {worth: found for worth, found in distinct.items() if not any(beats(other, worth) for other in distinct)}
    best = {package for found in kept.values() for package in found}
    return tuple(package for package in worths if package in best)
