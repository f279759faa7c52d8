"""What the imported data hold for one day, by the record's own keys of states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from indivisible.errors import MissingData
from indivisible.values import Truth

if TYPE_CHECKING:
    from indivisible.architecture.outside import Outside
    from indivisible.record.record import Record


def imported(
    record: Record, day: int, *, power: str, hostility: str, models: Sequence[str] | None
) -> tuple[Outside, str]:
    """What the models named (all, where none is) can use of the imported data, and the full name of the measure.

    Raises MissingData for a measure of power or a source of hostility that is asked for and not imported, or does not
    cover the day.
    """
    from indivisible.architecture.outside import Outside

    shares, versions, power = _cinc(record, day, power)
    return Outside(powers=shares, versions=versions), power


def by_state(record: Record, day: int, values: Mapping[int, float | None]) -> dict[str, float]:
    """Values by COW code as values by key of state, for the codes that hold on the day."""
    found: dict[str, float] = {}
    for claim in record.claims(field="cow_code"):
        value = values.get(int(claim.value))
        if value is not None and claim.span.holds(day) is Truth.YES:
            found[claim.subject] = value
    return found


def _cinc(record: Record, day: int, power: str) -> tuple[dict[str, dict[str, float]], dict[str, str], str]:
    """CINC of the last year that had ended on the day, if the data set is imported and covers it."""
    from indivisible.readers.home import read_stored

    year = date.fromordinal(day + 1).year - 1
    if not power.startswith("cinc") and read_stored("nmc", None) is None:
        return {}, {}, power  # asked first, because opening a table costs half a second
    from indivisible.readers.nmc.power import cinc_of_year

    try:
        published = cinc_of_year(year)
    except MissingData:
        if power.startswith("cinc"):
            raise
        return {}, {}, power
    if published.covered is not Truth.YES:
        if power.startswith("cinc"):
            raise MissingData(
                f"the imported National Material Capabilities do not cover {year}", do="choose an earlier day with --on"
            )
        return {}, {}, power
    name = f"cinc_{year}"
    shares = {name: by_state(record, day, published.values)}
    return shares, {"nmc": published.version}, name if power.startswith("cinc") else power
