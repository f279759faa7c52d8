"""What the page asks of treaties and councils: was it kept, would it pass, who has power, where bargaining ends."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from indivisible.apps.web import questions, rule_shapes, shapes
from indivisible.apps.web.opened import Opened, listed
from indivisible.apps.web.pool import Slow
from indivisible.apps.web.record_routes import Day, Form, Name, View, dumped, opened
from indivisible.apps.web.replies import Answered, Streamed, checked_form
from indivisible.apps.web.shipped import shipped_change
from indivisible.errors import QuestionError

router = APIRouter(prefix="/api")


@router.get("/treaties/rules", responses=shapes.answer(rule_shapes.Rules), tags=["rules"])
def treaties_rules(request: Request, treaty: str = "", viewpoint: View = "") -> Response:
    """The texts whose articles can be checked; of one, its articles and the facts and holdings that it asks for."""
    from indivisible.apps.web.rules import rules

    return opened(request).told(request, viewpoint, lambda record: rules(record, treaty))


@router.post("/comply", responses=shapes.answer(rule_shapes.Comply), tags=["rules"])
async def comply(request: Request, given: questions.ComplyGiven, viewpoint: View = "", form: Form = "json") -> Response:
    """Was it kept? Every article of a text for one case: yes, no, unknown or not applicable, and why."""
    here = opened(request)
    if given.holdings is not None:
        here.limits.check("rows of holdings", given.holdings.count("\n"), here.limits.holdings)
    asked = {"form": checked_form(form), "viewpoint": here.viewer(viewpoint), **given.model_dump()}
    return _answered(here, "comply", asked, form)


@router.post("/comply/file", responses=shapes.answer(rule_shapes.CaseFile), tags=["rules"])
def comply_file(request: Request, given: questions.CaseFileGiven) -> Response:
    """What a file with holdings (CSV) or with holdings and facts (YAML, JSON) says, to be put to a text."""
    from indivisible.apps.web.case_files import case_file
    from indivisible.report.json_text import to_json

    found = case_file(given.text, given.name, opened(request).limits)
    return Response(to_json(found), media_type="application/json")


@router.get("/exercise/fields", responses=shapes.answer(rule_shapes.ExerciseFacts), tags=["rules"])
def exercise_fields(request: Request, viewpoint: View = "") -> Response:
    """What can be said of a military exercise."""
    from indivisible.apps.web.rules import exercise_fields

    return opened(request).told(request, viewpoint, exercise_fields)


@router.post("/notify", responses=shapes.answer(rule_shapes.Notices), tags=["rules"])
async def notify(request: Request, exercise: dict[str, Any], viewpoint: View = "", form: Form = "json") -> Response:
    """What an exercise calls for: who tells whom, by when, who is invited, what is forbidden. The body is an exercise
    as of `indivisible notify`."""
    here = opened(request)
    asked = {"exercise": exercise, "viewpoint": here.viewer(viewpoint), "form": checked_form(form)}
    return _answered(here, "notify", asked, form)


@router.post("/decide", responses=shapes.answer(rule_shapes.Decide), tags=["councils"])
async def decide(request: Request, case: dict[str, Any], viewpoint: View = "", form: Form = "json") -> Response:
    """Would it pass, by which rule, and who could turn it. The body is a case as of `indivisible decide`."""
    if case.get("change"):
        shipped_change(str(case["change"]))  # a case may name a file; none is read for a page
    here = opened(request)
    asked = {"case": case, "viewpoint": here.viewer(viewpoint), "form": checked_form(form)}
    return _answered(here, "decide", asked, form)


@router.get("/bodies", responses=shapes.answer(rule_shapes.Bodies), tags=["councils"])
def bodies(request: Request, on: str = "", body: str = "", viewpoint: View = "") -> Response:
    """The bodies whose rules are known, with procedures, votes and facts; with a day, only what holds on it, and who
    has a vote."""
    from indivisible.apps.web.bodies import bodies

    return opened(request).told(request, viewpoint, lambda record: bodies(record, on=on, body=body))


@router.get("/decisions", responses=shapes.answer(rule_shapes.Decisions), tags=["councils"])
def decisions(request: Request, body: Name, viewpoint: View = "") -> Response:
    """Votes that a body is known to have taken, member by member, to be opened and changed."""
    from indivisible.apps.web.bodies import decisions

    return opened(request).told(request, viewpoint, lambda record: decisions(record, body))


@router.get("/power", responses=shapes.answer(shapes.Rows), tags=["councils"])
async def power(
    request: Request, body: Name, on: Day, procedure: str = "",
    facts: Annotated[list[str] | None, Query(alias="fact", description="A fact: name=value (repeatable).")] = None,
    abstention: bool = False, by_kind: bool = False, viewpoint: View = "", form: Form = "json",
) -> Response:  # fmt: skip
    """How much power has each member of a body under exactly its rule on that day?"""
    from indivisible.apps.comply_command import facts_given

    here = opened(request)
    asked = {"rule": "", "body": body, "on": on, "procedure": procedure, "facts": facts_given(None, facts or []),
             "abstention": abstention, "by_kind": by_kind, "viewpoint": here.viewer(viewpoint),
             "form": checked_form(form)}  # fmt: skip
    return _answered(here, "power", asked, form)


@router.post("/power", responses=shapes.answer(shapes.Rows), tags=["councils"])
async def power_given(
    request: Request, given: questions.PowerGiven, viewpoint: View = "", form: Form = "json"
) -> Response:
    """The same with facts as JSON, or under a rule of one's own: `[51; 50,49,1]`, or the same as plain data."""
    rule = given.rule
    if isinstance(rule, str) and not rule.strip().startswith("["):
        raise QuestionError(f"{rule[:40]!r} is no rule", where="rule", do="write [51; 50,49,1]")
    if not rule and not given.body:
        raise QuestionError("neither a body nor a rule is given", where="body", do="give one of them")
    here = opened(request)
    asked = {**given.model_dump(), "viewpoint": here.viewer(viewpoint), "form": checked_form(form)}
    return _answered(here, "power", asked, form)


