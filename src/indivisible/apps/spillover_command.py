"""`indivisible spillover`: what one state's power, or a pledge between two, does to the security of all others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from indivisible.apps.answering import answers, listed, settings_of

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk
    from indivisible.record.record import Record
    from indivisible.report.spillover_text import SpilloverAnswer


@click.command()
@click.option("--on", required=True, metavar="DAY", help="The day, YYYY-MM-DD.")
@click.option("--model", required=True, metavar="MODEL", help="One model; `indivisible list models` lists them.")
@click.option("--pledges", is_flag=True, help="Also what a pledge between each two states does to all others.")
@click.option("--set", "settings", multiple=True, metavar="MODEL.PARAMETER=VALUE", help="Set a constant.")
@click.option("--power", default="beckley_2018", show_default=True, help="beckley_2018, or cinc where imported.")
@click.option(
    "--hostility",
    default="conflicts",
    show_default=True,
    help="Who is hostile to whom, for models that read it: conflicts, rivalries, disputes or none.",
)
@click.option("--among", metavar="A,B|ORG", help="Only what these states do to one another; all still act.")
@answers
def spillover(
    desk: Desk,
    on: str,
    model: str,
    pledges: bool,
    settings: Sequence[str],
    power: str,
    hostility: str,
    among: str | None,
) -> Any:
    """Who burdens and who helps whom: what small changes of power, or pledges, do to others' security.

    The indivisibility coefficient is the share of gains in all that is done to others: 1 where nobody loses, 0 where
    nobody gains. --out FILE.csv or .parquet writes the whole matrix.
    """
    from indivisible.apps.assess_command import tell

    return desk.models.spillover(
        on=on, model=model, pledges=pledges, settings=settings_of(settings), power=power, hostility=hostility,
        among=listed(among), progress=tell,
    )  # fmt: skip


def ask(
    record: Record,
    *,
    on: str,
    model: str,
    pledges: bool = False,
    settings: Mapping[str, Any] | None = None,
    power: str = "beckley_2018",
    hostility: str = "conflicts",
    among: Sequence[str] | str | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> SpilloverAnswer:
    """The spill-over of a day in one model, with imported measures of power, if any."""
    from indivisible.apps.importing import imported
    from indivisible.assess.spillover import spillover
    from indivisible.report.spillover_text import SpilloverAnswer
    from indivisible.values import day_of

    outside, power = imported(record, day_of(on), power=power, hostility=hostility, models=[model])
    return SpilloverAnswer(
        spillover(
            record, on=on, model=model, pledges=pledges, settings=settings, power=power, hostility=hostility,
            outside=outside, among=among, progress=progress,
        )
    )  # fmt: skip
