// Memberships, acts and notices in the life of a state, organisation or treaty: spells that begin and end, and days.
import { useMemo, useRef, useState } from "preact/hooks";
import { address, get, takeAway, type Row } from "../api";
import { useAnswer } from "../components/asking";
import { NameList, useNames } from "../components/names";
import { takePicture } from "../components/picture";
import { Refusal } from "../components/Refusal";
import { Behind, type Column } from "../components/Table";
import { bounds, numberOf } from "../days";
import { lanesOf, type Lane, type Turn } from "../lanes";
import { useWhere } from "../where";
import { Typed } from "./MapPage";
import { Viewed } from "../components/Viewed";

interface Life {
  sentence: string;
  about: string;
  rows: (Turn & Row)[];
}
const WIDTH = 900;
const LEFT = 250;
const HIGH = 18;
const MOST = 160;

export default function TimelinePage() {
  const [where, choose] = useWhere();
  const { choices } = where;
  const name = choices.about || "NATO";
  const viewpoint = choices.viewpoint ?? "";
  const lists = [...useNames("organizations"), ...useNames("states"), ...useNames("treaties"), ...useNames("texts")];
  const names = useMemo(() => new Map(lists.map((one) => [one.key, one.name])), [lists.length]);
  const { answer, problem } = useAnswer(`${name}|${viewpoint}`, (signal) => get<Life>("timeline", { name, viewpoint }, signal));
  const kinds = useMemo(() => [...new Set((answer?.rows ?? []).map((one) => one.what))].sort(), [answer]);
  const kept = choices.what ?? "";
  const said = (key: string) => names.get(key) ?? key;
  const rows = (answer?.rows ?? []).filter((one) => !kept || one.what === kept);
  const lanes = useMemo(() => (answer ? lanesOf(rows, answer.about, said) : []), [answer, kept, names]);
  const holder = useRef<HTMLDivElement>(null);
  const columns: Column<Turn & Row>[] = [
    { head: "Date", value: (row) => row.date }, { head: "Turn", value: (row) => row.turn }, { head: "What", value: (row) => row.what.replaceAll("_", " ") },
    { head: "Of", value: (row) => said(row.subject) }, { head: "Towards", value: (row) => (row.object ? said(row.object) : "") }, { head: "Value", value: (row) => row.value },
    { head: "Confidence", value: (row) => String(row.confidence) }, { head: "Claim", value: (row) => row.claim },
  ];
  return (
    <>
      <div class="choices">
        <Typed label="State, organisation, treaty or text" list="everything" value={name} onValue={(about) => choose({ about, what: "" })} />
        <NameList id="everything" names={lists} />
        <label>What<select value={kept} onChange={(event) => choose({ what: event.currentTarget.value })}><option value="">everything</option>{kinds.map((one) => <option key={one} value={one}>{one.replaceAll("_", " ")}</option>)}</select></label>
      </div>
      <Refusal problem={problem} onNear={(near) => choose({ about: near.split(" ")[0]! })} />
      {answer && (
        <div class="framed" ref={holder}>
          <p class="says" role="status"><strong>{answer.sentence}</strong></p>
          <p class="quiet">A bar is a spell; an end that is faint is not known to the day; an arrow says that no end is known; a diamond is an act. A bar whose claim gives no beginning starts at the left edge.</p>
          <Viewed of={answer} />
          <Lanes lanes={lanes.slice(0, MOST)} />
          {lanes.length > MOST && <p class="quiet">The first {MOST} of {lanes.length} lines; all are in the table.</p>}
          <p class="actions"><button type="button" onClick={() => takePicture(holder.current!.querySelector("svg")!, `timeline-${name}`, [answer.sentence])}>Take the picture away (SVG)</button>
            <button type="button" onClick={() => void takeAway("timeline", "timeline.csv", undefined, { name, viewpoint, form: "csv" })}>As CSV</button>
            <button type="button" onClick={() => void takeAway("timeline", "timeline.pdf", undefined, { name, viewpoint, form: "pdf" })}>As PDF</button>
            <a class="button" href={address("timeline", { name, viewpoint })}>As JSON</a></p>
          <Behind caption={answer.sentence} columns={columns} rows={rows} name={`timeline-${name}`} />
        </div>
      )}
    </>
  );
}

