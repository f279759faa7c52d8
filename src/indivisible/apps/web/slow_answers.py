"""What a process does with a slow question: ask the desk, tell how far it is, and write the answer."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indivisible.apps.web.downloads import MEDIA, written_as
from indivisible.apps.web.message import Message
from indivisible.apps.web.viewed import named, viewing
from indivisible.errors import IndivisibleError
from indivisible.report.json_text import rounded, to_json

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk
    from indivisible.assess.assess import Judged
    from indivisible.assess.assessment import Judgement

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

    desk, view = viewing(desk, asked["viewpoint"])
    tell = progress_to(send)
    counts = _counts_to(send, tell) if asked["streamed"] else None
    found: AssessmentAnswer = ask(desk.record, asked["question"], progress=tell, judged=counts)
    if not asked["streamed"]:
        return written(named(found, view), asked["form"])
    whole = named(found, view)
    answer = {**whole.to_dict(), "sentence": whole.sentence()}
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


def why_assess(desk: Desk, asked: Asked, send: Send) -> Message:
    """From a score to the pledges and figures it was made from."""
    question = asked["question"]
    chosen = {name: question[name] for name in ("on", "models", "settings", "power", "hostility", "materiality")}
    desk, view = viewing(desk, asked["viewpoint"])
    with as_file(question["text"], "change.yml") as path:
        return written(named(desk.why_assess(path, asked["state"], **chosen), view), asked["form"])


def comply(desk: Desk, asked: Asked, send: Send) -> Message:
    """Every article's finding for one case."""
    chosen = {name: asked[name] for name in ("on", "state", "facts", "hypothetical", "reading", "article")}
    if asked["holdings"] is None:
        return written(desk.rules.comply(asked["treaty"], **chosen), asked["form"])
    with as_file(asked["holdings"], "holdings.csv") as path:
        return written(desk.rules.comply(asked["treaty"], holdings=path, **chosen), asked["form"])


def decide(desk: Desk, asked: Asked, send: Send) -> Message:
    """What a body decides on a case."""
    return written(desk.councils.decide(asked["case"]), asked["form"])


def power(desk: Desk, asked: Asked, send: Send) -> Message:
    """How much power each member has, under a body's rule or one's own."""
    if asked["rule"]:
        found = desk.councils.power_of_rule(asked["rule"], by_kind=asked["by_kind"], abstention=asked["abstention"])
    else:
        found = desk.councils.power(
            asked["body"], on=asked["on"], procedure=asked["procedure"], facts=asked["facts"],
            abstention=asked["abstention"], by_kind=asked["by_kind"],
        )  # fmt: skip
    return written(found, asked["form"])


def bargain(desk: Desk, asked: Asked, send: Send) -> Message:
    """Where bargaining would end, turn by turn."""
    return written(desk.councils.bargain(asked["case"], draws=asked["draws"], seed=asked["seed"]), asked["form"])


def history(desk: Desk, asked: Asked, send: Send) -> Message:
    """Year by year, from imported data, what a model says of the system of states."""
    found = desk.models.history(progress=progress_to(send), **asked["chosen"])
    return _finished(found) if asked["streamed"] else written(found, asked["form"])


def design(desk: Desk, asked: Asked, send: Send) -> Message:
    """Packages of steps that leave nobody worse off, or what forbids them all."""
    if asked["case"]:
        found = desk.design(asked["case"], progress=progress_to(send))
    else:
        with as_file(asked["text"], "case.yml") as path:
            found = desk.design(path, progress=progress_to(send))
    return _finished(found) if asked["streamed"] else written(found, asked["form"])


def _finished(found: Any) -> Message:
    """The end of a stream: the whole answer."""
    return Message("answer", event("done", {"answer": {**found.to_dict(), "sentence": found.sentence()}}).body)


def layer(desk: Desk, asked: Asked, send: Send) -> Message:
    """A layer of the map that a model has to be asked for."""
    from indivisible.apps.web.layers import model_layer

    desk, view = viewing(desk, asked["viewpoint"])
    found = model_layer(desk.record, asked["layer"], on=asked["on"], viewpoint=view)
    return Message("answer", to_json(found).encode())


ANSWERS: Mapping[str, Callable[[Desk, Asked, Send], Message]] = {
    "assess": assess, "why_assess": why_assess, "comply": comply, "decide": decide, "power": power,
    "bargain": bargain, "history": history, "design": design, "layer": layer,
}  # fmt: skip
