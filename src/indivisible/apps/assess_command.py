"""`indivisible assess` and what belongs to it: why, save, verify and compare."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from indivisible.apps.answering import Command, answers, listed, settings_of

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk


def assessing(command: Command) -> Command:
    """The options that an assessment and its explanation share."""
    for option in (
        click.option("--on", metavar="DAY", help="Baseline day; by default the day before the first step."),
        click.option("--models", metavar="A,B", help="Only these models."),
        click.option("--set", "settings", multiple=True, metavar="MODEL.PARAMETER=VALUE", help="Set a constant."),
        click.option(
            "--power", default="beckley_2018", show_default=True, help="beckley_2018, or cinc where imported."
        ),
        click.option(
            "--hostility",
            default="conflicts",
            show_default=True,
            help="Who is hostile to whom: conflicts (the record's), rivalries or disputes where imported, or none.",
        ),
        click.option(
            "--materiality",
            default=0.01,
            show_default=True,
            metavar="SHARE",
            help="Effects count above this share, from 0 (of any size) to 1; 0.05 is five per cent.",
        ),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("change")
@assessing
@click.option("--after", metavar="CHANGE", help="A change that is taken for granted before: shipped, or a YAML file.")
@click.option("--among", metavar="A,B|ORG", help="Show only these states, or the members of an organisation.")
@click.option("--draws", default=0, metavar="N", help="Draw constants and unknown figures N times.")
@click.option("--seed", default=0, show_default=True, help="The same seed gives the same answer.")
@click.option("--workers", default=1, show_default=True, help="Processes for the draws; the answer is the same.")
@click.option("--attribute", is_flag=True, help="Share every gain and loss out among the steps and who takes them.")
@click.option("--save", metavar="RUN.json", help="Keep all that is needed to get the same answer again.")
@answers
def assess(
    desk: Desk,
    change: str,
    on: str | None,
    after: str | None,
    models: str | None,
    settings: Sequence[str],
    power: str,
    hostility: str,
    materiality: float,
    among: str | None,
    draws: int,
    seed: int,
    workers: int,
    attribute: bool,
    save: str | None,
) -> Any:
    """What a change (shipped, or a YAML file) does to every state, as each model sees it."""
    found = desk.assess(
        change, on=on, after=after, models=listed(models), among=listed(among), settings=settings_of(settings),
        power=power, hostility=hostility, materiality=materiality, draws=draws, seed=seed, workers=workers,
        attribute=attribute, progress=tell,
    )  # fmt: skip
    if save is not None:
        click.echo(f"Run saved to {found.save_run(save)}.", err=True)
    return found


def tell(what: str, done: int, all_of_it: int) -> None:
    """One line of progress on standard error, rewritten in place; nothing where nobody is looking."""
    if sys.stderr.isatty():
        end = "\n" if done >= all_of_it else ""
        click.echo(f"\r{what}: {done} of {all_of_it}".ljust(70) + end, err=True, nl=False)


@click.command("assess")
@click.argument("change")
@click.argument("state")
@assessing
@answers
def why_assess(
    desk: Desk,
    change: str,
    state: str,
    on: str | None,
    models: str | None,
    settings: Sequence[str],
    power: str,
    hostility: str,
    materiality: float,
) -> Any:
    """From a score to the pledges and figures it was made from."""
    return desk.why_assess(
        change, state, on=on, models=listed(models), settings=settings_of(settings), power=power, hostility=hostility,
        materiality=materiality,
    )  # fmt: skip


@click.command()
@click.argument("run", type=click.Path())
@click.option("--workers", default=1, show_default=True, help="Processes for the draws; the answer is the same.")
@answers
def verify(desk: Desk, run: str, workers: int) -> Any:
    """Compute a saved run again and say whether the answer is the same."""
    return desk.verify(run, workers=workers, progress=tell)


@click.command()
@click.argument("first", type=click.Path())
@click.argument("second", type=click.Path())
@answers
def compare(desk: Desk, first: str, second: str) -> Any:
    """Two saved runs side by side: what was asked otherwise, and which verdicts differ."""
    return desk.compare(first, second)
