"""`indivisible power`: who has how much power in a body, or under a rule of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from indivisible.apps.answering import answers
from indivisible.apps.comply_command import facts_given
from indivisible.errors import QuestionError

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk


@click.command()
@click.argument("body", default="")
@click.option("--on", metavar="DATE", help="A day (YYYY-MM-DD).")
@click.option(
    "--procedure", default="", metavar="NAME", help="Not the first; `indivisible decide --bodies` lists them."
)
@click.option("--fact", "pairs", multiple=True, metavar="NAME=VALUE", help="A fact that the procedure turns on.")
@click.option("--rule", metavar="RULE", help="A rule of your own: '[51; 50,49,1]' or a YAML file.")
@click.option("--abstention", is_flag=True, help="Count with yes, abstention and no.")
@click.option("--by-kind", is_flag=True, help="One row for all members that have the same power.")
@answers
def power(
    desk: Desk,
    body: str,
    on: str | None,
    procedure: str,
    pairs: Sequence[str],
    rule: str | None,
    abstention: bool,
    by_kind: bool,
) -> Any:
    """How much power has each member of BODY under exactly its rule on that day?

    Banzhaf, Shapley-Shubik, Coleman, Johnston, Deegan-Packel and Holler, as exact fractions; of bodies too large for
    that in floating point, with a bound on the error.
    """
    if rule is not None:
        if body or on or procedure or pairs:
            raise QuestionError("a rule of your own has no body, day, procedure or facts", do="give --rule alone")
        return desk.councils.power_of_rule(rule, abstention=abstention, by_kind=by_kind)
    if not body:
        raise QuestionError(
            "neither a body nor a rule is given", do="indivisible power UNSC --on 2024-01-01, or --rule '[51; 50,49,1]'"
        )
    if body.strip().startswith("["):
        raise QuestionError(f"{body!r} is a rule", do=f"write --rule '{body}'")
    if on is None:
        raise QuestionError("no day is given", do=f"indivisible power {body} --on 2024-01-01")
    facts = facts_given(None, pairs)
    return desk.councils.power(body, on=on, procedure=procedure, facts=facts, abstention=abstention, by_kind=by_kind)
