"""Structural balance of a user's own signed networks, one period after another, every optimum with its proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from indivisible.measures.balance_windows import balance_row, read_windows
from indivisible.measures.frustration import frustration
from indivisible.record.table import Table


def frustration_of_windows(path: Path, *, report: Callable[[str], None] | None = None) -> Table:
    """One row a period of the file (columns from, to, sign and perhaps period): L, its bound, F, T, walk, camps.

    Raises FileError, with the line, for what cannot be read.
    """
    rows = []
    networks = read_windows(path)
    for number, (period, network) in enumerate(networks.items(), start=1):
        if report is not None:
            report(f"[{number}/{len(networks)}] {period}")
        rows.append(asdict(balance_row(period, frustration(network))))
    proved = sum(bool(row["proved"]) for row in rows)
    says = f"Frustration of {len(rows)} signed networks; {proved} of them with a proof of optimality."
    return Table("frustration-windows/1", {"file": path.name}, says, tuple(rows), "")
