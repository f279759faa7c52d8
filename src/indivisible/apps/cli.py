"""The command line: parse, call one function, print; heavy libraries are imported only where they are needed."""

from __future__ import annotations

import functools
import io
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from indivisible import __version__
from indivisible.apps.allocation_command import allocation
from indivisible.apps.answering import Command, answers, on_day
from indivisible.apps.arms_race_command import arms_race
from indivisible.apps.assess_command import assess, compare, verify, why_assess
from indivisible.apps.backtest_command import backtest
from indivisible.apps.bargain_command import bargain
from indivisible.apps.chair_command import chair
from indivisible.apps.cohesion_command import cohesion
from indivisible.apps.comply_command import comply, obligations
from indivisible.apps.consent_command import consent
from indivisible.apps.contest_command import key_players
from indivisible.apps.decide_command import decide
from indivisible.apps.design_command import design
from indivisible.apps.disputes_command import disputes
from indivisible.apps.force_command import force
from indivisible.apps.history_command import history
from indivisible.apps.ideal_points_command import ideal_points
from indivisible.apps.measure_command import measure
from indivisible.apps.mistakes import code_of_broken, exit_code_of
from indivisible.apps.notify_command import notify
from indivisible.apps.panel_command import panel
from indivisible.apps.positions_command import positions
from indivisible.apps.power_command import power
from indivisible.apps.principle_command import principle
from indivisible.apps.record_of_command import record_of
from indivisible.apps.serve_command import serve
from indivisible.apps.spillover_command import spillover
from indivisible.apps.stability_command import stability
from indivisible.apps.vacuum_command import vacuum
from indivisible.errors import QuestionError

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one small product after another: threads only get in the way

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk

EXIT_CODES = """\b
Exit codes:
  0  answered (unknown is an answer too)
  1  something failed inside, or interrupted
  2  the question cannot be understood: unknown name, impossible date, wrong option
  3  a file cannot be read or written
  4  the record breaks one of its rules
  5  a change contradicts the record or itself
  6  the answer needs a dataset that is not imported
  7  a saved run, recomputed, is not the same"""


