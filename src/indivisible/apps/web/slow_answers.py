"""What a process does with a slow question: ask the desk, tell how far it is, and write the answer."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from indivisible.apps.web.downloads import MEDIA, as_json, written_as
from indivisible.apps.web.message import Message
from indivisible.apps.web.viewed import Seeing, Viewed, seeing, viewed
from indivisible.errors import IndivisibleError
from indivisible.report.json_text import rounded, to_json

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk
    from indivisible.assess.assess import Judged
    from indivisible.assess.assessment import Judgement
    from indivisible.explore.design_answer import Design

Send = Callable[[Message], None]
Asked = Mapping[str, Any]
EVERY = 0.1  # seconds between two reports of progress


def event(name: str, data: Mapping[str, Any]) -> Message:
    """One line of a stream."""
    text = json.dumps({"event": name, **rounded(data)}, ensure_ascii=False, allow_nan=False)
    return Message("event", text.encode(), name=name)


def progress_to(send: Send) -> Callable[[str, int, int], None]:
    """Reports of progress, not more often than a page can show."""
    last = [0.0]

    def tell(what: str, done: int, all_of_it: int) -> None:
        now = time.monotonic()
        if done >= all_of_it or now - last[0] > EVERY:
            last[0] = now
            send(event("progress", {"what": what, "done": done, "of": all_of_it}))

    return tell


def written(answer: Any, form: str) -> Message:
    """An answer in the form asked for."""
    return Message("answer", written_as(answer, form), media=MEDIA[form])


@contextmanager
def as_file(text: str, name: str) -> Iterator[str]:
    """A text as a file for those who read files; what goes wrong in it names the file without its folder."""
    with tempfile.TemporaryDirectory(prefix="indivisible-") as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        try:
            yield str(path)
        except IndivisibleError as problem:
            problem.where = problem.where.replace(f"{folder}/", "")
            problem.what = problem.what.replace(f"{folder}/", "")
            raise


def assess(desk: Desk, asked: Asked, send: Send) -> Message:
    """An assessment: counts first where it is streamed, then each model, then the rest."""
    from indivisible.apps.assessing import ask
    from indivisible.report.assessment_text import AssessmentAnswer

    seen = seeing(desk, asked.get("viewpoint", ""))
    tell = progress_to(send)
    counts = _counts_to(send, tell) if asked["streamed"] else None
    found: AssessmentAnswer = ask(seen.desk.record, asked["question"], progress=tell, judged=counts)
    whole = _bound(seen, found)
    if not asked["streamed"]:
        return written(whole, asked["form"])
    answer = as_json(whole)
    for model in answer["models"]:
        send(event("model", {"model": model}))
    return Message("answer", event("done", {"answer": {**answer, "models": []}}).body)


def _counts_to(send: Send, tell: Callable[[str, int, int], None]) -> Judged:
    """Sends each model's counts as soon as it has judged, before constants are varied and reasons are summed up."""

    def counted(judgement: Judgement, done: int, all_of_them: int) -> None:
        one = judgement.to_dict()
        send(event("counts", {name: one[name] for name in ("model", "output", "scale", "counts", "counts_at",
                                                           "nobody_loses", "can_show")}))  # fmt: skip
        tell("models", done, all_of_them)

    return counted


def _bound(seen: Seeing, found: Any) -> Viewed:
    """An answer that rests on who is bound to whom on its day, saying by whose viewpoint."""
    return seen.named(found, changed=seen.apart and seen.differs(str(found.to_dict()["on"])))


def why_assess(desk: Desk, asked: Asked, send: Send) -> Message:
    """From a score to the pledges and figures it was made from."""
    question = asked["question"]
    chosen = {name: question[name] for name in ("on", "models", "settings", "power", "hostility", "materiality")}
    seen = seeing(desk, asked.get("viewpoint", ""))
    with as_file(question["text"], "change.yml") as path:
        return written(_bound(seen, seen.desk.why_assess(path, asked["state"], **chosen)), asked["form"])


