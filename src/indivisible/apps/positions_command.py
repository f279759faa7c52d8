"""`indivisible positions`: where the members of a body stand, by their votes or by the user's own figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from indivisible.apps.answering import answers
from indivisible.errors import QuestionError

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk


@click.command()
@click.argument("case", required=False)
@answers
def positions(desk: Desk, case: str | None) -> Any:
    """Place the members of a body on a day: CASE is a YAML file, the same as `indivisible bargain` reads.

    With `positions: ideal-points` members stand where their votes in the UN General Assembly put them, with 95%
    intervals; otherwise where the file says. Members without a position are named, never left out in silence.
    """
    if case is None:
        raise QuestionError(
            "no case is given", do="indivisible positions case.yaml; `indivisible bargain --example` prints one"
        )
    return desk.councils.positions(case)
