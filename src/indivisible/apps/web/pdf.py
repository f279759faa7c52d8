"""An answer as a printed sheet (PDF).

Written by hand in the few words of the format that a page of text needs, in a font that every reader has. Letters
outside Western European ones are printed as a question mark.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from indivisible.apps.web.sheet import sheet

WIDE, HIGH, EDGE = 842.0, 595.0, 40.0  # A4 across, in points
SMALL, MIDDLE, LARGE, LINE = 8.0, 9.5, 14.0, 1.3
MOST_LINES = 12  # of one cell
SAID = {"≥": ">=", "≤": "<=", "→": "to", "−": "-", "×": "x", " ": " "}
# widths of Helvetica from the space to the tilde, in thousandths of its size
WIDTHS = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
)  # fmt: skip


def sheet_of(plain: Any) -> bytes:
    """The sheet of an answer."""
    shown = sheet(plain)
    page = _Pages()
    page.text(shown.title, LARGE, bold=True)
    for line in shown.below:
        page.text(line, MIDDLE, bold=True)
    page.gap(3)
    for line in shown.said:
        page.text(line, MIDDLE)
    for part in shown.parts:
        page.gap(6)
        if part.caption:
            page.text(f"{part.caption}.", MIDDLE, bold=True)
        if part.names:
            _table(page, part.rows, part.names)
        if part.note:
            page.text(part.note, SMALL)
    page.gap(6)
    for line in shown.end:
        page.text(line, SMALL)
    return page.file()


def _table(page: _Pages, rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> None:
    """Columns as wide as their words need, long ones narrower, so that all fit; no word of a heading is broken where
    there is room for it."""
    heads = [name.replace("_", " ") for name in names]
    wanted = [
        max(_width(head, SMALL, bold=True), *(min(_width(_cell(row, name), SMALL), 260.0) for row in rows[:400]))
        for head, name in zip(heads, names, strict=True)
    ]
    room = WIDE - 2 * EDGE - 8 * (len(names) - 1)
    words = [max(_width(word, SMALL, bold=True) for word in head.split() or [""]) for head in heads]
    least = words if sum(words) <= room else [min(36.0, room / len(names))] * len(names)
    widths = wanted if sum(wanted) <= room else _squeezed(wanted, room, least)
    widths[-1] += room - sum(widths)
    page.head = (heads, widths)
    page.row(*page.head, bold=True)
    for row in rows:
        page.row([_cell(row, name) for name in names], widths)
    page.head = None


def _squeezed(wanted: Sequence[float], room: float, least: Sequence[float]) -> list[float]:
    """The same columns within the room: those above an equal share give way, none below its least."""
    low, high = 0.0, max(wanted)
    for _ in range(40):
        most = (low + high) / 2
        if sum(min(one, max(most, few)) for one, few in zip(wanted, least, strict=True)) > room:
            high = most
        else:
            low = most
    return [min(one, max(low, few)) for one, few in zip(wanted, least, strict=True)]


def _cell(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}" if abs(value) >= 1000 else f"{value:.4g}"
    return str(value)


class _Pages:
    """Lines of text put on as many pages as they need."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = []
        self.at = 0.0
        self.head: tuple[list[str], list[float]] | None = None  # of the table under way, repeated on every page
        self._turn()

    def _turn(self) -> None:
        self.pages.append([])
        self.at = HIGH - EDGE

    def _down(self, by: float) -> None:
        if self._full(by):
            self._turn()
        self.at -= by

    def _full(self, by: float) -> bool:
        return self.at - by < EDGE + 12

    def gap(self, points: float) -> None:
        self.at -= points

    def text(self, words: str, size: float, *, bold: bool = False) -> None:
        for line in _wrapped(words, size * 1.08 if bold else size, WIDE - 2 * EDGE):
            self._down(size * LINE)
            self._put(line, EDGE, self.at, size, bold)

    def row(self, cells: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> None:
        lines = [list(_wrapped(cell, SMALL, width))[:MOST_LINES] for cell, width in zip(cells, widths, strict=True)]
        height = SMALL * LINE * max(1, *map(len, lines))
        if self._full(height + 3):
            self._turn()
            if self.head is not None:
                self.row(*self.head, bold=True)
        self.at -= height + 3
        across = EDGE
        for cell, width in zip(lines, widths, strict=True):
            for number, line in enumerate(cell):
                self._put(line, across, self.at + height - SMALL * LINE * (number + 1) + 2, SMALL, bold)
            across += width + 8
        self.pages[-1].append(f"0.8 G 0.4 w {EDGE:.1f} {self.at - 1:.1f} m {WIDE - EDGE:.1f} {self.at - 1:.1f} l S")

    def _put(self, line: str, across: float, up: float, size: float, bold: bool) -> None:
        font = "F2" if bold else "F1"
        self.pages[-1].append(f"BT /{font} {size:g} Tf {across:.1f} {up:.1f} Td ({_escaped(line)}) Tj ET")

    def file(self) -> bytes:
        """All pages as one file."""
        count = len(self.pages)
        font = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"
        kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(count))
        objects: list[bytes] = [
            b"<< /Type /Catalog /Pages 2 0 R /Lang (en) >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
            font.format("Helvetica").encode(),
            font.format("Helvetica-Bold").encode(),
        ]
        for number, page in enumerate(self.pages, 1):
            foot = f"BT /F1 7 Tf {WIDE - EDGE - 40:.1f} {EDGE - 14:.1f} Td ({number} of {count}) Tj ET"
            drawn = zlib.compress("\n".join([*page, foot]).encode("latin-1"))
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDE:g} {HIGH:g}] /Contents {4 + 2 * number} 0 R "
                "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>".encode()
            )
            stream = f"<< /Length {len(drawn)} /Filter /FlateDecode >>\nstream\n".encode() + drawn + b"\nendstream"
            objects.append(stream)
        return b"".join(_numbered(objects))


def _numbered(objects: Sequence[bytes]) -> Iterator[bytes]:
    """The file: its heading, the objects, the table of where each begins, and where that table is."""
    at = len(heading := b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    yield heading
    begins = []
    for number, one in enumerate(objects, 1):
        begins.append(at)
        piece = f"{number} 0 obj\n".encode() + one + b"\nendobj\n"
        at += len(piece)
        yield piece
    yield f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    yield "".join(f"{begin:010d} 00000 n \n" for begin in begins).encode()
    yield f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n".encode()


def _width(words: str, size: float, *, bold: bool = False) -> float:
    size = size * 1.08 if bold else size  # bold letters are wider, by this much at most in a line
    return sum(WIDTHS[ord(one) - 32] if 32 <= ord(one) <= 126 else 556 for one in words) * size / 1000


def _wrapped(words: str, size: float, width: float) -> Iterable[str]:
    """Lines no wider than the width; a word that is too long by itself is broken."""
    line = ""
    for word in words.split():
        for piece in _pieces(word, size, width):
            if line and _width(f"{line} {piece}", size) > width:
                yield line
                line = piece
            else:
                line = f"{line} {piece}" if line else piece
    if line:
        yield line


def _pieces(word: str, size: float, width: float) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and _width(piece + letter, size) > width:
            yield piece
            piece = ""
        piece += letter
    yield piece


def _escaped(line: str) -> str:
    """Letters as the font has them, with the signs of the format escaped."""
    for sign, said in SAID.items():
        line = line.replace(sign, said)
    plain = line.encode("cp1252", "replace").decode("latin-1")
    return plain.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
