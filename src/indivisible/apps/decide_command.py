"""`indivisible decide`: would it pass, by which rule, and who could turn it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from indivisible.apps.answering import answers
from indivisible.errors import QuestionError

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk


@click.command()
@click.argument("case", required=False)
@click.option("--bodies", is_flag=True, help="List the bodies and their procedures, and stop.")
@answers
def decide(desk: Desk, case: str | None, bodies: bool) -> Any:
    """Would it pass? CASE is a YAML file: the body, the day, and who votes how.

    Every condition of the body's rule is shown with what the votes came to, what defeated the proposal, and the
    smallest sets of members who could turn it. Votes that are not known give the set of possible outcomes.
    """
    if bodies:
        return desk.councils.procedures()
    if case is None:
        raise QuestionError("no case is given", do="indivisible decide case.yaml; --bodies lists the bodies")
    return desk.councils.decide(case)
