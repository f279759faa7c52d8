"""`indivisible notify`: what a military exercise calls for, by whom, to whom, by when, and what is forbidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from indivisible.apps.answering import answers
from indivisible.errors import QuestionError

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk


@click.command()
@click.argument("exercise", required=False)
@click.option("--calendar", metavar="FILE.ics", help="Also write every last day as a calendar (iCalendar).")
@click.option("--asks", is_flag=True, help="List the fields of the file, and stop.")
@answers
def notify(desk: Desk, exercise: str | None, calendar: str | None, asks: bool) -> Any:
    """Which texts want an exercise notified, observed or announced: EXERCISE is a YAML file that says who, where, when
    and how large.

    Figures that are not given leave the answer open: "unknown: would be required if ...". Declared and estimated
    figures stand side by side.
    """
    if asks:
        from indivisible.rules.exercise_fields import list_fields

        return list_fields(desk.record)
    if exercise is None:
        do = "indivisible notify exercise.yaml; `indivisible notify --asks` lists the fields"
        raise QuestionError("no exercise is given", do=do)
    answer = desk.rules.notify(exercise)

    if calendar is not None:
        from indivisible.report.icalendar import write_calendar
        from indivisible.report.notice_calendar import notice_calendar

        notices: Any = answer.answer
        path = write_calendar(notice_calendar(notices), calendar)
        click.echo(f"Calendar written to {path}.", err=True)
    return answer