function Lanes(props: { lanes: Lane[] }) {
  const { lanes } = props;
  const [at, setAt] = useState(-1);
  const days = lanes.flatMap((lane) => lane.marks.flatMap((mark) => [mark.from, mark.to].flatMap((date) => (date ? bounds(date) ?? [] : []))));
  if (!days.length) return <p>Nothing of this kind is dated.</p>;
  const first = Math.min(...days);
  const last = Math.max(...days, first + 3650);
  const x = (day: number) => LEFT + ((day - first) / (last - first)) * (WIDTH - LEFT - 16);
  const height = lanes.length * HIGH + 26;
  const years = [];
  const step = (last - first) / 365 > 90 ? 20 : (last - first) / 365 > 35 ? 10 : (last - first) / 365 > 12 ? 5 : 1;
  for (let year = Math.ceil((1970 + first / 365.25) / step) * step; numberOf(`${year}-01-01`) < last; year += step) years.push(year);
  const keys = (event: KeyboardEvent) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!by) return;
    event.preventDefault();
    setAt(Math.max(0, Math.min(lanes.length - 1, at + by)));
  };
  const told = at >= 0 && lanes[at] ? lanes[at]!.says : "Point at a line, or move with the arrow keys, to read it.";
  return (
    <figure class="map lanes">
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="application" aria-roledescription="timeline" tabindex={0} aria-label="Timeline. Arrow keys move from line to line." aria-describedby="lanes-say" onKeyDown={keys} onPointerLeave={() => setAt(-1)}>
        {years.map((year) => <g key={year}><path d={`M${x(numberOf(`${year}-01-01`))} 0V${height - 20}`} stroke="#e4e0d5" /><text x={x(numberOf(`${year}-01-01`))} y={height - 6} text-anchor="middle">{year}</text></g>)}
        {lanes.map((lane, place) => (
          <g key={lane.key} transform={`translate(0 ${place * HIGH})`} onPointerEnter={() => setAt(place)}>
            <rect width={WIDTH} height={HIGH} fill={at === place ? "#f3ead9" : "#fff"} fill-opacity={at === place ? 1 : 0} />
            <text x={LEFT - 8} y="13" text-anchor="end">{lane.label.length > 37 ? `${lane.label.slice(0, 36)}…` : lane.label}</text>
            {lane.marks.map((mark, number) => <Spell key={number} from={mark.from} to={mark.to} act={mark.act} x={x} first={first} last={last} />)}
          </g>
        ))}
      </svg>
      <figcaption id="lanes-say" aria-live="polite">{told}</figcaption>
    </figure>
  );
}

function Spell(props: { from: string | null; to: string | null; act: boolean; x: (day: number) => number; first: number; last: number }) {
  const { from, to, x } = props;
  const begin = from ? bounds(from) : null;
  if (props.act) {
    if (!begin) return null;
    const middle = x((begin[0] + begin[1]) / 2);
    return <>{begin[1] - begin[0] > 1 && <rect x={x(begin[0])} y="7" width={Math.max(1, x(begin[1]) - x(begin[0]))} height="4" fill="#cf7320" fill-opacity="0.35" />}<path d={`M${middle} 3l5 6l-5 6l-5 -6z`} fill="#a8540f" /></>;
  }
  const end = to ? bounds(to) : null;
  const [softStart, start] = begin ? [x(begin[0]), x(begin[1] - 1)] : [x(props.first), x(props.first)];
  const [stop, softStop] = end ? [x(end[0]), x(end[1] - 1)] : [x(props.last), x(props.last)];
  return (
    <>
      {start > softStart && <rect x={softStart} y="4" width={start - softStart} height="10" fill="#2d6a93" fill-opacity="0.35" />}
      <rect x={start} y="4" width={Math.max(1.5, stop - start)} height="10" fill="#2d6a93" />
      {softStop > stop && <rect x={stop} y="4" width={softStop - stop} height="10" fill="#2d6a93" fill-opacity="0.35" />}
      {!to && <path d={`M${stop} 2l7 7l-7 7z`} fill="#2d6a93" />}
    </>
  );
}
