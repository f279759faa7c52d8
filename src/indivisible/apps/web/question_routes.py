"""What the page asks of changes and models: which ship, whether a change can be read, what it does, and why."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from indivisible.apps.web import questions, shapes
from indivisible.apps.web.changes import (
    assess_question,
    change_file,
    change_given,
    checked_change,
    shipped,
    steps_known,
)
from indivisible.apps.web.opened import listed
from indivisible.apps.web.pool import Slow
from indivisible.apps.web.record_routes import Form, Name, View, opened
from indivisible.apps.web.replies import Answered, Streamed, attached, checked_form, of_record

router = APIRouter(prefix="/api", tags=["changes"])
Set = Annotated[list[str] | None, Query(alias="set", description="A constant: model.parameter=value (repeatable).")]


@router.get("/changes", responses=shapes.answer(shapes.Changes))
def changes(request: Request, viewpoint: View = "") -> Response:
    """The changes that ship, with their text and steps."""
    return opened(request).told(request, viewpoint, shipped)


@router.get("/steps", responses=shapes.answer(shapes.Steps))
def steps(request: Request) -> Response:
    """The kinds of step, with the fields that each needs and may have."""
    return of_record(request, lambda: steps_known(opened(request).record))


@router.get("/models", responses=shapes.answer(shapes.Models))
def models(request: Request) -> Response:
    """The rival models with their constants: default, range, choices, meaning and source."""
    from indivisible.apps.web.models import models

    return of_record(request, lambda: models(opened(request).record))


@router.post("/change/check", responses=shapes.answer(shapes.Checked))
def change_check(request: Request, given: questions.ChangeGiven, viewpoint: View = "") -> Response:
    """Whether a change can be read and applied; each mistake with its step and field. A mistake is an answer here."""
    from indivisible.report.json_text import to_json

    here = opened(request)
    found = here.seeing(viewpoint).told(lambda record: checked_change(record, given, here.limits))
    return Response(to_json(found), media_type="application/json")


@router.post("/change/file", responses=shapes.attachment())
def change_yaml(request: Request, given: questions.ChangeGiven) -> Response:
    """The change as a YAML file to take away."""
    text, _, name = change_given(given, opened(request).limits)
    return attached(change_file(text), "yml", name)


@router.post("/assess", responses=shapes.stream(shapes.Assessment))
async def assess(request: Request, given: questions.AssessGiven) -> Response:
    """What a change does to every state, as lines of JSON: counts first, then each model, then the rest."""
    here = opened(request)
    question = assess_question(here.record, given, here.limits)
    asked = {"question": question, "viewpoint": _view(request, given), "streamed": True, "form": "json"}
    return Streamed(here.pool, Slow("assess", asked, heavy=_heavy(question)))


@router.get("/assess", responses=shapes.answer(shapes.Assessment))
async def assess_at_once(
    request: Request, change: str = "", text: str = "", on: str = "", models: str = "", among: str = "",
    settings: Set = None, power: str = "beckley_2018", hostility: str = "conflicts", materiality: float = 0.01,
    draws: int = 0, seed: int = 0, attribute: bool = False, viewpoint: View = "",
    form: Form = "json",
) -> Response:  # fmt: skip
    """The same in one piece; `change` names one that ships, `text` is a change file. Also as a file to take away."""
    given = _given(change=change, text=text, on=on, models=models, among=among, settings=settings, power=power,
                   hostility=hostility, materiality=materiality, draws=draws, seed=seed,
                   attribute=attribute, viewpoint=viewpoint)  # fmt: skip
    here = opened(request)
    question = assess_question(here.record, given, here.limits)
    asked = {"question": question, "viewpoint": _view(request, given), "streamed": False, "form": checked_form(form)}
    attached = "" if form == "json" else f"assess.{form}"
    return Answered(here.pool, Slow("assess", asked, heavy=_heavy(question)), attached=attached)


@router.post("/assess/file", responses=shapes.answer(shapes.Assessment))
async def assess_file(request: Request, given: questions.AssessGiven, form: Form = "json") -> Response:
    """The answer to any question of this kind as a file to take away."""
    here = opened(request)
    question = assess_question(here.record, given, here.limits)
    asked = {"question": question, "viewpoint": _view(request, given), "streamed": False, "form": checked_form(form)}
    return Answered(here.pool, Slow("assess", asked, heavy=_heavy(question)), attached=f"assess.{form}")


@router.get("/why/assess", responses=shapes.answer(shapes.Why))
async def why_assess(
    request: Request, state: Name, change: str = "", text: str = "", on: str = "", models: str = "",
    settings: Set = None, power: str = "beckley_2018", hostility: str = "conflicts", materiality: float = 0.01,
    viewpoint: View = "", form: Form = "json",
) -> Response:  # fmt: skip
    """From a score to the pledges and figures it was made from, and to their claims."""
    given = _given(change=change, text=text, on=on, models=models, among="", settings=settings, power=power,
                   hostility=hostility, materiality=materiality, draws=0, seed=0, attribute=False,
                   viewpoint=viewpoint)  # fmt: skip
    return _why(request, given, state, form)


@router.post("/why/assess", responses=shapes.answer(shapes.Why))
async def why_assess_given(
    request: Request, given: questions.AssessGiven, state: Name, form: Form = "json"
) -> Response:
    """The same for a change that does not ship."""
    return _why(request, given, state, form)


def _why(request: Request, given: questions.AssessGiven, state: str, form: str) -> Response:
    here = opened(request)
    question = assess_question(here.record, given, here.limits)
    key = here.record.resolve(state, "state")
    asked = {"question": question, "viewpoint": _view(request, given), "state": key, "form": checked_form(form)}
    return Answered(here.pool, Slow("why_assess", asked), attached="" if form == "json" else f"why.{form}")


def _given(*, settings: list[str] | None, models: str, among: str, **rest: Any) -> questions.AssessGiven:
    from indivisible.apps.answering import settings_of

    return questions.AssessGiven(
        models=list(listed(models)) or None, among=list(listed(among)) or None,
        settings=dict(settings_of(settings or [])), **rest,
    )  # fmt: skip


def _view(request: Request, given: questions.AssessGiven) -> str:
    """The key of the viewpoint. Raises UnknownName."""
    return opened(request).viewer(given.viewpoint)


def _heavy(question: dict[str, Any]) -> bool:
    """Whether it may take long: draws, or the shares of steps."""
    return bool(question["draws"] or question["attribute"])
