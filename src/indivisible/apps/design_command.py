"""`indivisible design`: which packages of steps leave nobody worse off, or what forbids them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from indivisible.apps.answering import answers, listed, settings_of
from indivisible.apps.assess_command import tell

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk


@click.command()
@click.argument("case")
@click.option("--workers", type=int, default=1, show_default=True, help="Processes that look side by side.")
@click.option("--engine", type=click.Choice(["processes", "ray"]), default="processes", show_default=True)
@click.option("--checkpoint", metavar="FILE", help="Keep what was looked at in FILE, and go on from it.")
@click.option("--save", metavar="DIR", help="Write each package of the frontier as a change and a run to DIR.")
@click.option("--models", metavar="NAMES", help="Models by which harm is judged, in place of the case's own.")
@click.option("--set", "settings", multiple=True, metavar="MODEL.NAME=VALUE", help="A constant (repeatable).")
@click.option("--power", metavar="NAME", help="Measure of power, if not the case's: beckley_2018, or cinc if imported.")
@click.option("--hostility", metavar="NAME", help="Where hostility comes from, if not as the case has it.")
@click.option("--materiality", type=float, metavar="SHARE", help="Share from which effects count, if not the case's.")
@answers
def design(desk: Desk, case: str, models: str | None, settings: Sequence[str], **chosen: Any) -> Any:
    """Search for packages of steps that leave nobody worse off. CASE is one that ships, or a YAML file.

    The answer is every package that no other beats, or the smallest sets of demands that no package meets together. It
    says what models find, never what states should do.
    """
    return desk.design(case, models=listed(models), settings=settings_of(settings), progress=tell, **chosen)