@router.get("/bargain/settings", responses=shapes.answer(rule_shapes.BargainSettings), tags=["councils"])
def bargain_settings(request: Request, viewpoint: View = "") -> Response:
    """The constants of bargaining that a case can set, with their choices and what is usual."""
    from indivisible.apps.web.bargaining import settings

    return opened(request).told(request, viewpoint, settings)


@router.post("/bargain", responses=shapes.answer(rule_shapes.Bargain), tags=["councils"])
async def bargain(
    request: Request,
    case: dict[str, Any],
    draws: int | None = None,
    seed: int | None = None,
    viewpoint: View = "",
    form: Form = "json",
) -> Response:
    """Where would bargaining end, turn by turn? The body is a case as of `indivisible bargain`."""
    here = opened(request)
    asked_for = draws if draws is not None else case.get("draws", 0)
    many = asked_for if isinstance(asked_for, int) else 0  # what is no number is refused with the case
    here.limits.check("draws", many, here.limits.draws)
    asked = {"case": case, "draws": draws, "seed": seed, "viewpoint": here.viewer(viewpoint),
             "form": checked_form(form)}  # fmt: skip
    return _answered(here, "bargain", asked, form, heavy=bool(many))


@router.get("/history", responses=shapes.answer(shapes.History), tags=["history"])
async def history(
    request: Request, model: Name, first: Annotated[int, Query(alias="from", ge=1816, le=2100)],
    last: Annotated[int, Query(alias="to", ge=1816, le=2100)], measures: str = "",
    settings: Annotated[list[str] | None, Query(alias="set")] = None, alliances: str = "atop",
    distance: str = "capitals", hostility: str = "rivalries", viewpoint: View = "", form: Form = "json",
) -> Response:  # fmt: skip
    """Year by year, from imported data, what a model says of the system of states; 424 where data are missing."""
    return _history(request, model, first, last, measures, settings, alliances, distance, hostility, viewpoint, form)


