// How much power each member has under the rule: bars in a table, and the same as a picture.
import { useRef } from "preact/hooks";
import { post, type Row } from "../api";
import { useRested } from "../slide";
import { useWhere } from "../where";
import { useAnswer } from "./asking";
import { Downloads } from "./Downloads";
import { takePicture } from "./picture";
import { Refusal } from "./Refusal";
import { Table, figure, type Column } from "./Table";
import { Viewed } from "./Viewed";

const INDICES: [string, string][] = [
  ["shapley_shubik", "Shapley-Shubik"], ["normalised", "Banzhaf, shares"], ["banzhaf", "Banzhaf"], ["prevent", "power to prevent"],
  ["initiate", "power to initiate"], ["johnston", "Johnston"], ["deegan_packel", "Deegan-Packel"], ["holler", "Holler"],
];
type PowerRow = { member: string } & Record<string, { exact: string; value: number } | string | null>;
type Answer = Row & { members: PowerRow[]; method: string; rule: string };
const HIGH = 14;

export function PowerBars(props: { title: string; question: Row; viewpoint: string; name: (key: string) => string }) {
  const [where, choose] = useWhere();
  const wanted = where.choices.power === "yes";
  const index = where.choices.index || "shapley_shubik";
  const given = useRested(JSON.stringify(props.question), 300);
  const { answer, problem, waiting } = useAnswer(wanted ? `${given}|${props.viewpoint}` : null, (signal) => post<Answer>("power", JSON.parse(given), { viewpoint: props.viewpoint }, signal));
  const holder = useRef<HTMLDivElement>(null);
  const value = (row: PowerRow, which: string) => {
    const found = row[which];
    return typeof found === "object" && found !== null ? found.value : null;
  };
  const rows = [...(answer?.members ?? [])].sort((a, b) => (value(b, index) ?? 0) - (value(a, index) ?? 0) || props.name(a.member).localeCompare(props.name(b.member)));
  const most = Math.max(...rows.map((row) => value(row, index) ?? 0), 0) || 1;
  const known = INDICES.filter(([one]) => rows.length === 0 || rows.some((row) => value(row, one) !== null));
  const head = known.find(([one]) => one === index)?.[1] ?? index;
  const columns: Column<PowerRow>[] = [
    { head: "Member", value: (row) => props.name(row.member) },
    { head: `As a bar: ${head}`, value: () => "", show: (row) => <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label={`${head}: ${figure(value(row, index))}`}><rect width={((value(row, index) ?? 0) / most) * 100} height="10" /></svg> },
    ...known.map(([one, label]): Column<PowerRow> => ({ head: label, number: true, value: (row) => value(row, one), show: (row) => figure(value(row, one)) })),
  ];
  const take = () => takePicture(holder.current!.querySelector("svg")!, "power", [`${props.title}: ${head}. ${String(answer?.rule ?? "")}.`, "An index says what a rule gives, not what a member does with it."]);
  return (
    <section aria-label="Power" class="panel">
      <h2>How much power each member has under this rule</h2>
      {!wanted && <button type="button" onClick={() => choose({ power: "yes" })}>Show power</button>}
      {wanted && waiting && !answer && <p role="status">One moment.</p>}
      <Refusal problem={problem} />
      {answer && (
        <>
          <label class="quiet">Bars show<select value={index} onChange={(event) => choose({ index: event.currentTarget.value })}>{known.map(([one, label]) => <option key={one} value={one}>{label}</option>)}</select></label>
          <p class="quiet">{String(answer.rule)}; method: {String(answer.method)}. An index says what a rule gives, not what a member does with it.</p>
          <Viewed of={answer} />
          <Table caption={`Power of the members, ${props.title}, most first`} rows={rows} columns={columns} name="power" all={rows.length < 60} />
          <div hidden ref={holder}><Picture rows={rows.map((row) => [props.name(row.member), value(row, index)])} most={most} /></div>
          <p class="actions"><Downloads says="As" forms={["json", "csv", "pdf"]} path="power" viewpoint={props.viewpoint} name="power" body={JSON.parse(given)} />
            <button type="button" onClick={take}>As SVG</button></p>
        </>
      )}
    </section>
  );
}

/** The bars as one figure, to be taken away. */
function Picture(props: { rows: [string, number | null][]; most: number }) {
  return (
    <svg viewBox={`0 0 420 ${props.rows.length * HIGH + 6}`}>
      {props.rows.map(([name, value], place) => (
        <g key={name}>
          <text x="120" y={place * HIGH + 12} text-anchor="end" font-size="9">{name}</text>
          <rect x="126" y={place * HIGH + 4} width={((value ?? 0) / props.most) * 230} height={HIGH - 4} fill="#24587a" />
          <text x={130 + ((value ?? 0) / props.most) * 230} y={place * HIGH + 12} font-size="9">{figure(value)}</text>
        </g>
      ))}
    </svg>
  );
}
