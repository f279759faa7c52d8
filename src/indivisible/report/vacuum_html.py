"""Coverage and vacuum as one page that stands alone: the counts, a grid of pairs, the links, and what it cannot say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from indivisible.architecture.duties import DOMAINS
from indivisible.assess.vacuum_answer import Cell, Vacuum
from indivisible.assess.vacuum_levels import ANY
from indivisible.record.claim import Source
from indivisible.report.files import HTML_STYLE
from indivisible.report.vacuum_text import best_lines, domain_rows, named, notes, pledge_lines

MOST_IN_GRID = 80  # states; more are listed state by state
_STYLE = """
h2{margin-top:2.2rem}.wide{overflow-x:auto}.grid{width:auto;border-collapse:separate;border-spacing:1px}
.grid th,.grid td{padding:.1rem .25rem;border:0;font-size:.72rem;text-align:center;min-width:1.5rem}
.grid thead th{writing-mode:vertical-rl;transform:rotate(180deg);text-align:left}.grid tbody th{text-align:right}
.grid td{font-variant-numeric:tabular-nums}.grid td.same{background:none}
.o0{background:#fff;color:#5a6673}.o1{background:#f4efe2}.o2{background:#eadfbf}.o3{background:#dcc78f}
.o4{background:#c9a75a;color:#1b2430}.o5{background:#a9812f;color:#fff}.o6{background:#7a5a17;color:#fff}
.q{outline:1px dashed currentColor;outline-offset:-2px}
@media (prefers-color-scheme:dark){.o0{background:#12171d;color:#9aa6b3}.o1{background:#23231d}.o2{background:#3a3420}
.o3{background:#5b4c22}.o4{background:#866a25;color:#fff}.o5{background:#b08a35;color:#12171d}
.o6{background:#e0c06a;color:#12171d}}"""


def page(vacuum: Vacuum, sources: Mapping[str, Source]) -> str:
    """The whole page as text; `sources` are the record's, for their titles."""
    body = [
        f"<h1>Who has no duty to whom, {escape(vacuum.on)}</h1>",
        f"<p>{escape(vacuum.sentence())}</p>",
        _section("By domain", _table(domain_rows(vacuum))),
        _section("Pairs", _grid(vacuum)) if vacuum.known and len(vacuum.states) <= MOST_IN_GRID else "",
        _section("States", _table(list(vacuum.by_state))) if vacuum.known else "",
        _section("Pledges", "".join(f"<p>{escape(line)}</p>" for line in pledge_lines(vacuum))),
        _section("Single interconnections that would close most", _links(vacuum)),
        _section("How to read this", "".join(f"<p>{escape(line)}</p>" for line in notes(vacuum))),
        _section("Texts", _texts(vacuum)),
        _section("Sources", _sources(vacuum, sources)),
        f'<p class="foot">Record {escape(vacuum.record)}</p>',
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        f"<title>Vacuum, {escape(vacuum.on)}</title><style>{HTML_STYLE}{_STYLE}</style></head>\n<body>"
        + "\n".join(part for part in body if part)
        + "</body></html>\n"
    )


def _section(title: str, inside: str) -> str:
    return f"<h2>{escape(title)}</h2>\n{inside}" if inside else ""


def _table(rows: Sequence[Mapping[str, object]]) -> str:
    if not rows:
        return ""
    names = list(rows[0])
    numeric = {name for name in names if all(isinstance(row[name], int) for row in rows)}
    head = "".join(
        f'<th scope="col"{" class=n" if name in numeric else ""}>{escape(name.replace("_", " "))}</th>'
        for name in names
    )
    body = "\n".join(
        "<tr>"
        + "".join(f"<td{' class=n' if n in numeric else ''}>{escape(_said(row[n]))}</td>" for n in names)
        + "</tr>"
        for row in rows
    )
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></div>'


def _said(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else "" if value is None else str(value)


def _grid(vacuum: Vacuum) -> str:
    """How many domains are open for each pair; a cell's title says which, and what closes the others."""
    cells: dict[tuple[str, str], list[Cell]] = {}
    for cell in vacuum.cells:
        cells.setdefault((cell.one, cell.other), []).append(cell)
    said = [one.duty.says for one in vacuum.owed]
    head = "".join(f'<th scope="col">{escape(state)}</th>' for state in vacuum.states)
    lines = []
    for one in vacuum.states:
        line = [f'<th scope="row">{escape(one)}</th>']
        for other in vacuum.states:
            pair = (one, other) if one < other else (other, one)
            line.append(_square(pair, cells.get(pair, ()), said))
        lines.append(f"<tr>{''.join(line)}</tr>")
    body = "\n".join(lines)
    duty = "duty" if vacuum.binding == ANY else f"{vacuum.binding} duty"
    return (
        f"<p>The number of domains in which a pair has no {duty}; a dashed edge: something is not known.</p>"
        f'<div class="wide"><table class="grid"><thead><tr><td></td>{head}</tr></thead><tbody>\n{body}\n'
        "</tbody></table></div>"
    )


def _square(pair: tuple[str, str], cells: Iterable[Cell], said: Sequence[str]) -> str:
    found = list(cells)
    if not found:
        return '<td class="same"></td>'
    open_ = sum(cell.closed is False for cell in found)
    unsure = any(cell.closed is None for cell in found)
    title = "; ".join(
        f"{DOMAINS[cell.domain]}: {cell.level}" + (f" ({said[cell.by[0]]})" if cell.by else "") for cell in found
    )
    edge = " q" if unsure else ""
    return f'<td class="o{open_}{edge}" title="{escape(f"{pair[0]} and {pair[1]}: {title}")}">{open_}</td>'


def _links(vacuum: Vacuum) -> str:
    if vacuum.links is None:
        return ""
    best = "".join(f"<p>{escape(line)}</p>" for line in best_lines(vacuum))
    return best + _table([
        {
            "rank": number,
            "interconnection": link.says,
            "closes": link.closes,
            "in": ", ".join(f"{DOMAINS[domain]} {count}" for domain, count in link.by_domain.items()),
            "claims": named(link.claims),
        }
        for number, link in enumerate(vacuum.links.ranking, 1)
    ])  # fmt: skip


def _texts(vacuum: Vacuum) -> str:
    counted = vacuum.counted
    rows = [
        {
            "text": one.duty.text,
            "article": one.duty.article,
            "domain": DOMAINS[one.duty.domain],
            "duty": one.duty.duty,
            "binding": one.duty.binding,
            "pairs": int((one.sure & counted).sum()),
            "perhaps": int((one.perhaps & ~one.sure & counted).sum()),
            "claim": ", ".join(one.duty.claims[:3]),
        }
        for one in vacuum.owed
    ]
    return _table(rows)


def _sources(vacuum: Vacuum, sources: Mapping[str, Source]) -> str:
    items = []
    for key in vacuum.sources():
        title = sources[key].title if key in sources else key
        seen = " (not seen when the fact was written)" if key in vacuum.recalled else ""
        items.append(f"<li>{escape(title)} <code>{escape(key)}</code>{seen}</li>")
    data = "".join(f"<li>{escape(f'{name} {version}')} (imported)</li>" for name, version in vacuum.pairs.data.items())
    return f"<ul>{''.join(items)}{data}</ul>" if items or data else ""
