"""A back-test on the terminal: a table for every population, and the reasons of what was not run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from indivisible.assess.backtest_answer import ALL, Backtest, Entry
from indivisible.assess.backtest_trials import Trial
from indivisible.report.terminal import print_table

_HEADS = (("auc", "AUC"), ("average_precision", "average precision"), ("log_loss", "log loss"), ("brier", "Brier"),
          ("expected_over_observed", "expected / observed"))  # fmt: skip
READ = (
    "AUC: of two rows, one with the event and one without, the share ranked rightly; below 0.5 a reading points the "
    "wrong way; ± one standard error, as of independent rows. Average precision: the base rate if nothing is known, 1 "
    "at best. Log loss and Brier: lower is better; of a chance fitted or calibrated on the earlier years. Expected / "
    "observed: 1 is right."
)


@dataclass(frozen=True)
class BacktestAnswer:
    """A back-test that can show itself."""

    found: Backtest

    @property
    def exit_code(self) -> int:
        """1 where it was interrupted."""
        return self.found.exit_code

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape backtest/1."""
        return self.found.to_dict()

    def sentence(self) -> str:
        """What was tested, and what came of it."""
        return self.found.sentence()

    def rows(self) -> list[dict[str, Any]]:
        """A row for every forecast and population."""
        return self.found.rows()

    def sources(self) -> tuple[str, ...]:
        """Names of the datasets that were read."""
        return self.found.sources()

    def show(self) -> None:
        """Print a table for every population, then how to read it, and what was not run."""
        print(self.sentence())
        for name, (rows, events) in self.found.populations.items():
            head = "" if len(self.found.populations) == 1 else f"{'All' if name == ALL else name.capitalize()} pairs: "
            print(f"\n{head}{rows:,} rows, {events:,} events, base rate {events / rows:.3g}")
            print_table([_row(one, name) for one in self.found.entries])
        print(f"{READ}")
        for one in self.found.entries:
            for line in _said(one):
                print(f"  {one.name}: {line}")
        for line in self.found.left_out:
            print(f"  {line}")


def _row(entry: Entry, population: str) -> dict[str, Any]:
    one = entry.tests.get(population)
    row: dict[str, Any] = {"forecast": entry.name, "kind": entry.kind}
    if not isinstance(one, Trial):
        return row | {head: None for _, head in _HEADS}
    found: dict[str, float | None] = {
        "auc": one.auc, "average_precision": one.average_precision, "log_loss": one.scores.log_loss,
        "brier": one.scores.brier, "expected_over_observed": one.scores.expected,
    }  # fmt: skip
    digits = {"log_loss": 5, "brier": 5}
    told = {head: None if found[key] is None else f"{found[key]:.{digits.get(key, 3)}g}" for key, head in _HEADS}
    if one.auc is not None and one.auc_error is not None:
        told["AUC"] = f"{one.auc:.3f} ± {one.auc_error:.3f}"
    return row | told


def _said(entry: Entry) -> list[str]:
    """What has to be said of a forecast below the table."""
    if entry.why_not:
        return [f"not run: {entry.why_not}"]
    told = sorted({one for one in entry.tests.values() if isinstance(one, str)})
    told = [f"not run: {one}" for one in told]
    if entry.kind == "model":
        told.append(f"by {entry.reading}")
    if entry.unknown:
        told.append(f"{entry.unknown:,} rows of the test without a known reading")
    return [*told, *entry.notes]
