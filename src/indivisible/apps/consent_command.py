"""`indivisible consent`: who has to agree to each step of a change, and whether each would be better off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from indivisible.apps.answering import answers, listed, settings_of

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk


@click.command()
@click.argument("change")
@click.option("--on", metavar="DATE", help="The day of the baseline; default: the day before the first step.")
@click.option("--models", metavar="NAMES", help="Models, between commas; `all` for every one.")
@click.option("--set", "settings", multiple=True, metavar="MODEL.NAME=VALUE", help="A constant (repeatable).")
@click.option("--materiality", type=float, default=0.01, show_default=True, help="Share from which effects count.")
@answers
def consent(
    desk: Desk, change: str, on: str | None, models: str | None, settings: Sequence[str], materiality: float
) -> Any:
    """Who has to consent to each step of CHANGE under the rules, and would they?

    Every state is taken to go by what a model says of its own security, one model beside the other: who loses stands
    in the way. The body's own rule on that day then decides. Each step is looked at alone.
    """
    return desk.councils.consent(
        change, on=on, models=listed(models), settings=settings_of(settings), materiality=materiality
    )
