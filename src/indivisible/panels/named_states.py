"""States as a user names them, by COW code, by our key or by name: which code is theirs in which years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from indivisible.errors import QuestionError
from indivisible.panels.keys import claims_by_code, holder
from indivisible.record.record import Record


def years_of_codes(
    states: Iterable[int | str], first: int, last: int, *, record: Record | None = None
) -> Mapping[int, frozenset[int]]:
    """For each COW code the years of first..last in which it stands for one of the states.

    A number is a code, and stands for itself in all years. A key or name is looked up in the record: a code is a
    state's in the years in which it is on 31 December, or on the last day of the year on which anybody has it. Raises
    UnknownName for a name that the record does not have, QuestionError for a state without a code in these years.
    """
    years, found = range(first, last + 1), dict[int, set[int]]()
    words = [str(state).strip() for state in states]
    for word in words:
        if word.isdigit():
            found.setdefault(int(word), set()).update(years)
    if names := [word for word in words if not word.isdigit()]:
        from indivisible.record.load import load

        record = load() if record is None else record
        keys = {record.resolve(name, "state"): name for name in names}
        coded = set[str]()
        for code, claims in claims_by_code(record, "cow").items():
            if not any(claim.subject in keys for claim in claims):
                continue
            for year in years:
                if (key := holder(claims, year)) in keys:
                    found.setdefault(code, set()).add(year)
                    coded.add(str(key))
        for key, name in keys.items():
            if key not in coded:
                span = str(first) if first == last else f"any year from {first} to {last}"
                raise QuestionError(f"{name} has no COW code in {span}", do="give other years, or a code")
    return {code: frozenset(own) for code, own in found.items()}
