"""One sentence that says what decided a state's score before and after a change."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from indivisible.assess.verdict import NOT_SEEN, UNKNOWN
from indivisible.models.base import Because

_KEY = re.compile(r"\{([A-Z0-9_]+)\}")
_NAMED = 3  # so many states are named; the rest are counted


def because_sentence(
    state: str,
    decided: tuple[Because | None, Because | None],
    verdict: str,
    names: Mapping[str, str],
    power: Mapping[str, float],
) -> str:
    """Both sides and both sums, before and after; of many states the strongest are named and the rest counted."""
    before, after = decided
    if verdict == NOT_SEEN:
        return "Nothing that this model reads for this state changed."
    if before is None and after is None:
        return "Nobody else could come against it, before or after."
    first, second = _side(state, before, names, power), _side(state, after, names, power)
    told = f"Before and after: {first}." if first == second else f"Before: {first}. After: {second}."
    if not all(one is None or one.certain or one.undetermined for one in decided):
        told += " Some of it is not known; this is the case of the lowest score."
    if verdict == UNKNOWN and not any(one is not None and one.undetermined for one in decided):
        told += " A figure or pledge that is not known could decide otherwise."
    return told


def _side(state: str, because: Because | None, names: Mapping[str, str], power: Mapping[str, float]) -> str:
    if because is None:
        return "nobody could come against it"
    if because.told:
        return filled(because.told, names)
    own = [one for one in because.defenders if one != state]
    defence = f"{_name(state, names)}{_with(own, names, power)} ({_sum(because.defenders_sum)})"
    if because.leader:
        others = [one for one in because.against if one != because.leader]
        attack = f"{_name(because.leader, names)}{_with(others, names, power)} ({_sum(because.against_sum)})"
        return f"if {attack} came against {defence}, margin {because.margin:.3g}"
    heaviest = ", ".join(_name(one, names) for one in because.against[:_NAMED])
    against = f"all others ({_sum(because.against_sum)}, most of it {heaviest})"
    return f"{defence} against {against}, margin {because.margin:.3g}"


def filled(told: str, names: Mapping[str, str]) -> str:
    """A phrase with names in place of the keys in braces."""
    return _KEY.sub(lambda found: _name(found[1], names), told)


def _with(others: Sequence[str], names: Mapping[str, str], power: Mapping[str, float]) -> str:
    if not others:
        return " alone"
    strongest = sorted(others, key=lambda one: (-power.get(one, 0.0), one))
    named = ", ".join(_name(one, names) for one in strongest[:_NAMED])
    rest = len(others) - _NAMED
    return f" with {named}" + (f" and {rest} more" if rest > 0 else "")


def _name(key: str, names: Mapping[str, str]) -> str:
    return names.get(key, key)


def _sum(value: float) -> str:
    """A sum of weights; figures without an upper bound have none."""
    return "no upper bound known" if math.isinf(value) else f"{value:.3g}"
