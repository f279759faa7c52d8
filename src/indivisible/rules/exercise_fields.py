"""The fields of an exercise file, with their meanings: what a user may say of an exercise."""

from __future__ import annotations

from indivisible.record.record import Record
from indivisible.record.table import Table
from indivisible.rules.describe import kind_of
from indivisible.rules.exercise import FACTS, FIGURE_FACTS


def list_fields(record: Record) -> Table:
    """Every field, its type and meaning."""
    body = [{"field": one.name, "type": kind_of(one), "meaning": one.meaning} for one in FACTS.values()]
    columns = ", ".join(FIGURE_FACTS)
    body.append({"field": "figures", "type": f"rows of {columns}", "meaning": "Rival figures side by side."})
    says = f"An exercise file has {len(body)} fields; starts, and by or host, are needed; what is not given is unknown."
    return Table("exercise_fields/1", {}, says, tuple(body), record.digest)
