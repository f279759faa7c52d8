"""What the page asks of the record: members, treaties, states, timelines, differences, and the claims behind them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from indivisible.apps.web import drawn_shapes, shapes
from indivisible.apps.web.opened import Opened, listed
from indivisible.apps.web.replies import of_record

router = APIRouter(prefix="/api", tags=["record"])
Day = Annotated[str, Query(description="A day, YYYY-MM-DD.", examples=["2024-06-01"], max_length=40)]
When = Annotated[str, Query(description="A day, a month or a year.", examples=["2024-06-01"], max_length=40)]
Name = Annotated[str, Query(min_length=1, max_length=200)]
View = Annotated[str, Query(description="A state whose own assertions count; empty for none.", max_length=200)]
Form = Annotated[str, Query(description="json, csv, html, pdf, parquet or dta; some answers also svg.", max_length=10)]


def opened(request: Request) -> Opened:
    """What is open for questions."""
    found: Opened = request.app.state.opened
    return found


@router.get("/day", responses=shapes.answer(drawn_shapes.Day))
def day(request: Request, on: Day, viewpoint: View = "") -> Response:
    """States of a day with their places, memberships by organisation, pledges as pairs, borders and disputes."""
    from indivisible.apps.web.day import day

    here = opened(request)
    view = here.seeing(viewpoint).view
    return here.told(request, viewpoint, lambda record: day(record, view, on=on, every=here.record), areas=True)


@router.get("/days", responses=shapes.answer(drawn_shapes.Days))
def days(
    request: Request,
    first: Annotated[str, Query(alias="from", max_length=40)] = "1945-01-01",
    about: Annotated[str, Query(max_length=200)] = "",
    viewpoint: View = "",
) -> Response:
    """The days on which something begins or ends, for the slider."""
    from indivisible.apps.web.days import days

    return opened(request).told(request, viewpoint, lambda record: days(record, first=first, about=about))


@router.get("/members", responses=shapes.answer(shapes.Members))
def members(
    request: Request, organization: Name, on: When, role: str = "full", layer: str = "legal", viewpoint: View = "",
    form: Form = "json",
) -> Response:  # fmt: skip
    """Who was a member of an organisation on a day."""
    here = opened(request)
    return here.reply(request, viewpoint, form,
                      lambda desk: desk.members(organization, on=on, role=role, layer=layer))  # fmt: skip


@router.get("/treaty", responses=shapes.answer(shapes.Treaty))
def treaty(
    request: Request, name: Name, on: When, state: str = "", viewpoint: View = "", form: Form = "json"
) -> Response:
    """The status of a treaty or politically binding text on a day, for one state or as a whole."""
    return opened(request).reply(request, viewpoint, form, lambda desk: desk.treaty(name, on=on, state=state or None))


@router.get("/state", responses=shapes.answer(shapes.Rows))
def state(request: Request, name: Name, on: Day, viewpoint: View = "", form: Form = "json") -> Response:
    """All that the record says of one state on one day."""
    return opened(request).reply(request, viewpoint, form, lambda desk: desk.state(name, on=on))


@router.get("/timeline", responses=shapes.answer(shapes.Rows))
def timeline(request: Request, name: Name, viewpoint: View = "", form: Form = "json") -> Response:
    """Every dated turn in the life of a state, organisation, treaty or text."""
    return opened(request).reply(request, viewpoint, form, lambda desk: desk.timeline(name))


@router.get("/diff", responses=shapes.answer(shapes.Rows))
def diff(
    request: Request, first: When, second: When, about: str = "", viewpoint: View = "", form: Form = "json"
) -> Response:
    """What began and what ended between two days."""
    return opened(request).reply(request, viewpoint, form, lambda desk: desk.diff(first, second, about=about or None))


@router.get("/why/members", responses=shapes.answer(shapes.Rows))
def why_members(
    request: Request, organization: Name, state: Name, on: When, role: str = "full", layer: str = "legal",
    viewpoint: View = "", form: Form = "json",
) -> Response:  # fmt: skip
    """The claims for and against a membership, with their sources."""
    return opened(request).reply(
        request, viewpoint, form, lambda desk: desk.why_members(organization, state, on=on, role=role, layer=layer)
    )


@router.get("/claim", responses=shapes.answer(shapes.Claim))
def claim(request: Request, address: Name, viewpoint: View = "") -> Response:
    """One claim of the record at its address, such as `organizations/CSTO.csv:12`, with its sources written out."""
    from indivisible.apps.web.claims import claim

    here = opened(request)  # a claim stands in the record whatever the viewpoint
    return here.told(request, viewpoint, lambda record: claim(here.record, address))


@router.get("/list/{what}", responses=shapes.answer(shapes.Rows))
def list_what(request: Request, what: str, grep: Annotated[str, Query(max_length=200)] = "",
              viewpoint: View = "", form: Form = "json") -> Response:  # fmt: skip
    """What there is to ask about: states, organizations, treaties, texts, deployments, conflicts, changes, models,
    sources."""
    return opened(request).reply(request, viewpoint, form, lambda desk: desk.list(what, grep=grep))


@router.get("/network", responses=shapes.answer(drawn_shapes.Network))
def network(
    request: Request, on: Day, kinds: str = "defence", organizations: str = "", lone: bool = False,
    viewpoint: View = "",
) -> Response:  # fmt: skip
    """Who is tied to whom, with the place of every dot: the same figure every time."""
    from indivisible.apps.web.network import network

    here = opened(request)
    return here.told(
        request, viewpoint,
        lambda record: network(record, on=on, kinds=listed(kinds), organizations=listed(organizations), lone=lone),
    )  # fmt: skip


@router.get("/matrix", responses=shapes.answer(drawn_shapes.Matrix))
def matrix(request: Request, on: Day, kind: str = "defence", among: str = "", viewpoint: View = "") -> Response:
    """Who pledges to whom, as a square."""
    from indivisible.apps.web.matrix import matrix

    return opened(request).told(
        request, viewpoint, lambda record: matrix(record, on=on, kind=kind, among=listed(among))
    )


@router.get("/map/layer", responses=shapes.answer(drawn_shapes.Layer))
def map_layer(
    request: Request,
    layer: Annotated[str, Query(description="membership:NATO, pledges:FRA, treaty:NPT, reading:deterrence or "
                                            "change:nordic-accession:deterrence; a model with several readings as "
                                            "commitment/defence.", max_length=200)],
    on: Annotated[str, Query(description="A day; may be left out for a change.", max_length=40)] = "",
    viewpoint: View = "",
) -> Response:  # fmt: skip
    """For every state of the day a class, a value where there is one, and the sentence behind the colour."""
    from indivisible.apps.web import layers
    from indivisible.apps.web.pool import Slow
    from indivisible.apps.web.replies import Answered
    from indivisible.errors import QuestionError

    here = opened(request)
    view = here.seeing(viewpoint).view
    kind, _ = layers.parsed(layer)
    if not on and kind != "change":
        raise QuestionError("no day is given", where="on", do="add on=2024-06-01")
    if kind in layers.SLOW:
        return Answered(here.pool, Slow("layer", {"layer": layer, "on": on, "viewpoint": view.state}))
    return here.told(
        request, viewpoint, lambda record: layers.layer(record, view, layer, on=on, every=here.record), areas=True
    )


@router.get("/map/spans", responses=shapes.answer(drawn_shapes.Spans))
def map_spans(
    request: Request,
    layer: Annotated[str, Query(description="membership:NATO, pledges:FRA or treaty:NPT.", max_length=200)],
    first: Annotated[str, Query(alias="from", max_length=40)] = "1945-01-01",
    viewpoint: View = "",
) -> Response:
    """The whole life of a layer: every state's class from which day to which, for a slider that plays."""
    from indivisible.apps.web.spans import spans

    return opened(request).told(request, viewpoint, lambda record: spans(record, layer, first=first), areas=True)


@router.get("/map/areas", responses=shapes.answer(drawn_shapes.AreasOverTime))
def map_areas(
    request: Request, first: Annotated[str, Query(alias="from", max_length=40)] = "1945-01-01", viewpoint: View = ""
) -> Response:
    """Whose each area of a map of today was, from which day to which; and the areas in dispute, with who says what."""
    from indivisible.apps.web.existence import owners

    here = opened(request)
    view = here.seeing(viewpoint).view
    return here.told(request, viewpoint, lambda record: owners(record, first=first, viewpoint=view.state), areas=True)


@router.get("/about", responses=shapes.answer(shapes.About))
def about(request: Request) -> Response:
    """The version, the record and how far it reaches, and the limits of this server."""
    from indivisible.apps.web.about import about

    here = opened(request)
    return of_record(request, lambda: about(here.record, here.limits))


def dumped(answer: Any) -> dict[str, Any]:
    """An answer as the command line prints it."""
    found: dict[str, Any] = getattr(answer, "answer", answer).to_dict()
    return found
