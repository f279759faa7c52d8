// Who is bound to whom, as a square: a row pledges to a column.
import { useMemo, useRef, useState } from "preact/hooks";
import { address, get, type Schemas } from "../api";
import { useAnswer } from "../components/asking";
import { DaySlider } from "../components/DaySlider";
import { takePicture } from "../components/picture";
import { Refusal } from "../components/Refusal";
import { Behind, type Column } from "../components/Table";
import { KIND_LINES } from "../colours";
import { textOf } from "../days";
import { useNames } from "../components/names";
import { useDay, useRested, useTurns } from "../slide";
import { useWhere } from "../where";
import { Viewed } from "../components/Viewed";

type Cell = [number, number, number[], boolean];
const KINDS = ["defence", "offence", "neutrality", "nonaggression", "consultation", "any"];
const EDGE = 46;

export default function MatrixPage() {
  const [where, choose] = useWhere();
  const { choices } = where;
  const { turns, last } = useTurns("");
  const [day, setDay] = useDay(last);
  const rested = useRested(day, 150);
  const names = useNames("organizations");
  const query = { on: textOf(rested), kind: choices.kind || "defence", among: choices.among ?? "", viewpoint: choices.viewpoint ?? "" };
  const { answer, problem, waiting } = useAnswer(JSON.stringify(query), (signal) => get<Schemas["Matrix"]>("matrix", query, signal));
  const holder = useRef<HTMLDivElement>(null);
  const cells = (answer?.cells ?? []) as unknown as Cell[];
  const texts = (cell: Cell) => cell[2].map((place) => answer!.treaties[place]?.name ?? String(place)).join("; ");
  const note = answer ? `${answer.sentence} ${answer.viewpoint.says}` : "";
  const columns: Column<Cell>[] = [
    { head: "Who pledges", value: (row) => answer!.states[row[0]]!.name }, { head: "To whom", value: (row) => answer!.states[row[1]]!.name },
    { head: "Texts", value: texts }, { head: "Certain", value: (row) => row[3] },
  ];
  return (
    <>
      <div class="choices">
        <label>Kind of pledge<select value={query.kind} onChange={(event) => choose({ kind: event.currentTarget.value })}>{KINDS.map((one) => <option key={one}>{one}</option>)}</select></label>
        <label>Among<select value={query.among} onChange={(event) => choose({ among: event.currentTarget.value })}>
          <option value="">all that have such a pledge</option>{names.map((one) => <option key={one.key} value={one.key}>members of {one.name}</option>)}</select></label>
        <label>Order<select value={choices.order ?? ""} onChange={(event) => choose({ order: event.currentTarget.value })}><option value="">alike stand together</option><option value="name">by name</option></select></label>
      </div>
      <DaySlider day={day} last={last} turns={turns} onDay={setDay} ready={!waiting} />
      <Refusal problem={problem} />
      {answer && (
        <div class="framed" ref={holder} aria-busy={waiting}>
          <p class="says" role="status"><strong>{answer.sentence}</strong></p>
          <Viewed of={answer} />
          <p class="quiet">A pale square is not certain.</p>
          <Square answer={answer} cells={cells} byName={choices.order === "name"} texts={texts} />
          <p class="actions"><button type="button" onClick={() => takePicture(holder.current!.querySelector("svg")!, `matrix-${answer.on}`, [answer.sentence, answer.viewpoint.says])}>Take the picture away (SVG)</button>
            <a class="button" href={address("matrix", query)}>As JSON</a></p>
          <Behind caption={note} columns={columns} rows={cells} name={`matrix-${answer.on}`} note={note} />
        </div>
      )}
    </>
  );
}

function Square(props: { answer: Schemas["Matrix"]; cells: Cell[]; byName: boolean; texts: (cell: Cell) => string }) {
  const { answer, cells } = props;
  const size = answer.states.length;
  const [at, setAt] = useState<[number, number] | null>(null);
  const order = props.byName ? answer.states.map((_, place) => place).sort((a, b) => answer.states[a]!.name.localeCompare(answer.states[b]!.name)) : answer.order;
  const { paths, found } = useMemo(() => {
    const rank = new Map(order.map((place, rank) => [place, rank]));
    const found = new Map<string, Cell>();
    const paths = ["", ""];
    for (const cell of cells) {
      const [row, column] = [rank.get(cell[0])!, rank.get(cell[1])!];
      found.set(`${row},${column}`, cell);
      paths[cell[3] ? 0 : 1] += `M${EDGE + column * 6} ${EDGE + row * 6}h5.4v5.4h-5.4z`;
    }
    return { paths, found };
  }, [answer, props.byName]);
  if (!size) return <p>Nobody has such a pledge on this day.</p>;
  const full = EDGE + size * 6 + 2;
  const place = (event: PointerEvent) => {
    const svg = event.currentTarget as SVGSVGElement;
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM()!.inverse());
    const [column, row] = [Math.floor((point.x - EDGE) / 6), Math.floor((point.y - EDGE) / 6)];
    setAt(row >= 0 && column >= 0 && row < size && column < size ? [row, column] : null);
  };
  const keys = (event: KeyboardEvent) => {
    const way = ({ ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] } as Record<string, [number, number]>)[event.key];
    if (!way) return;
    event.preventDefault();
    const [row, column] = at ?? [0, -1];
    setAt([Math.max(0, Math.min(size - 1, row + way[0])), Math.max(0, Math.min(size - 1, column + way[1]))]);
  };
  const name = (rank: number) => answer.states[order[rank]!]!.name;
  const cell = at ? found.get(`${at[0]},${at[1]}`) : undefined;
  const told = !at ? "Point at a square, or move with the arrow keys, to see who pledges what to whom." : at[0] === at[1] ? name(at[0]) : cell ? `${name(at[0])} to ${name(at[1])}: ${props.texts(cell)}${cell[3] ? "" : "; not certain"}.` : `${name(at[0])} to ${name(at[1])}: none that the record knows.`;
  const every = Math.max(1, Math.round(size / 60));
  return (
    <figure class="map grid">
      <svg viewBox={`0 0 ${full} ${full}`} role="application" aria-roledescription="matrix" tabindex={0} aria-label={`${answer.sentence} Arrow keys move from square to square.`} aria-describedby="grid-says" onKeyDown={keys} onPointerMove={place} onPointerLeave={() => setAt(null)}>
        <rect x={EDGE} y={EDGE} width={size * 6} height={size * 6} fill="#f4f2ec" />
        <path d={paths[0]} fill={KIND_LINES[answer.kind] ?? "#24587a"} />
        <path d={paths[1]} fill={KIND_LINES[answer.kind] ?? "#24587a"} fill-opacity="0.4" />
        {order.map((state, rank) => rank % every === 0 && (
          <g key={state} font-size={Math.min(14, 5.2 * every)} fill="#1d2329">
            <text x={EDGE - 3} y={EDGE + rank * 6 + 5} text-anchor="end">{answer.states[state]!.key}</text>
            <text transform={`translate(${EDGE + rank * 6 + 5} ${EDGE - 3}) rotate(-90)`}>{answer.states[state]!.key}</text>
          </g>
        ))}
        {at && <g fill="none" stroke="#b4500a" stroke-width="1.2"><rect x={EDGE} y={EDGE + at[0] * 6} width={size * 6} height="6" /><rect x={EDGE + at[1] * 6} y={EDGE} width="6" height={size * 6} /></g>}
      </svg>
      <figcaption id="grid-says" aria-live="polite">{told}</figcaption>
    </figure>
  );
}
