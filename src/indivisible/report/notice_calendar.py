"""The days by which an exercise must be notified or observers invited, as events of a calendar."""

from __future__ import annotations

from indivisible.report.icalendar import Event, calendar
from indivisible.rules.notify import Notices
from indivisible.rules.notify_text import NOUNS
from indivisible.values import Truth


def notice_calendar(notices: Notices) -> str:
    """The exercise and every last day that is or may be required of it; one event for equal duties of several
    states."""
    one = notices.exercise
    events = [Event(one.starts, one.starts if one.ends is None else one.ends, one.name)]
    grouped: dict[tuple[int, str, str], dict[str, list[str]]] = {}
    for row in notices.duties:
        demand = row.demand
        if demand.last is None or demand.required is Truth.NO:
            continue
        name = notices.record.name_of(row.instrument.text.KEY)
        doubt = "" if demand.required is Truth.YES else " (if required)"
        title = f"{one.name}: last day for {NOUNS[demand.duty]}{doubt} ({name}, {demand.article})"
        state = notices.record.name_of(row.instrument.state)
        told = grouped.setdefault((demand.last, title, demand.to), {})
        told.setdefault(demand.because, [])
        if state not in told[demand.because]:
            told[demand.because].append(state)
    for (last, title, to), reasons in grouped.items():
        text = "\n".join(f"{', '.join(states)}, to {to}. {why}" for why, states in reasons.items())
        events.append(Event(last, last, title, text))
    return calendar(events, name=one.name, stamp=one.day)
