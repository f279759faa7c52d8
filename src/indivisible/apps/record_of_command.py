"""`indivisible record-of`: what a body is known to have decided, with the votes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from indivisible.apps.answering import answers

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk


@click.command("record-of")
@click.argument("body")
@click.option("--from", "first", type=int, metavar="YEAR", help="First year.")
@click.option("--to", "last", type=int, metavar="YEAR", help="Last year.")
@click.option(
    "--session", type=int, help="Of the General Assembly: the roll calls of this session (74 opened in 2019)."
)
@click.option("--issue", default="", metavar="X", help="Only roll calls about it: me, nu, di, hr, co or ec.")
@answers
def record_of(desk: Desk, body: str, first: int | None, last: int | None, session: int | None, issue: str) -> Any:
    """What BODY is known to have decided, with the votes: UNSC, UN, CSTO, OSCE, EU and others.

    Some decisions ship, each with its source. Vetoes since 1946 and roll calls come from data that you import. It is
    never a full list.
    """
    return desk.councils.record_of(body, first=first, last=last, session=session, issue=issue)