def comply(desk: Desk, asked: Asked, send: Send) -> Message:
    """Every article's finding for one case."""
    chosen = {name: asked[name] for name in ("on", "state", "facts", "hypothetical", "reading", "article")}
    seen, treaty = seeing(desk, asked.get("viewpoint", "")), asked["treaty"]
    if asked["holdings"] is None:
        return written(seen.answer(lambda one: one.rules.comply(treaty, **chosen)), asked["form"])
    with as_file(asked["holdings"], "holdings.csv") as path:
        return written(seen.answer(lambda one: one.rules.comply(treaty, holdings=path, **chosen)), asked["form"])


def notify(desk: Desk, asked: Asked, send: Send) -> Message:
    """What a military exercise calls for."""
    seen = seeing(desk, asked["viewpoint"])
    return written(seen.answer(lambda one: one.rules.notify(asked["exercise"])), asked["form"])


def decide(desk: Desk, asked: Asked, send: Send) -> Message:
    """What a body decides on a case."""
    seen = seeing(desk, asked.get("viewpoint", ""))
    return written(seen.answer(lambda one: one.councils.decide(asked["case"])), asked["form"])


def power(desk: Desk, asked: Asked, send: Send) -> Message:
    """How much power each member has, under a body's rule or one's own."""
    seen = seeing(desk, asked.get("viewpoint", ""))
    chosen = {"by_kind": asked["by_kind"], "abstention": asked["abstention"]}
    if asked["rule"]:
        return written(seen.answer(lambda one: one.councils.power_of_rule(asked["rule"], **chosen)), asked["form"])
    chosen |= {name: asked[name] for name in ("on", "procedure", "facts")}
    return written(seen.answer(lambda one: one.councils.power(asked["body"], **chosen)), asked["form"])


def bargain(desk: Desk, asked: Asked, send: Send) -> Message:
    """Where bargaining would end, turn by turn."""
    seen = seeing(desk, asked.get("viewpoint", ""))
    chosen = {"draws": asked["draws"], "seed": asked["seed"]}
    return written(seen.answer(lambda one: one.councils.bargain(asked["case"], **chosen)), asked["form"])


def history(desk: Desk, asked: Asked, send: Send) -> Message:
    """Year by year, from imported data, what a model says of the system of states: no claim of the record is read."""
    seen = seeing(desk, asked.get("viewpoint", ""))
    found = seen.desk.models.history(progress=progress_to(send), **asked["chosen"])
    named = seen.named(found, changed=False)
    return _finished(named) if asked["streamed"] else written(named, asked["form"])


def design(desk: Desk, asked: Asked, send: Send) -> Message:
    """Packages of steps that leave nobody worse off, or what forbids them all; on the stream also as changes."""
    from indivisible.apps.web.designs import as_changes

    seen = seeing(desk, asked.get("viewpoint", ""))
    if asked["case"]:
        found = seen.desk.design(asked["case"], progress=progress_to(send))
    else:
        with as_file(asked["text"], "case.yml") as path:
            found = seen.desk.design(path, progress=progress_to(send))
    named, whole = _bound(seen, found), cast("Design", found.answer)
    return _finished(named, changes=as_changes(whole)) if asked["streamed"] else written(named, asked["form"])


def _finished(found: Any, **beside: Any) -> Message:
    """The end of a stream: the whole answer, and what the page does with it."""
    return Message("answer", event("done", {"answer": as_json(found), **beside}).body)


def layer(desk: Desk, asked: Asked, send: Send) -> Message:
    """A layer of the map that a model has to be asked for."""
    from indivisible.apps.web.layers import model_layer

    seen = seeing(desk, asked.get("viewpoint", ""))
    found = model_layer(seen.desk.record, seen.view, asked["layer"], on=asked["on"], every=seen.plain.record)
    changed = seen.apart and seen.differs(found["on"])
    told = viewed(found, seen.view, seen.plain.record, areas=True, changed=changed)
    return Message("answer", to_json(told).encode())


ANSWERS: Mapping[str, Callable[[Desk, Asked, Send], Message]] = {
    "assess": assess, "why_assess": why_assess, "comply": comply, "notify": notify, "decide": decide, "power": power,
    "bargain": bargain, "history": history, "design": design, "layer": layer,
}  # fmt: skip
