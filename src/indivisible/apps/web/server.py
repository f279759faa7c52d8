"""The server of the workbench: its addresses, its guard, and how it is started."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from indivisible import __version__
from indivisible.apps.desk import Desk
from indivisible.apps.web import errors_as_json, question_routes, record_routes, replies, rule_routes
from indivisible.apps.web.guard import Guard
from indivisible.apps.web.limits import Limits
from indivisible.apps.web.opened import Opened
from indivisible.apps.web.pool import Pool
from indivisible.errors import QuestionError

STATIC = Path(__file__).parent / "static"
ABOUT = """Who is bound to whom, and what any change does to every state, as rival published models see it. The same
answers as on the command line, and nothing is computed for the page alone but where things are drawn."""


def app_of(desk: Desk, *, limits: Limits | None = None, token: str = "", static: Path = STATIC) -> FastAPI:
    """The application on an open desk; with a token, only for whoever has it."""
    chosen = limits or Limits()

    @asynccontextmanager
    async def alive(app: FastAPI) -> AsyncIterator[None]:
        pool = Pool(chosen, overlays=tuple(desk.record.overlays))
        app.state.opened = Opened(desk, pool, chosen)
        app.state.lately = replies.Lately()
        preparing = asyncio.create_task(pool.prepare())
        try:
            yield
        finally:
            preparing.cancel()
            await pool.close()

    app = FastAPI(
        title="indivisible", version=__version__, description=ABOUT, lifespan=alive, openapi_url="/api/openapi.json",
        docs_url=None, redoc_url=None,
    )  # fmt: skip
    replies.add_to(app)
    for routes in (record_routes, question_routes, rule_routes):
        app.include_router(routes.router)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Guard, token=token, limits=chosen)
    _pages(app, static)
    return app


def _pages(app: FastAPI, static: Path) -> None:
    """The page and its files; a clear word where it is not built."""
    if (static / "assets").is_dir():
        app.mount("/assets", _Lasting(directory=static / "assets"))

    @app.get("/api/{rest:path}", include_in_schema=False)
    def nothing_here(rest: str) -> Response:
        error = errors_as_json.error_of(f"there is no /api/{rest[:80]}", kind="no_such_page",
                                        do="see /api/openapi.json for what can be asked")  # fmt: skip
        return replies.response_of(404, error)

    @app.get("/{rest:path}", include_in_schema=False)
    def page(rest: str) -> Response:
        home, wanted = static.resolve(), (static / rest.replace("\0", "")).resolve()
        if rest and wanted.is_file() and wanted.is_relative_to(home):
            return FileResponse(wanted)
        if (home / "index.html").is_file():
            return FileResponse(home / "index.html", headers={"Cache-Control": "no-cache"})
        return Response(NOT_BUILT, 503, media_type="text/plain; charset=utf-8")


class _Lasting(StaticFiles):
    """Files whose names change with what is in them: kept by the browser as long as it likes."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        reply = super().file_response(full_path, stat_result, scope, status_code)
        reply.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return reply


NOT_BUILT = """The page is not built.

This copy of indivisible is without the files of the page. Install a release, or build them:
  cd web && npm ci && npm run build
The answers are served all the same: /api/openapi.json says what can be asked.
"""


def run(desk: Desk, *, host: str, port: int, token: str, limits: Limits, opened: Callable[[str], None]) -> None:
    """Serve until interrupted; `opened` is told the address once the server listens.

    Raises QuestionError where the address cannot be had.
    """
    import uvicorn

    app = app_of(desk, limits=limits, token=token)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False,
                            timeout_graceful_shutdown=2)  # fmt: skip
    listening = _listening(host, port)
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{listening.getsockname()[1]}/" + (f"?token={token}" if token else "")

    class Telling(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                opened(address)

    with contextlib.suppress(KeyboardInterrupt):
        Telling(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    """A socket at the address. Raises QuestionError where it is taken, or not this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as problem:
        raise QuestionError(
            f"cannot listen at {host}, port {port} ({problem.strerror or problem})",
            do="choose another --port or --host",
        ) from None
