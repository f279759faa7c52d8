"""`indivisible disputes`: what is disputed on a day - statehood, territory, membership - and who says what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from indivisible.apps.answering import answers

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk


@click.command()
@click.argument("about", default="")
@click.option("--on", required=True, metavar="DATE", help="A day (YYYY-MM-DD).")
@answers
def disputes(desk: Desk, about: str, on: str) -> Any:
    """Who says what of statehood, territory, borders, memberships, acts and consent that are disputed on a day.

    ABOUT keeps what concerns one state or area, such as Kosovo or Crimea.
    """
    return desk.rules.disputes(about, on=on)
