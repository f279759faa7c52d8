"""`indivisible stability`: is the network of pledges stable, and is the balance between two nuclear states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from indivisible.apps.answering import answers, listed, settings_of
from indivisible.errors import QuestionError

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk
    from indivisible.record.record import Record
    from indivisible.report.answer import Answer


@click.command()
@click.option("--on", required=True, metavar="DATE", help="A day (YYYY-MM-DD).")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="MODEL.PARAMETER=VALUE",
    help="Set a constant: deterrence.gamma=2, trade.cost=0.02, strategic.survivable=0.6 or USA.survivable=0.6.",
)
@click.option("--power", default=None, metavar="MEASURE", help="beckley_2018 (the default), or cinc where imported.")
@click.option("--among", metavar="A,B|ORG", help="Report on these states, or the members of an organisation.")
@click.option("--trade", is_flag=True, help="Count what each pledge carries in trade (imported data, to 2014).")
@click.option("--strategic", nargs=2, metavar="A B", help="Instead: strategic stability of two nuclear states.")
@answers
def stability(
    desk: Desk,
    on: str,
    settings: Sequence[str],
    power: str | None,
    among: str | None,
    trade: bool,
    strategic: tuple[str, str] | None,
) -> Any:
    """Who can be attacked by whom, which missing pledge would be exploited, which existing one is idle.

    \b
    indivisible stability --on 2007-02-10 --among CSTO
    indivisible stability --on 2007-02-10 --set deterrence.gamma=2 --set deterrence.allies_may_attack=yes
    indivisible stability --on 2013-06-01 --trade
    indivisible stability --strategic USA RUS --on 2007-02-10
    """
    return desk.models.stability(
        on=on, settings=settings_of(settings), power=power, among=listed(among), trade=trade, strategic=strategic
    )


def ask(
    record: Record,
    *,
    on: str,
    settings: Mapping[str, Any] | None = None,
    power: str | None = None,
    among: Sequence[str] | str | None = None,
    trade: bool = False,
    strategic: tuple[str, str] | None = None,
) -> Answer:
    """The stability of a day's network, or of two nuclear states; raises what its two answers raise."""
    if strategic is not None:
        for name, given in (("--power", power), ("--among", among), ("--trade", trade or None)):
            if given is not None:
                raise QuestionError(f"{name} says nothing about strategic stability", do="leave it out")
        from indivisible.assess.stability_strategic import strategic_stability
        from indivisible.report.stability_strategic_text import StrategicAnswer

        return StrategicAnswer(strategic_stability(record, *strategic, on=on, settings=settings))
    from indivisible.apps.importing import imported
    from indivisible.assess.stability import stability as of_network
    from indivisible.report.stability_text import StabilityAnswer
    from indivisible.values import day_of

    outside, measure = imported(
        record, day_of(on), power=power or "beckley_2018", hostility="none", models=["deterrence"]
    )
    found = of_network(record, on=on, settings=settings, power=measure, among=among, trade=trade, outside=outside)
    return StabilityAnswer(found, record)
