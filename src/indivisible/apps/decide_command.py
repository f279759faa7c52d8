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
@click.option("--bodies", is_flag=True, help="List the procedures of all bodies, or of the one named as CASE.")
@answers
def decide(desk: Desk, case: str | None, bodies: bool) -> Any:
    """Would it pass? CASE is a YAML file: the body, the day, and who votes how.

    Every condition of the body's rule is shown with what the votes came to, what defeated the proposal, and the
    smallest sets of members who could turn it. Votes that are not known give the set of possible outcomes.
    """
    if bodies:
        return desk.councils.procedures(case or "")
    if case is None:
        raise QuestionError("no case is given", do="indivisible decide case.yaml; --bodies lists the bodies")
    _no_body(desk, case)
    return desk.councils.decide(case)


def _no_body(desk: Desk, case: str) -> None:
    """Raise QuestionError where a body was named and not a file."""
    from pathlib import Path

    from indivisible.rules.procedure import council_of

    if "." in case or Path(case).exists():
        return
    try:
        key = council_of(desk.record, case).KEY
    except QuestionError as problem:
        raise QuestionError(f"{case!r} is neither a file nor a body whose rules are known", do=problem.do) from None
    raise QuestionError(
        f"{case!r} is a body; a case is a file that says who votes how",
        do=f"indivisible decide --bodies {key} shows its procedures; docs/how-to/decide.md a first file",
    )
