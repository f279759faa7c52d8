"""Pictures in README and docs: each is shown somewhere, said in words, and small."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PICTURES = sorted((ROOT / "docs" / "images").glob("*.png"))
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def shown_on(page: Path) -> Iterator[tuple[Path, str]]:
    """The pictures of a page, each with the words that stand for it."""
    text = page.read_text("utf-8")
    for words, source in re.findall(r"!\[([^]]*)\]\(([^)]+)\)", text):
        yield (page.parent / source).resolve(), words
    for tag in re.findall(r"<img\b[^>]*>", text):
        of = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        yield (page.parent / of["src"]).resolve(), of.get("alt", "")


SHOWN = [one for page in PAGES for one in shown_on(page)]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda one: one.name)
def test_a_picture_is_small_and_shown(picture: Path) -> None:
    assert picture.stat().st_size <= 150_000
    assert picture in {path for path, _ in SHOWN}


def test_all_pictures_together_are_small() -> None:
    assert 0 < sum(picture.stat().st_size for picture in PICTURES) <= 1_000_000


@pytest.mark.parametrize(("picture", "words"), SHOWN, ids=lambda one: one.name if isinstance(one, Path) else "")
def test_what_a_picture_shows_is_said(picture: Path, words: str) -> None:
    assert picture.is_file()
    assert len(words) > 40