@router.get("/history/stream", responses=shapes.stream(shapes.History), tags=["history"])
async def history_stream(
    request: Request, model: Name, first: Annotated[int, Query(alias="from", ge=1816, le=2100)],
    last: Annotated[int, Query(alias="to", ge=1816, le=2100)], measures: str = "",
    settings: Annotated[list[str] | None, Query(alias="set")] = None, alliances: str = "atop",
    distance: str = "capitals", hostility: str = "rivalries", viewpoint: View = "",
) -> Response:  # fmt: skip
    """The same as lines of JSON, with progress."""
    return _history(request, model, first, last, measures, settings, alliances, distance, hostility, viewpoint, "")


def _history(
    request: Request, model: str, first: int, last: int, measures: str, settings: list[str] | None, alliances: str,
    distance: str, hostility: str, viewpoint: str, form: str,
) -> Response:  # fmt: skip
    from indivisible.apps.answering import settings_of

    here = opened(request)
    here.limits.check("years", max(0, last - first), here.limits.years)
    chosen = {"model": model, "first": first, "last": last, "measures": list(listed(measures)),
              "settings": settings_of(settings or []), "alliances": alliances, "distance": distance,
              "hostility": hostility}  # fmt: skip
    asked = {"chosen": chosen, "viewpoint": here.viewer(viewpoint), "streamed": not form,
             "form": checked_form(form or "json")}  # fmt: skip
    if not form:
        return Streamed(here.pool, Slow("history", asked, heavy=True))
    return _answered(here, "history", asked, form, heavy=True)


@router.get("/data", responses=shapes.answer(shapes.Rows), tags=["history"])
def data(request: Request) -> Response:
    """The datasets that the program can read, and which are imported."""
    from indivisible.readers import library
    from indivisible.report.json_text import to_json

    return Response(to_json(dumped(library.list_datasets())), media_type="application/json")


@router.get("/designs", responses=shapes.answer(rule_shapes.Designs), tags=["design"])
def designs(request: Request, viewpoint: View = "") -> Response:
    """The cases of design that ship, with their text."""
    from indivisible.apps.web.designs import shipped

    return opened(request).told(request, viewpoint, shipped)


@router.post("/design", responses=shapes.stream(rule_shapes.Design), tags=["design"])
async def design(request: Request, given: questions.DesignGiven, viewpoint: View = "") -> Response:
    """Packages of steps that leave nobody worse off, or what forbids them all: lines of JSON, with progress."""
    from indivisible.apps.web.designs import checked

    here = opened(request)
    asked = {**checked(given, here.limits), "viewpoint": here.viewer(viewpoint), "streamed": True, "form": "json"}
    return Streamed(here.pool, Slow("design", asked, heavy=True))


@router.post("/design/file", responses=shapes.answer(rule_shapes.Design), tags=["design"])
async def design_file(
    request: Request, given: questions.DesignGiven, viewpoint: View = "", form: Form = "json"
) -> Response:
    """The same in one piece, as a file to take away."""
    from indivisible.apps.web.designs import checked

    here = opened(request)
    asked = {**checked(given, here.limits), "viewpoint": here.viewer(viewpoint), "streamed": False,
             "form": checked_form(form)}  # fmt: skip
    return Answered(here.pool, Slow("design", asked, heavy=True), attached=f"design.{form}")


def _answered(here: Opened, kind: str, asked: dict[str, Any], form: str, *, heavy: bool = False) -> Response:
    attached = "" if form == "json" else f"{kind}.{form}"
    return Answered(here.pool, Slow(kind, asked, heavy=heavy), attached=attached)
