"""`indivisible arms-race`: who answers whose armament on a day, and whether armaments settle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from indivisible.apps.answering import answers, on_day, settings_of

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk
    from indivisible.record.record import Record
    from indivisible.record.table import Table


@click.command("arms-race")
@on_day
@click.option("--of", metavar="STATE", help="Only this state: whom it answers, and who answers it.")
@click.option(
    "--hostility",
    default="conflicts",
    show_default=True,
    help="Who is hostile to whom: conflicts (the record's), rivalries or disputes where imported, or none.",
)
@click.option("--set", "settings", multiple=True, metavar="arms-race.CONSTANT=VALUE", help="Set a constant.")
@answers
def arms_race(desk: Desk, on: str, of: str | None, hostility: str, settings: tuple[str, ...]) -> Any:
    """Who answers whose armament, dollar for dollar, and whether armaments settle: fitted on imported expenditures."""
    return desk.models.arms_race(on=on, of=of, hostility=hostility, settings=settings_of(settings))


def ask(
    record: Record,
    *,
    on: str,
    of: str | None = None,
    hostility: str = "conflicts",
    settings: Mapping[str, str] | None = None,
) -> Table:
    """The arms race of a day, fitted on imported expenditures. `settings` are the model's constants by name."""
    from dataclasses import replace

    from indivisible.apps.importing import imported
    from indivisible.assess.who_answers import default_settings, who_answers
    from indivisible.panels.armament import expenditure_on
    from indivisible.values import day_of

    day = day_of(on)
    chosen = {name.removeprefix("arms-race."): value for name, value in (settings or {}).items()}
    ready = default_settings(chosen, day)
    outside, _ = imported(record, day, power="beckley_2018", hostility=hostility, models=["arms-race"])
    if not outside.expenditure:
        spent = expenditure_on(day, record=record)
        versions: dict[str, Any] = {**outside.versions, **spent.versions}
        outside = replace(outside, expenditure=spent.dollars, expenditure_name=spent.name, versions=versions)
    return who_answers(record, on, settings=ready, outside=outside, hostility=hostility, of=of)
