"""What the page gets: an answer in the form it asked for, or a mistake as JSON with the right status."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from indivisible.apps.web.downloads import FORMS, MEDIA, as_json, written_as
from indivisible.apps.web.errors_as_json import described, error_of
from indivisible.apps.web.message import Message
from indivisible.apps.web.pool import Pool, Slow
from indivisible.apps.web.viewed import Viewed
from indivisible.errors import IndivisibleError, QuestionError
from indivisible.report.json_text import to_json

_PLAIN = {401: "token", 403: "forbidden", 404: "no_such_page", 405: "method", 413: "too_large", 501: "not_made",
          503: "busy"}  # fmt: skip


def response_of(status: int, error: dict[str, Any], *, headers: dict[str, str] | None = None) -> Response:
    """An error as a response."""
    return Response(to_json(error), status, headers=headers, media_type="application/json")


def add_to(app: FastAPI) -> None:
    """Answer every mistake of this app as JSON."""

    @app.exception_handler(IndivisibleError)
    async def _own(_: Request, problem: IndivisibleError) -> Response:
        status, error = described(problem)
        return response_of(status, error, headers={"Retry-After": "5"} if status == 503 else None)

    @app.exception_handler(RequestValidationError)
    async def _asked_wrongly(_: Request, problem: RequestValidationError) -> Response:
        return response_of(*_validation(problem.errors()))

    @app.exception_handler(ValidationError)
    async def _too_long_for_its_field(_: Request, problem: ValidationError) -> Response:
        return response_of(*_validation(problem.errors()))

    @app.exception_handler(HTTPException)
    async def _plain(_: Request, problem: HTTPException) -> Response:
        kind = _PLAIN.get(problem.status_code, "question")
        error = error_of(str(problem.detail), kind=kind, do="see /api/openapi.json for what can be asked")
        return response_of(problem.status_code, error, headers=dict(problem.headers or {}))


def _validation(problems: Sequence[Any]) -> tuple[int, dict[str, Any]]:
    """The first thing wrong in a question: which field, and what is the matter with it."""
    first = problems[0]
    place = [str(one) for one in first.get("loc", ())]
    where = ".".join(place[1:]) or (place[0] if place else "")
    if first.get("type") == "missing":
        return 400, error_of(f"{where or 'the body'} is not given", where=where, do="add it", kind="question")
    return 400, error_of(str(first.get("msg", "it cannot be read")), where=where, kind="question",
                         do="see /api/openapi.json for what can be asked")  # fmt: skip


class Lately:
    """Answers given lately, as sent: what the record says of a day is the same the next time."""

    def __init__(self, most: int = 32_000_000) -> None:
        self.most, self.size = most, 0
        self._bodies: OrderedDict[str, bytes] = OrderedDict()

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The body under a key, made where it is not at hand."""
        body = self._bodies.get(key)
        if body is None:
            body = make()
            self._bodies[key] = body
            self.size += len(body)
            while self.size > self.most and len(self._bodies) > 1:
                self.size -= len(self._bodies.popitem(last=False)[1])
        return body


def of_record(request: Request, make: Callable[[], dict[str, Any]]) -> Response:
    """An answer that follows from the record and the address alone: made once, and not sent again unchanged."""
    state = request.app.state
    key = f"{request.url.path}?{request.url.query}"
    tag = '"' + hashlib.sha256(f"{state.opened.record.digest} {key}".encode()).hexdigest()[:32] + '"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    body = state.lately.get(key, lambda: to_json(make()).encode())
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


async def _gone(receive: Receive) -> None:
    """Returns when the page goes away."""
    while (await receive())["type"] != "http.disconnect":
        pass


class Answered(Response):
    """The last message of a slow question as one response; the question is given up when the page goes away."""

    def __init__(self, pool: Pool, slow: Slow, *, attached: str = "") -> None:
        super().__init__()
        self.pool, self.slow, self.attached = pool, slow, attached

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wait, gone = asyncio.ensure_future(self._last()), asyncio.ensure_future(_gone(receive))
        await asyncio.wait({wait, gone}, return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        if not wait.done():
            wait.cancel()
            return
        try:
            message = wait.result()
            reply = Response(message.body, message.status, media_type=message.media)
            if self.attached and message.kind == "answer":
                reply.headers["Content-Disposition"] = f'attachment; filename="{self.attached}"'
        except IndivisibleError as problem:
            status, error = described(problem)
            reply = response_of(status, error, headers={"Retry-After": "5"} if status == 503 else None)
        await reply(scope, receive, send)

    async def _last(self) -> Message:
        stream = self.pool.messages(self.slow)
        try:
            async for message in stream:
                if message.last:
                    return message
        finally:
            await stream.aclose()
        raise AssertionError("a question always ends with an answer or an error")


def _line(message: Message) -> bytes:
    """A message as one line; a mistake becomes an event too."""
    if message.kind != "error":
        return message.body + b"\n"
    error = {"event": "error", "status": message.status, **json.loads(message.body)}
    return json.dumps(error, ensure_ascii=False).encode() + b"\n"


class Streamed(Response):
    """Every message of a slow question as a line of JSON, as it comes; given up when the page goes away."""

    def __init__(self, pool: Pool, slow: Slow) -> None:
        super().__init__(media_type="application/x-ndjson")
        self.pool, self.slow = pool, slow
        del self.headers["content-length"]
        self.headers["Content-Encoding"] = "identity"  # packed, lines would wait for one another

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        sent, gone = asyncio.ensure_future(self._lines(send)), asyncio.ensure_future(_gone(receive))
        await asyncio.wait({sent, gone}, return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        if not sent.done():
            sent.cancel()
            return
        sent.result()

    async def _lines(self, send: Send) -> None:
        stream = self.pool.messages(self.slow)
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            async for message in stream:
                line = _line(message)
                await send({"type": "http.response.body", "body": line, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            await stream.aclose()


def of_record_as(request: Request, form: str, make: Callable[[], Viewed]) -> Response:
    """An answer of the desk in the form asked for: JSON to read, anything else to take away."""
    checked_form(form)
    if form == "json":
        return of_record(request, lambda: as_json(make()))
    name = request.url.path.rpartition("/")[2]
    return attached(written_as(make(), form), form, name)


def attached(body: bytes, form: str, name: str) -> Response:
    """A file to take away."""
    heading = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return Response(body, headers=heading, media_type=MEDIA[form])


def checked_form(form: str) -> str:
    """The form of a file. Raises QuestionError."""
    if form not in FORMS:
        raise QuestionError(f"no form is called {form!r}", where="form", do=", ".join(FORMS))
    return form
