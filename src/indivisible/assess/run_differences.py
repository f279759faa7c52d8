"""What exactly differs between two answers or questions: the place, what stood there, and what stands there now.

Of long texts only the words that differ are told, with one word on either side; lists are laid side by side first, so
that one more entry is one difference and not a shift of all that follow.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

TOLERANCE: Final = 1e-9
PRINTED: Final = 1e-8  # two numbers that differ by less may be printed with nine digits that differ in the last
LONG = 40  # letters; of longer texts only the words that differ are told
ABSENT: Final = "absent"
_FIRST: Final = ("record", "overlays", "data", "version", "power", "hostility")  # what may explain all the others
_LABELS: Final = ("state", "step", "id")


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two answers differ; both values as JSON, or the words of a long text that differ."""

    place: str
    first: str
    second: str

    def said(self, words: tuple[str, str] = ("then", "now")) -> str:
        """`place: this then, that now`, or in other words."""
        return f"{self.place}: {self.first} {words[0]}, {self.second} {words[1]}"


def differences(first: Any, second: Any, place: str = "") -> Iterator[Difference]:
    """Where two values of JSON differ; numbers by more than 1e-9, unknown (null) never equal to a number."""
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        for key in sorted({*first, *second}):
            under = f"{place}.{key}" if place else str(key)
            if key in first and key in second:
                yield from differences(first[key], second[key], under)
            else:
                yield Difference(under, _held(first, key), _held(second, key))
    elif isinstance(first, list) and isinstance(second, list):
        yield from _of_lists(first, second, place)
    elif not same(first, second):
        yield Difference(place, *told(first, second))


def weightiest_first(found: Sequence[Difference]) -> tuple[Difference, ...]:
    """What may explain the rest, then verdicts, then everything else, each in its own order."""

    def rank(one: Difference) -> int:
        if one.place.partition("[")[0].partition(".")[0] in _FIRST:
            return 0
        return 1 if one.place.endswith(".verdict") and one.place.startswith("models") else 2

    return tuple(sorted(found, key=rank))


def same(first: Any, second: Any) -> bool:
    """Whether two values are the same; numbers up to what nine printed digits can tell."""
    if all(isinstance(one, int | float) and not isinstance(one, bool) for one in (first, second)):
        return math.isclose(first, second, rel_tol=PRINTED, abs_tol=TOLERANCE)
    return type(first) is type(second) and bool(first == second)


def told(first: Any, second: Any) -> tuple[str, str]:
    """Two values that differ, each as short as it can be said."""
    if isinstance(first, str) and isinstance(second, str) and max(len(first), len(second)) > LONG:
        return _words_that_differ(first, second)
    return _short(first), _short(second)


def _held(values: Mapping[str, Any], key: str) -> str:
    return _short(values[key]) if key in values else ABSENT


def _short(value: Any) -> str:
    """A value as JSON; of a whole table or list only how much it holds."""
    if isinstance(value, Mapping | list) and len(text := _json(value)) > LONG:
        return f"{len(value)} entries" if isinstance(value, list) else f"{{{', '.join(map(str, value))}}}"
    return text if isinstance(value, Mapping | list) else _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _of_lists(first: Sequence[Any], second: Sequence[Any], place: str) -> Iterator[Difference]:
    """Entries that have a name are matched by it, all others by the order in which they stand."""
    ours, theirs = _names(first), _names(second)
    if ours is not None and theirs is not None and (set(ours) != set(theirs) or ours == theirs):
        known, others = dict(zip(ours, first, strict=True)), dict(zip(theirs, second, strict=True))
        for name in dict.fromkeys([*ours, *theirs]):
            under = f"{place}[{name}]"
            if name in known and name in others:
                yield from differences(known[name], others[name], under)
            else:
                yield Difference(under, _held(known, name), _held(others, name))
        return
    said_first, said_second = ([_plain(one) for one in entries] for entries in (first, second))
    if len(first) == len(second) and not all(isinstance(one, str) for one in (*first, *second)):
        for n, (one, other) in enumerate(zip(first, second, strict=True)):
            yield from differences(one, other, f"{place}[{n}]")
        return
    for said, a, b, c, d in SequenceMatcher(None, said_first, said_second, autojunk=False).get_opcodes():
        for n in range(max(b - a, d - c)) if said != "equal" else ():
            one, other = first[a + n : a + n + 1] if a + n < b else [], second[c + n : c + n + 1] if c + n < d else []
            if one and other:
                yield from differences(one[0], other[0], f"{place}[{a + n}]")
            elif one:
                yield Difference(f"{place}[{a + n}]", _json(one[0]), ABSENT)
            else:
                yield Difference(f"{place}[{c + n}]", ABSENT, _json(other[0]))


def _names(entries: Sequence[Any]) -> list[str] | None:
    """What each entry of a list is called; None where one has no name, or two have the same."""
    found = [_name(one) for one in entries]
    return None if "" in found or len(set(found)) < len(found) else found


def _name(entry: Any) -> str:
    if not isinstance(entry, Mapping):
        return ""
    if entry.get("model"):
        output = f" {entry['output']}" if entry.get("output") else ""
        tried = entry.get("parameters") if "chosen" in entry else None
        power = f", {entry['power']}" if "power" in entry else ""
        return f"{entry['model']}{output}{power}" + "".join(f", {k}={_plain(v)}" for k, v in (tried or {}).items())
    return next((str(entry[label]) for label in _LABELS if entry.get(label)), "")


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else _json(value)


def _words_that_differ(first: str, second: str) -> tuple[str, str]:
    ours, theirs = first.split(), second.split()
    if ours == theirs:
        return _json(first), _json(second)  # only the spaces between the words differ
    parts = [op for op in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes() if op[0] != "equal"]
    one = _pieces(ours, [(a, b) for _, a, b, _, _ in parts])
    other = _pieces(theirs, [(c, d) for _, _, _, c, d in parts])
    return one, other


def _pieces(words: Sequence[str], spans: Sequence[tuple[int, int]]) -> str:
    """The words of each span with the one before and the one after; spans that then touch are one piece."""
    joined: list[tuple[int, int]] = []
    for start, end in ((max(0, a - 1), min(len(words), b + 1)) for a, b in spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    text = " … ".join(" ".join(words[a:b]) for a, b in joined)
    opened = "… " if joined and joined[0][0] > 0 else ""
    return _json(opened + text + (" …" if joined and joined[-1][1] < len(words) else ""))
