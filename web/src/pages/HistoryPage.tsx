// Year by year, from imported data: what a model says of the system of states, and what such a figure cannot say.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { get, once, streamed, takeAway, type Row, type Schemas } from "../api";
import { useAnswer } from "../components/asking";
import { LineChart } from "../components/LineChart";
import { Refusal } from "../components/Refusal";
import { Behind, Table, type Column } from "../components/Table";
import { useWhere } from "../where";
import { Viewed } from "../components/Viewed";

interface Measure {
  measure: string;
  columns: string[];
  says: string;
  cannot_say: string;
}
interface Told {
  model: string;
  years: [number, number];
  measures: Measure[];
  rows: (Row & { year: number })[];
  not_known: unknown[];
  data: Record<string, string>;
  power: string;
  choices: Record<string, unknown>;
}
interface Dataset {
  dataset: string;
  title: string;
  publisher: string;
  imported: string | null;
  terms: string;
  coverage: { from: number; to: number }[];
}

export default function HistoryPage() {
  const [where, choose] = useWhere();
  const { choices } = where;
  const models = useAnswer("models", () => once<Schemas["Models"]>("models")).answer?.models ?? [];
  const model = choices.model || "deterrence";
  const [from, to] = [choices.from || "1950", choices.to || "2010"];
  const [told, setTold] = useState<Told | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [progress, setProgress] = useState<{ done: number; of: number; what: string } | null>(null);
  const given = useRef<AbortController | null>(null);
  useEffect(() => () => given.current?.abort(), []);
  const query = { model, from, to, alliances: choices.alliances || "atop", hostility: choices.hostility || "rivalries", viewpoint: choices.viewpoint ?? "" };
  const ask = () => {
    given.current?.abort();
    const mine = new AbortController();
    given.current = mine;
    setProblem(null);
    setTold(null);
    setProgress({ what: "asked", done: 0, of: 1 });
    streamed("history/stream", query, undefined, (event) => {
      if (event.event === "progress") setProgress(event as never);
      if (event.event === "done") setTold(event.answer as Told);
    }, mine.signal).catch((wrong) => !mine.signal.aborted && setProblem(wrong)).finally(() => given.current === mine && setProgress(null));
    choose({ run: "yes" });
  };
  useEffect(() => {
    if (choices.run === "yes") ask();
  }, [query.viewpoint]);
  return (
    <>
      <div class="choices">
        <label>Model<select value={model} onChange={(event) => choose({ model: event.currentTarget.value, run: "" })}>{!models.length && <option>{model}</option>}{models.map((one) => <option key={one.model}>{one.model}</option>)}</select></label>
        <label>First year<input type="number" min="1816" max="2100" value={from} onChange={(event) => choose({ from: event.currentTarget.value, run: "" })} /></label>
        <label>Last year<input type="number" min="1816" max="2100" value={to} onChange={(event) => choose({ to: event.currentTarget.value, run: "" })} /></label>
        <label>Alliances by<select value={query.alliances} onChange={(event) => choose({ alliances: event.currentTarget.value, run: "" })}><option value="atop">ATOP</option><option value="cow">Correlates of War</option></select></label>
        <label>Hostility by<select value={query.hostility} onChange={(event) => choose({ hostility: event.currentTarget.value, run: "" })}>{["rivalries", "rivalries-td", "disputes", "conflicts", "none"].map((one) => <option key={one}>{one}</option>)}</select></label>
        <button type="button" class="strong" onClick={ask} disabled={progress !== null}>Ask</button>
        {progress && <button type="button" onClick={() => given.current?.abort()}>Stop</button>}
      </div>
      {progress && <p role="status"><label>{progress.what}: {progress.done} of {progress.of}<progress value={progress.done} max={progress.of} /></label></p>}
      <Refusal problem={problem} />
      {told && <Series told={told} query={query} />}
      <Data />
    </>
  );
}

function Series(props: { told: Told; query: Record<string, string> }) {
  const { told } = props;
  const keys = useMemo(() => [...new Set(told.rows.flatMap((row) => Object.keys(row)))], [told]);
  const columns = keys.map((key): Column<Row> => ({
    head: key.replaceAll("_", " "), number: key !== "worst",
    value: (row) => (Array.isArray(row[key]) ? (row[key] as string[]).join(", ") : (row[key] as number | null)),
  }));
  const title = `${told.model}, ${told.years.join(" to ")}`;
  return (
    <section aria-label="Series">
      <p role="status">{title}: {told.rows.length} years from {Object.entries(told.data).map(([name, version]) => `${name} ${version}`).join(", ")}; power by {told.power}. A year that a dataset does not cover is not known, and the line has a gap there.</p>
      <Viewed of={told} />
      <div class="charts">
        {told.measures.map((one) => {
          const shown = one.columns.filter((column) => told.rows.some((row) => typeof row[column] === "number"));
          return (
            <section class="panel" key={one.measure} aria-label={one.measure}>
              <h2>{one.measure}</h2>
              <p>{capital(one.says)}. <span class="quiet">It cannot say {one.cannot_say}.</span></p>
              {!shown.length && <p>Not known in these years.</p>}
              {together(shown, told.rows).map((columns) => <LineChart key={columns.join()} title={`${one.measure}, ${title}`} x={told.rows.map((row) => row.year)} lines={columns.map((column) => ({ name: column.replaceAll("_", " "), values: told.rows.map((row) => (typeof row[column] === "number" ? (row[column] as number) : null)) }))} />)}
            </section>
          );
        })}
      </div>
      <Behind caption={title} columns={columns} rows={told.rows} name={`history-${told.model}`} />
      <p class="actions">{(["json", "csv", "svg", "html", "pdf"] as const).map((form) => <button type="button" key={form} onClick={() => void takeAway("history", `history.${form}`, undefined, { ...props.query, form })}>As {form.toUpperCase()}</button>)}</p>
    </section>
  );
}

/** Columns of like size in one chart: a share beside a number of states would be a flat line. */
function together(columns: string[], rows: readonly Row[]): string[][] {
  const sizes = columns.map((column) => Math.max(0, ...rows.map((row) => Math.abs(Number(row[column] ?? 0)))));
  const groups: { size: number; columns: string[] }[] = [];
  columns.forEach((column, place) => {
    const size = sizes[place]!;
    const like = groups.find((one) => size === 0 || one.size === 0 || Math.max(size, one.size) / Math.min(size, one.size) < 20);
    if (like) like.columns.push(column);
    else groups.push({ size, columns: [column] });
  });
  return groups.map((one) => one.columns);
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

function Data() {
  const { answer } = useAnswer("data", (signal) => get<{ datasets: Dataset[] }>("data", {}, signal));
  if (!answer) return null;
  const imported = answer.datasets.filter((one) => one.imported).length;
  return (
    <details class="behind"><summary>Which data are imported ({imported} of {answer.datasets.length})</summary>
      <p>Others' data do not ship with the program. `indivisible data import` on the command line brings in what you have.</p>
      <Table all caption="Datasets that the program can read" rows={answer.datasets} columns={[
        { head: "Dataset", value: (row) => row.dataset }, { head: "Title", value: (row) => row.title }, { head: "Publisher", value: (row) => row.publisher },
        { head: "Imported", value: (row) => row.imported ?? "no" }, { head: "Covers", value: (row) => row.coverage.map((one) => `${one.from} to ${one.to}`).join("; ") }, { head: "Terms", value: (row) => row.terms },
      ]} />
    </details>
  );
}
