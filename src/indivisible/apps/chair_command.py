"""`indivisible chair`: who chairs a body on a day, and how the chair passes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from indivisible.apps.answering import answers

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk


@click.command()
@click.argument("body")
@click.option("--on", required=True, metavar="DATE", help="A day (YYYY-MM-DD).")
@answers
def chair(desk: Desk, body: str, on: str) -> Any:
    """Who chairs BODY on a day, since when and to when, and how the chair passes."""
    return desk.councils.chair(body, on=on)
