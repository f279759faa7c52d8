"""`indivisible panel`: state-year and dyad-year tables from imported data, with an account of every column."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from indivisible.errors import QuestionError

if TYPE_CHECKING:
    from indivisible.panels.panel import Panel


class Years(click.ParamType):  # type: ignore[type-arg]  # generic in the newer releases only
    """Two years, both included, as in 1816-2010; or one."""

    name = "years"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """(first, last)."""
        if isinstance(value, tuple):
            return value
        first, dash, last = str(value).partition("-")
        try:
            years = int(first), int(last if dash else first)
        except ValueError:
            raise QuestionError(f"{value!r} is not a span of years", do="write 1816-2010") from None
        if years[1] < years[0]:
            raise QuestionError(f"the years end ({years[1]}) before they begin ({years[0]})", do="write 1816-2010")
        return years


@click.command()
@click.argument("unit", type=click.Choice(["state-years", "dyad-years"]))
@click.option("--years", type=Years(), help="First and last year, both included: 1816-2010.")
@click.option("--with", "joined", default="", metavar="A,B", help="What to join; `--with help` lists it.")
@click.option("--directed/--undirected", default=True, show_default=True, help="Each pair in both directions, or once.")
@click.option("--system", default="cow", show_default=True, help="State system: cow or gw; never mixed silently.")
@click.option("--relevant", default=None, help="Politically relevant pairs: contiguous-or-major or land-or-major.")
@click.option("--carry-system", is_flag=True, help="Repeat the last known members of the system in later years.")
@click.option("--crosswalk", default=None, help="isard: join data coded in the other state system.")
@click.option("--gaps", default="bridge", show_default=True, help="Peace over gaps of membership: bridge, restart.")
@click.option("--powers", type=int, default=3, show_default=True, help="Highest power of peace years: 1, 2 or 3.")
@click.option("--keys", default="", metavar="A,B", help="More keys of the states: iso3c, state (our own).")
@click.option("--out", metavar="FILE", help="Write the table to FILE: .parquet, .csv or .dta.")
@click.option("--describe", is_flag=True, help="Print the account: source, version, years and rule of every column.")
@click.option("--cite", is_flag=True, help="Print BibTeX of exactly what was used.")
@click.option("--json", "as_json", is_flag=True, help="Print description, counts, account and first rows as JSON.")
def panel(
    unit: str,
    years: tuple[int, int] | None,
    joined: str,
    keys: str,
    out: str | None,
    describe: bool,
    cite: bool,
    as_json: bool,
    directed: bool,
    system: str,
    relevant: str | None,
    carry_system: bool,
    crosswalk: str | None,
    gaps: str,
    powers: int,
) -> None:
    """A table of state-years or dyad-years from imported data, for statistics packages.

    Columns keep their sources' names, with suffix 1 and 2 for the two states of a pair. Beyond a source's coverage a
    value is missing, never zero.
    """
    from indivisible import panels

    if joined == "help":
        from indivisible.panels.joins import JOINS

        click.echo("\n".join(f"{one.name:<14}{one.about}" for one in JOINS))
        return
    if years is None:
        raise QuestionError("no years are given", do="add --years 1816-2010")
    names = [name.strip() for name in joined.split(",") if name.strip()]
    made = panels.build(
        unit,
        years=years,
        joined=names,
        keys=[key.strip() for key in keys.split(",") if key.strip()],
        directed=directed,
        system=system,
        relevant=relevant,
        carry_system=carry_system,
        crosswalk=crosswalk,
        gaps=gaps,
        powers=powers,
    )
    if out is not None:
        with tidy_if_ended():
            made.write(out)
    if as_json:
        from indivisible.report.json_text import to_json

        click.echo(to_json(made.to_dict()), nl=False)
    elif cite:
        click.echo(made.cite())
    elif describe:
        click.echo(made.describe(), nl=False)
    else:
        _show(made)
    if out is not None:
        click.echo(f"Written to {out}.", err=as_json or cite)


@contextmanager
def tidy_if_ended() -> Iterator[None]:
    """Inside, a request to end the program (SIGTERM) stops the work as Ctrl-C does: no half-written file is left.

    Then the program ends by that signal, as it was asked to. The handler from before is in force again afterwards.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may handle signals
        return
    asked = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL if before is None else before)
        if asked:
            os.kill(os.getpid(), signal.SIGTERM)


def _show(made: Panel) -> None:
    """The sentence, and for each column its source, the source's years and how many cells are known."""
    from indivisible.report.terminal import print_table

    account = made.account
    click.echo(made.sentence())
    if account.rows:
        print_table([
            {
                "column": one.column,
                "source": f"{one.dataset} {one.version}".strip() if one.dataset != "record" else "the record",
                "years": one.coverage or "as dated",
                "known": f"{one.known:,}".rjust(len(f"{account.rows:,}")),
                "share": _percent(one.known, account.rows),
            }
            for one in account.columns
        ])  # fmt: skip
    click.echo("Add --describe for the rule of every column and what an empty cell means, --cite for BibTeX.")


def _percent(part: int, whole: int) -> str:
    """A share that is neither rounded away to nothing nor up to everything."""
    share = f"{part / whole:.1%}"
    if part and share == "0.0%":
        share = "<0.1%"
    if part < whole and share == "100.0%":
        share = ">99.9%"
    return share.rjust(6)
