"""What the imported data hold for one day, by the record's own keys of states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from indivisible.errors import MissingData, QuestionError
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
    pairs, names, more = _hostile(record, day, hostility)
    spent, whose, also = _expenditure(record, day, models)
    outside = Outside(
        powers=shares, expenditure=spent, expenditure_name=whose, hostile=pairs, hostile_name=names,
        versions={**versions, **more, **also},
    )  # fmt: skip
    return outside, power


def by_state(record: Record, day: int, values: Mapping[int, float | None]) -> dict[str, float]:
    """Values by COW code as values by key of state, for the codes that hold on the day."""
    found: dict[str, float] = {}
    for claim in record.claims(field="cow_code"):
        value = values.get(int(claim.value))
        if value is not None and claim.span.holds(day) is Truth.YES:
            found[claim.subject] = value
    return found


Pairs = dict[str, frozenset[tuple[str, str]]]
DISPUTE_YEARS = 10  # as for the record's own conflicts


def _hostile(record: Record, day: int, choice: str) -> tuple[Pairs, dict[str, str], dict[str, str]]:
    """Rivals of the year of the day, or adversaries in a dispute of its last ten years; of the last year covered.

    Raises MissingData where the dataset is not imported.
    """
    from indivisible.readers.home import read_stored

    dataset = {"rivalries": "rivalries_tss", "disputes": "gml_disputes"}.get(choice)
    if dataset is None:
        return {}, {}, {}
    import polars as pl

    from indivisible import readers
    from indivisible.readers.coverage import windows

    table = readers.open(dataset)
    year = date.fromordinal(day).year
    year = min(year, max(window.last or year for window in windows(dataset)))
    begins, back = min(window.first for window in windows(dataset)), DISPUTE_YEARS - 1 if choice == "disputes" else 0
    if year - back < begins:
        raise MissingData(
            f"hostility by {choice} cannot be told for {year}: its list begins in {begins}",
            do=f"choose a day in {begins + back} or later with --on, or another --hostility",
        )
    if choice == "rivalries":
        ended = pl.col("last_year").is_not_null() & (pl.col("last_year") < year)
        table = table.filter((pl.col("first_year") <= year) & ~ended)
        name = f"rivalries of {year} (Thompson, Sakuwa and Suhas)"
    else:
        table = table.filter(pl.col("year").is_between(year - DISPUTE_YEARS + 1, year))
        name = f"disputes of {year - DISPUTE_YEARS + 1} to {year} (Gibler, Miller and Little)"
    rows = table.select("ccode1", "ccode2").collect()
    keys = by_state(record, day, {code: float(code) for column in rows for code in column.to_list()})
    state = {int(code): key for key, code in keys.items()}
    pairs = {tuple(sorted((state[a], state[b]))) for a, b in rows.iter_rows() if a in state and b in state}
    stored = read_stored(dataset, None)
    return (
        {choice: frozenset((a, b) for a, b in pairs if a != b)},
        {choice: name},
        {dataset: "" if stored is None else stored.version},
    )


def _expenditure(
    record: Record, day: int, models: Sequence[str] | None
) -> tuple[dict[str, float], str, dict[str, str]]:
    """What states spent on their military in the last ended year that is covered, if a model that is named reads it."""
    from indivisible.models import MODELS

    readers_of_it = {model.name for model in MODELS if "expenditure" in model.reads}
    if not readers_of_it & set(models or ()) and list(models or ()) != ["all"]:
        return {}, "", {}
    from indivisible.panels.armament import expenditure_on

    try:
        found = expenditure_on(day, record=record)
    except MissingData:
        return {}, "", {}  # the model itself says what to import
    return dict(found.dollars), found.name, dict(found.versions)


def _cinc(record: Record, day: int, power: str) -> tuple[dict[str, dict[str, float]], dict[str, str], str]:
    """CINC of the last year that had ended on the day, if the data set is imported and covers it."""
    from indivisible.readers.home import read_stored

    year = date.fromordinal(min(day + 1, date.max.toordinal())).year - 1
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
    if power.startswith("cinc") and power not in ("cinc", name):
        raise QuestionError(f"power {power!r} is not that of this day, which is {name}", do=f"write cinc, or {name}")
    return shares, {"nmc": published.version}, name if power.startswith("cinc") else power
