"""Voting power on the terminal: exact fractions beside decimals, a row for every member or kind of members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from indivisible.report.terminal import print_table
from indivisible.rules.power_of import VotingPower, many

_HEADS = {
    "banzhaf": "Banzhaf", "normalised": "Banzhaf share", "shapley_shubik": "Shapley-Shubik", "prevent": "prevent",
    "initiate": "initiate", "johnston": "Johnston", "deegan_packel": "Deegan-Packel", "holler": "Holler",
}  # fmt: skip
_LONGEST = 8  # characters of a fraction that still has room in a table
READ = (
    "Banzhaf: the share of the others' votes in which a member decides; its share: of all such cases. Prevent and "
    "initiate (Coleman): the share of carrying coalitions that it can stop, and of failing ones that it can make carry."
)
READ_THREE = (
    "Yes, abstention and no are equally likely. How many of the others' votes there are in which a yes instead of a no "
    "turns the outcome, an abstention instead of a no, a yes instead of an abstention; Banzhaf: the first as a share. "
    "Roll call: the votes are called in random order; the chance to cast the one that settles the outcome."
)


@dataclass(frozen=True)
class PowerAnswer:
    """Voting power that can show itself; with `by_kind` members who have the same power share a row."""

    found: VotingPower
    by_kind: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape power/1."""
        return self.found.to_dict()

    def sentence(self) -> str:
        """How many coalitions carry, and who has most power."""
        return self.found.sentence()

    def rows(self) -> list[dict[str, Any]]:
        """One row a member."""
        return self.found.rows()

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources of members and weights."""
        return self.found.sources()

    def show(self) -> None:
        """Print the conditions, a table, and how to read it."""
        found = self.found
        print(found.sentence())
        for line in found.conditions:
            print(f"  {line}")
        if found.unknown:
            return
        print_table([self._row(kind) for kind in self._kinds()])
        print(READ)
        if found.three is not None:
            three = found.three
            print(f"\nWith abstention {many(three.carrying)} of {many(3 ** len(found.members))} ballots carry.")
            print_table([self._three_row(kind) for kind in self._kinds()])
            print(READ_THREE)
        if found.exact is not None and any(_fraction(v) == "" for vs in found.indices.values() for v in vs):
            print("Where there is no room for a fraction, --json and --out have it.")

    def _kinds(self) -> list[list[int]]:
        return self.found.kinds() if self.by_kind else [[k] for k in range(len(self.found.members))]

    def _row(self, kind: list[int]) -> dict[str, Any]:
        found = self.found
        row: dict[str, Any] = self._named(kind)
        if found.exact is not None:
            row["swings"] = many(found.exact.swings[kind[0]])
        return row | {_HEADS[name]: _cell(values[kind[0]]) for name, values in found.indices.items()}

    def _three_row(self, kind: list[int]) -> dict[str, Any]:
        three, k = self.found.three, kind[0]
        assert three is not None
        return self._named(kind) | {
            "no to yes": many(three.swings[k]),
            "no to abstain": many(three.no_to_abstain[k]),
            "abstain to yes": many(three.abstain_to_yes[k]),
            "Banzhaf": _cell(three.banzhaf[k]),
            "Shapley-Shubik, roll call": _cell(three.roll_call[k]),
        }

    def _named(self, kind: Sequence[int]) -> dict[str, Any]:
        names = [self.found.members[k] for k in kind]
        told = ", ".join(names) if len(names) == 1 else f"{len(names)}: {', '.join(names)}"
        return {"members" if self.by_kind else "member": told}


def _cell(value: Fraction | float) -> str:
    exact = _fraction(value)
    digits = 4 if exact else 6
    told = f"{float(value):.{digits}f}" if value >= 0.001 else f"{float(value):.3g}"
    return exact if exact in ("0", "1") else f"{exact} {told}".strip()


def _fraction(value: Fraction | float) -> str:
    """The exact fraction where it is one and short; else nothing."""
    told = str(value) if isinstance(value, Fraction) else ""
    return told if len(told) <= _LONGEST else ""
