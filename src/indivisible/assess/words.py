"""Counts, lists and values as people write them in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from indivisible.models.base import Value

MOST_NAMED = 8


def counted(n: int, word: str) -> str:
    """`1 state`, `3 states`, `2 entries`."""
    if n == 1:
        return f"1 {word}"
    return f"{n} {word[:-1]}ies" if word.endswith("y") else f"{n} {word}s"


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if not words:
        return "no model"
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def named(states: Iterable[str], names: Mapping[str, str]) -> str:
    """Names in the order of the alphabet, the first few of many."""
    told = sorted(names.get(state, state) for state in states)
    rest = len(told) - MOST_NAMED
    return ", ".join(told[:MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def value_text(value: Value) -> str:
    """A constant as people write it: yes, no, none, a word or a number."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else f"{value:g}"