class Main(click.Group):
    """The main command; every mistake is one clear line on standard error and a documented exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order in which a newcomer meets them

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:  # click's own signature
        """Run the command line; in standalone mode leave the process with the exit code."""
        command = functools.partial(super().main, *args, standalone_mode=False, **extra)
        if standalone_mode:
            sys.exit(exit_code_of(command))
        return command()

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as problem:  # click itself would leave with code 1
            ctx.exit(code_of_broken(problem))


@click.group(cls=Main, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="indivisible")
def main() -> None:
    """Architecture as code for international security: who is bound to whom, by what and with what; and what
    any change does to every state, as rival published models see it. The program takes no side.

    \b
    Begin with:
      indivisible members CSTO --on 2000-06-01
      indivisible assess nordic-accession
      indivisible why assess nordic-accession RUS"""


YEAR = click.IntRange(1, 9998)


def on_or_years(command: Command) -> Command:
    """One day, or a table of state-years."""
    for option in (
        click.option("--to", "last", type=YEAR, metavar="YEAR", help="Last year of the table, included."),
        click.option("--from", "first", type=YEAR, metavar="YEAR", help="With --to: a table of state-years."),
        click.option("--on", metavar="DATE", help="A day (YYYY-MM-DD), a month or a year."),
    ):
        command = option(command)
    return command


def _one_day(on: str | None, first: int | None, last: int | None) -> bool:
    """Whether one date was given; QuestionError unless it is either that or two years."""
    if on is not None and first is None and last is None:
        return True
    if on is None and first is not None and last is not None:
        return False
    raise QuestionError("give --on DATE, or both --from YEAR and --to YEAR")


in_layer = click.option(
    "--layer", default="legal", show_default=True, help="legal, or participation (suspended and frozen left out)."
)
in_role = click.option("--role", default="full", show_default=True, help="full, or a role such as observer.")


LISTED = (
    "states",
    "organizations",
    "treaties",
    "texts",
    "deployments",
    "conflicts",
    "changes",
    "models",
    "sources",
)


@main.command("list")
@click.argument("what", type=click.Choice(LISTED))
@click.option("--grep", default="", metavar="WORD", help="Only those with WORD in a key or name.")
@answers
def list_command(desk: Desk, what: str, grep: str) -> Any:
    """What there is to ask about."""
    return desk.list(what, grep=grep)


@main.command()
@click.argument("organization")
@on_or_years
@in_role
@in_layer
@answers
def members(
    desk: Desk, organization: str, on: str | None, first: int | None, last: int | None, role: str, layer: str
) -> Any:
    """Who was a member of an organisation on a day."""
    if _one_day(on, first, last):
        return desk.members(organization, on=str(on), role=role, layer=layer)
    from indivisible.architecture.member_years import member_years

    return member_years(desk.record, organization, first=int(first or 0), last=int(last or 0), role=role, layer=layer)


@main.command()
@click.argument("name")
@click.option("--state", default=None, help="The status for one state.")
@on_or_years
@answers
def treaty(desk: Desk, name: str, on: str | None, first: int | None, last: int | None, state: str | None) -> Any:
    """The status of a treaty or politically binding text on a day."""
    if _one_day(on, first, last):
        return desk.treaty(name, on=str(on), state=state)
    from indivisible.architecture.treaty_years import treaty_years

    return treaty_years(desk.record, name, first=int(first or 0), last=int(last or 0), state=state)


@main.command()
@click.argument("name")
@on_day
@answers
def state(desk: Desk, name: str, on: str) -> Any:
    """All that the record says of one state on one day."""
    return desk.state(name, on=on)


@main.command()
@click.argument("name")
@answers
def timeline(desk: Desk, name: str) -> Any:
    """Every dated turn in the life of a state, organisation, treaty or text."""
    return desk.timeline(name)


@main.command()
@click.argument("first")
@click.argument("second")
@click.option("--about", default=None, metavar="NAME", help="Only what concerns this state, organisation or treaty.")
@answers
def diff(desk: Desk, first: str, second: str, about: str | None) -> Any:
    """What began and what ended between two days."""
    return desk.diff(first, second, about=about)


@main.group()
def why() -> None:
    """Why an answer is as it is: from the answer to claims and sources."""


@why.command("members")
@click.argument("organization")
@click.argument("state")
@on_day
@in_role
@in_layer
@answers
def why_members(desk: Desk, organization: str, state: str, on: str, role: str, layer: str) -> Any:
    """The claims for and against a membership."""
    return desk.why_members(organization, state, on=on, role=role, layer=layer)


@main.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("question", nargs=-1, required=True, type=click.UNPROCESSED)
def cite(question: tuple[str, ...]) -> None:
    """BibTeX of what an answer rests on: put `cite` before any question."""
    code = main.main(args=[*question, "--cite"], standalone_mode=False)
    raise click.exceptions.Exit(code or 0)


@main.group()
def record() -> None:
    """The record itself."""


@record.command("check")
@answers
def record_check(desk: Desk) -> Any:
    """Validate the whole record against its written rules."""
    return desk.check()


@main.group()
def data() -> None:
    """Outside data: the publishers' files that you have, read strictly and stored."""


@data.command("list")
@answers
def data_list(desk: Desk) -> Any:
    """The datasets the program can read, and which are imported."""
    from indivisible.readers import library

    return library.list_datasets()


@data.command("import")
@click.argument("path", type=click.Path())
@click.option("--as", "dataset", default=None, metavar="DATASET", help="Read the file as this dataset.")
@answers
def data_import(desk: Desk, path: str, dataset: str | None) -> Any:
    """Import a file, or every file of a folder that a reader knows. What is imported already is skipped."""
    from indivisible.readers import library

    return library.import_path(path, dataset=dataset, progress=lambda line: click.echo(line, err=True))


@data.command("check")
@answers
def data_check(desk: Desk) -> Any:
    """Verify what is imported."""
    from indivisible.readers import library

    return library.check()


for command in (assess, verify, compare, vacuum, panel, measure, ideal_points):
    main.add_command(command)
main.add_command(stability)
main.add_command(spillover)
main.add_command(history)
main.add_command(key_players)
main.add_command(backtest)
main.add_command(allocation)
main.add_command(arms_race)
main.add_command(comply)
main.add_command(obligations)
main.add_command(notify)
main.add_command(consent)
main.add_command(decide)
main.add_command(cohesion)
main.add_command(chair)
main.add_command(record_of)
main.add_command(bargain)
main.add_command(positions)
main.add_command(power)
main.add_command(design)
main.add_command(disputes)
main.add_command(force)
main.add_command(principle)
main.add_command(serve)
why.add_command(why_assess)


def run() -> None:
    """Entry point of the `indivisible` command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without these letters shows a mark in their place
    main()
