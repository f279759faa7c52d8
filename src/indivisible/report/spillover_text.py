"""Spill-over on the terminal and as a page: the coefficient in words, who burdens and who helps whom most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from indivisible.assess.spillover_answer import Effects, Seen, Spillover
from indivisible.assess.spillover_words import unit_said
from indivisible.report.files import html_table
from indivisible.report.terminal import print_table

MOST_ROWS = 6


@dataclass(frozen=True)
class SpilloverAnswer:
    """A spill-over that can show itself; its rows are the whole matrices."""

    found: Spillover

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape spillover/1."""
        return self.found.to_dict()

    def sentence(self) -> str:
        """The answer in plain sentences."""
        return self.found.sentence()

    def rows(self) -> list[dict[str, Any]]:
        """The matrices, one row an act."""
        return self.found.rows()

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that the scores rest on."""
        return self.found.sources()

    def show(self) -> None:
        """Print the sentences, and for each reading the heaviest cases and states."""
        print("\n".join(self.found.says()))
        for seen in self.found.seen:
            if seen.assumes:
                print(f"\n{self.found.label(seen)} takes for granted that {seen.assumes}.")
            for note in seen.notes:
                print(f"{note[0].upper()}{note[1:]}")
            for effects in (seen.power, seen.pledges):
                if effects is not None and not effects.why_not:
                    self._show_effects(seen, effects)
        print(f"\nRecord {self.found.record}. The whole matrix: --out matrix.csv or .parquet; all figures: --json")

    def to_html(self) -> str:
        """One page: the sentences and one row a state; the whole matrix is for other formats."""
        return html_table(_States(self.found))

    def _show_effects(self, seen: Seen, effects: Effects) -> None:
        what = "Power" if effects.kind == "power" else "Pledges"
        unit = unit_said(self.found.scale, effects.kind)
        if unit and effects.sums.rising + effects.sums.falling:
            print(f"\n{unit}")
        for sign, verb in ((-1.0, "burden"), (1.0, "help")):
            cases = effects.heaviest(sign)[:MOST_ROWS]
            if cases:
                print(f"\n{what}: who {verb}s whom most")
                print_table(
                    [{"by": self._named(by), "on": self._named((on,)), "effect": value} for by, on, value in cases]
                )
        rows: list[dict[str, Any]] = []
        if effects.kind == "power":
            rows = [row for row in self.found.states_of(seen) if row["burdens_to_others"] or row["gains_to_others"]]
        if rows:
            print("\nPower: the states whose own does most to others")
            print_table(_heaviest(rows, ("burdens_to_others", "gains_to_others")))
        rows = [
            {"name": self._named((state,)), "burdens_from_others": float(loss), "gains_from_others": float(gain)}
            for state, loss, gain in zip(effects.states, effects.received(-1.0), effects.received(1.0), strict=True)
            if loss or gain
        ]
        if rows:
            print(f"\n{what}: the states to which others do most")
            print_table(_heaviest(rows, ("burdens_from_others", "gains_from_others")))

    def _named(self, states: Sequence[str]) -> str:
        return " and ".join(self.found.names.get(state, state) for state in states)


def _heaviest(rows: list[dict[str, Any]], columns: tuple[str, str]) -> list[dict[str, Any]]:
    first = sorted(rows, key=lambda row: (-row[columns[0]] - row[columns[1]], row["name"]))[:MOST_ROWS]
    return [{"state": row["name"], **{column: row[column] for column in columns}} for row in first]


@dataclass(frozen=True)
class _States:
    """The same answer with one row a state."""

    found: Spillover

    def to_dict(self) -> dict[str, Any]:
        return {"record": self.found.record}

    def sentence(self) -> str:
        return self.found.sentence()

    def rows(self) -> list[dict[str, Any]]:
        return [
            {"model": self.found.label(seen)} | row for seen in self.found.seen for row in self.found.states_of(seen)
        ]

    def sources(self) -> tuple[str, ...]:
        return self.found.sources()
