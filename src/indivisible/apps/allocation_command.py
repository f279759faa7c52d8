"""`indivisible allocation`: every equilibrium of the power allocation game in a small world from a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indivisible.apps.answering import answers

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk


@click.command()
@click.argument("path", metavar="FILE", type=click.Path())
@answers
def allocation(desk: Desk, path: str) -> Any:
    """Every equilibrium of the power allocation game in a small world: up to six states, power in whole units.

    \b
    FILE is CSV, names separated by blanks,   or YAML:
      state,power,friends,adversaries           schema: allocation/1
      A,2,B,C                                   states:
      B,2,,C                                      - {state: A, power: 2, friends: [B], adversaries: [C]}
      C,3,,                                       - {state: B, power: 2, adversaries: [C]}
                                                  - {state: C, power: 3}
    """
    from indivisible.models.allocation_game import all_equilibria

    return all_equilibria(Path(path))
