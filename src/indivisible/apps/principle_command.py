"""`indivisible principle`: a change under the norms of equal and indivisible security, reading by reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from indivisible.apps.answering import answers, listed, settings_of
from indivisible.apps.assess_command import assessing

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk
    from indivisible.assess.principle import Principle
    from indivisible.record.record import Record


@click.command()
@click.argument("change")
@assessing
@answers
def principle(
    desk: Desk,
    change: str,
    on: str | None,
    models: str | None,
    settings: Sequence[str],
    power: str,
    hostility: str,
    materiality: float,
) -> Any:
    """A change under the norms of equal and indivisible security (N0 to N7), each published reading side by side."""
    return desk.rules.principle(
        change, on=on, models=listed(models), settings=settings_of(settings), power=power, hostility=hostility,
        materiality=materiality,
    )  # fmt: skip


def ask(record: Record, name: str, **chosen: Any) -> Principle:
    """The answer, with the assessment of the same change as evidence."""
    from indivisible.apps.assessing import run
    from indivisible.apps.importing import imported
    from indivisible.architecture.change import load_change
    from indivisible.architecture.steps import baseline_day
    from indivisible.assess.comparison import compare
    from indivisible.assess.principle import principle as check

    assessment = run(record, name, **chosen).assessment
    change = load_change(name)
    day = baseline_day(change, record, on=chosen.get("on"))
    power, hostility = chosen.get("power", "beckley_2018"), chosen.get("hostility", "conflicts")
    outside, power = imported(record, day, power=power, hostility=hostility, models=chosen.get("models"))
    comparison = compare(record, change, on=chosen.get("on"), power=power, hostility=hostility, outside=outside)
    return check(comparison, assessment)
