"""The command line: parse, call one function, print; heavy libraries are imported only where they are needed."""

from __future__ import annotations

import functools
import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from indivisible import __version__
from indivisible.apps.measure_command import measure
from indivisible.apps.mistakes import code_of_broken, exit_code_of
from indivisible.apps.panel_command import panel
from indivisible.errors import QuestionError

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one small product after another: threads only get in the way

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk
    from indivisible.report.answer import Answer

Command = TypeVar("Command", bound=Callable[..., Any])

EXIT_CODES = """\b
Exit codes:
  0  answered (unknown is an answer too)
  1  something failed inside, or interrupted
  2  the question cannot be understood: unknown name, impossible date, wrong option
  3  a file cannot be read or written
  4  the record breaks one of its rules
  5  a change contradicts the record or itself
  6  the answer needs a dataset that is not imported"""


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


def answers(command: Command) -> Command:
    """Give a command the options that every answer has, and print what it returns."""

    @click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
    @click.option("--out", metavar="FILE", help="Write the answer to FILE: .csv, .parquet, .dta, .json or .html.")
    @click.option("--cite", "as_cite", is_flag=True, help="Print BibTeX of what the answer rests on.")
    @click.option(
        "--overlay", "overlays", metavar="DIR", multiple=True, help="Lay your own claims over the record (repeatable)."
    )
    @functools.wraps(command)
    def wrapped(
        *args: Any, as_json: bool, out: str | None, as_cite: bool, overlays: Sequence[str], **chosen: Any
    ) -> None:
        from indivisible.apps.desk import load

        desk = load(overlays=overlays, faulty_overlays=command.__name__ == "record_check")
        answer = command(desk, *args, **chosen)
        give(desk, answer, as_json=as_json, out=out, as_cite=as_cite)
        if code := getattr(answer, "exit_code", 0):
            raise click.exceptions.Exit(code)

    return wrapped  # type: ignore[return-value]


def give(desk: Desk, answer: Any, *, as_json: bool, out: str | None, as_cite: bool) -> None:
    """Print or write one answer in the form asked for."""
    plain: Answer = getattr(answer, "answer", answer)
    if out is not None:
        from indivisible.report.files import write

        path = write(plain, out)
        click.echo(f"{plain.sentence()}\nWritten to {path}.", err=as_json)
    if as_json:
        from indivisible.report.json_text import to_json

        click.echo(to_json(plain.to_dict()), nl=False)
    elif as_cite:
        from indivisible.record.cite import bibtex

        click.echo(bibtex(desk.record, plain.sources()))
    elif out is None:
        from indivisible.report.terminal import show

        show(plain)
        if desk.record.overlays:
            click.echo(f"With your claims from {', '.join(desk.record.overlays)}: record {desk.record.digest}")


YEAR = click.IntRange(1, 9998)
on_day = click.option("--on", required=True, metavar="DATE", help="A day (YYYY-MM-DD), a month or a year.")


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
    ):
        command = option(command)
    return command


def _settings(pairs: Sequence[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or "." not in name:
            raise QuestionError(f"{pair!r} is not a setting", do="write model.parameter=value")
        found[name] = value
    return found


def _listed(text: str | None) -> list[str] | None:
    return None if text is None else [word.strip() for word in text.split(",") if word.strip()]


@main.command()
@click.argument("change")
@assessing
@click.option("--among", metavar="A,B|ORG", help="Show only these states, or the members of an organisation.")
@answers
def assess(
    desk: Desk,
    change: str,
    on: str | None,
    models: str | None,
    settings: Sequence[str],
    power: str,
    hostility: str,
    among: str | None,
) -> Any:
    """What a change (shipped, or a YAML file) does to every state, as each model sees it."""
    return desk.assess(
        change,
        on=on,
        models=_listed(models),
        among=_listed(among),
        settings=_settings(settings),
        power=power,
        hostility=hostility,
    )


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


@why.command("assess")
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
) -> Any:
    """From a score to the pledges and figures it was made from."""
    return desk.why_assess(
        change, state, on=on, models=_listed(models), settings=_settings(settings), power=power, hostility=hostility
    )


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


main.add_command(panel)
main.add_command(measure)


def run() -> None:
    """Entry point of the `indivisible` command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without these letters shows a mark in their place
    main()
