"""The strategic stability of two states on the terminal: the index, the costs behind it, and every assumption."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from indivisible.assess.stability_strategic import Row, StrategicStability
from indivisible.report.terminal import print_table


@dataclass(frozen=True)
class StrategicAnswer:
    """Strategic stability in the shape of every answer, with its own way to the terminal."""

    found: StrategicStability

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape strategic-stability/1."""
        return self.found.to_dict()

    def sentence(self) -> str:
        """The answer in one plain sentence."""
        return self.found.sentence()

    def rows(self) -> list[Row]:
        """The index at both ends of the range of every assumption."""
        return self.found.rows()

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources of the warheads."""
        return self.found.sources()

    def show(self) -> None:
        """Print it."""
        found = self.found
        print(found.sentence())
        print_table(
            [
                {
                    "state": found.names[holder.state],
                    "warheads": _text((holder.warheads.low, holder.warheads.best, holder.warheads.high)),
                    "as of": holder.year,
                    "cost of striking first": _text(found.found.first[k]),
                    "cost of waiting": _text(found.found.waiting[k]),
                }
                for k, holder in enumerate(found.holders)
            ]
        )
        print(
            "The index is the product of first over waiting, each at most 1. The record holds the warheads; the rest is"
        )
        print(f"assumed (set with --set strategic.NAME=VALUE, or {found.holders[0].state}.NAME=VALUE for one side):")
        print_table(
            [
                {
                    **{k: v for k, v in row.items() if k not in ("low", "high")},
                    "range": f"{row['low']:g} to {row['high']:g}",
                }
                for row in found.assumptions
            ]
        )
        if found.defences:
            print("What a missile defence would let through of so many warheads that arrive at once:")
            print_table([{k: v for k, v in row.items() if v is not None} for row in found.defences])
        else:
            print("No missile defence is assumed: --set strategic.interceptors=40, or for one side.")
        print("\nThe index with one assumption moved to the ends of its range, all else the same:")
        print_table(found.rows())
        print(f"Totals only: no targets, no kinds of force, no geography, no warning. Record {found.record}")


def _text(values: tuple[float, float | None, float]) -> str:
    low, best, high = values
    middle = "" if best is None else f"{best:.4g}"
    return middle if low == high else f"{middle} ({low:.4g} to {high:.4g})".strip()
