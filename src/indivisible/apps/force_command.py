"""`indivisible force`: a use of force put to the UN Charter, branch by branch, with what is disputed and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from indivisible.apps.answering import answers
from indivisible.errors import QuestionError

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk


@click.command()
@click.argument("case", required=False)
@click.option("--asks", is_flag=True, help="List the facts that the tree turns on, and stop.")
@answers
def force(desk: Desk, case: str | None, asks: bool) -> Any:
    """Put a use of force to the UN Charter: CASE is a YAML file that says who, where, when, and who says what.

    Every branch is answered under each of its published readings. A disputed fact makes a branch unknown and names both
    sides; there is one verdict on the whole only where every reading agrees on it.
    """
    if asks:
        from indivisible.rules.force_facts import list_force_facts

        return list_force_facts(desk.record)
    if case is None:
        raise QuestionError(
            "no case is given", do="indivisible force case.yaml; `indivisible force --asks` lists the facts"
        )
    return desk.rules.force(case)
