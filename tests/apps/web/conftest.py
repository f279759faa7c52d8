"""A browser's view of the server: the record that ships, one process for slow questions, and tight limits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from indivisible.apps.desk import Desk
from indivisible.apps.web.limits import Limits
from indivisible.apps.web.server import app_of

HERE = "http://127.0.0.1:8383"
LIMITS = Limits(upload=200_000, steps=20, states=60, draws=200, years=100, holdings=500, levers=10, workers=2)


@pytest.fixture(scope="session")
def app(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The application, without a built page."""
    return app_of(desk, limits=LIMITS, static=tmp_path_factory.mktemp("static"))


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    """Somebody on this machine."""
    with TestClient(app, base_url=HERE) as one:
        yield one


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page as the front end leaves it."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>Workbench</title>", encoding="utf-8")
    (tmp_path / "assets" / "app.js").write_text("export {}", encoding="utf-8")
    (tmp_path.parent / "secret.txt").write_text("nobody's business", encoding="utf-8")
    return tmp_path
