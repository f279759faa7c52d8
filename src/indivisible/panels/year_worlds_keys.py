"""Our own key and name of the state that bore a COW code at the end of a year."""

from __future__ import annotations

from datetime import date

import numpy as np

from indivisible.panels.system import Ints
from indivisible.record.record import Record


def unkeyed(code: int) -> str:
    """What a state is called by that the record gives no key: `COW_300`."""
    return f"COW_{code:03d}"


class StateKeys:
    """From COW codes to the record's keys, by the day."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._spans: dict[int, list[tuple[int, int, str]]] = {}
        self._names: dict[str, str] = {}
        for claim in record.claims(field="cow_code"):
            span = (claim.span.from_latest, claim.span.to_earliest, claim.subject)
            self._spans.setdefault(int(claim.value), []).append(span)

    def at_end_of(self, code: int, year: int) -> str | None:
        """The key of the state that has the code on 31 December; None if none has, or more than one."""
        day = date(year, 12, 31).toordinal()
        found = {key for begins, ends, key in self._spans.get(code, ()) if begins <= day < ends}
        return found.pop() if len(found) == 1 else None

    def keyed(self, codes: Ints, titles: dict[int, str], year: int) -> tuple[tuple[str, ...], Ints, dict[str, str]]:
        """Keys in the order of the alphabet, the code of each, and names.

        A code that the record gives to nobody keeps its number as `COW_300`, and the name in `titles`.
        """
        made: dict[str, int] = {}
        names: dict[str, str] = {}
        for code in codes.tolist():
            key = self.at_end_of(code, year)
            if key is None or key in made:
                key = unkeyed(code)
                names[key] = titles[code]
            else:
                names[key] = self._name_of(key)
            made[key] = code
        keys = tuple(sorted(made))
        return keys, np.array([made[key] for key in keys], dtype=np.int64), {key: names[key] for key in keys}

    def _name_of(self, key: str) -> str:
        if key not in self._names:
            self._names[key] = self._record.name_of(key)
        return self._names[key]
