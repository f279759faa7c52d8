"""`indivisible comply`: whether a text was kept, article by article; `indivisible obligations`: all that binds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from indivisible.apps.answering import answers, on_day
from indivisible.errors import QuestionError

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk

HOLDINGS = "Holdings as CSV: state,zone,category,status,basis,low,high,date."
FACTS = "Facts of the case as YAML; `indivisible comply TREATY --asks` lists their names."
FACT = "One fact (repeatable)."
WOULD = "What would be so if the text bound on that day."
READING = "Only the findings under this interpretation."
ARTICLE = "Only articles that begin with this, such as IV(1)."


@click.command()
@click.argument("treaty")
@click.option("--state", default="", help="The party of which it is asked; without it, of all.")
@click.option("--on", metavar="DATE", help="A day (YYYY-MM-DD).")
@click.option("--holdings", metavar="CSV", help=HOLDINGS)
@click.option("--facts", "path", metavar="YAML", help=FACTS)
@click.option("--fact", "pairs", multiple=True, metavar="NAME=VALUE", help=FACT)
@click.option("--hypothetical", is_flag=True, help=WOULD)
@click.option("--reading", default="", help=READING)
@click.option("--article", default="", metavar="ARTICLE", help=ARTICLE)
@click.option("--asks", is_flag=True, help="List the facts that the text asks for, and stop.")
@answers
def comply(
    desk: Desk,
    treaty: str,
    state: str,
    on: str | None,
    holdings: str | None,
    path: str | None,
    pairs: Sequence[str],
    hypothetical: bool,
    reading: str,
    article: str,
    asks: bool,
) -> Any:
    """Was it kept? Every article of a text for one case: yes, no, unknown or not applicable, and why.

    `indivisible comply list` names the texts that are encoded. What is not given is unknown, and unknown is never yes.
    """
    if treaty == "list":
        from indivisible.rules.describe import list_rules

        return list_rules(desk.record)
    if asks:
        from indivisible.rules.describe import list_facts

        return list_facts(desk.record, treaty)
    if on is None:
        raise QuestionError("no day is given", do="add --on 1999-07-01")
    return desk.rules.comply(
        treaty, on=on, state=state, facts=facts_given(path, pairs), where=path or "facts", holdings=holdings,
        hypothetical=hypothetical, reading=reading, article=article,
    )  # fmt: skip


@click.command()
@click.argument("state", default="")
@on_day
@click.option("--domain", default="", help="Only one: defence, arms_control, nuclear, biological ...")
@click.option("--all", "every", is_flag=True, help="Of all states.")
@answers
def obligations(desk: Desk, state: str, on: str, domain: str, every: bool) -> Any:
    """All that binds a state on a day: by domain, article by article, in law or politically."""
    if bool(state) == every:
        raise QuestionError("name one state, or give --all", do="indivisible obligations FRA --on 2010-01-01")
    return desk.rules.obligations(state, on=on, domain=domain)


def facts_given(path: str | None, pairs: Sequence[str]) -> dict[str, object]:
    """Facts from a YAML file, and from NAME=VALUE pairs, which count where both name one."""
    from indivisible.rules.case_file import read_map

    found: dict[str, object] = {} if path is None else read_map(path, begin="one `name: value` a line")
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise QuestionError(f"{pair!r} is not a fact", do="write --fact name=value")
        found[name.strip()] = _plain(value, pair)
    return found


def _plain(value: str, pair: str) -> object:
    import yaml

    try:
        return yaml.safe_load(value)
    except yaml.YAMLError:
        raise QuestionError(f"{pair!r} cannot be read", do="put texts with signs in quotes") from None
