// What the models say of a change: where they differ first, then counts, states, the spread, and why.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { get, post, type Row, type Schemas } from "../api";
import { FIRST, numberOf } from "../days";
import { useEpochs, useGeography } from "../layers";
import { choose, useWhere } from "../where";
import { Legend } from "./Legend";
import { useNames, useStateNames } from "./names";
import { takePicture } from "./picture";
import { RestsOn } from "./RestsOn";
import { Table, figure, type Column } from "./Table";
import { Turns } from "./Turns";
import { Why } from "./Why";
import { useOutlines, WorldMap, type Shade } from "./WorldMap";
import { Viewed } from "./Viewed";

export interface Counted {
  model: string;
  output: string | null;
  scale: string;
  counts: Record<string, number>;
  nobody_loses: boolean | null;
}
export interface Verdict {
  state: string;
  verdict: string;
  change: number | null;
  low: number | null;
  high: number | null;
  because: string;
  claims: string[];
  draws?: (Record<string, number | string | null> & { turns_on?: string | null }) | null;
  attribution?: { steps: { step: string; due: number }[]; exact: boolean } | null;
}
export type Judged = Counted & Omit<Schemas["Judgement"], "states" | "counts"> & { states: Verdict[]; assumes?: string; spread?: Spread | null; draws?: unknown };
interface Side {
  gini_absolute: number | null;
  gini_absolute_interval: [number | null, number | null] | null;
  variance: number | null;
  variance_interval: [number | null, number | null] | null;
  worst: string[];
  states: number;
  left_out: number;
}
interface Spread {
  before: Side;
  after: Side;
}
export const SAYS: Record<string, string> = {
  gains: "gains", loses: "loses", unchanged: "unchanged", unknown: "not known", not_seen: "not seen",
};
const MARKS: Record<string, string> = { gains: "▲", loses: "▼", unchanged: "=", unknown: "?", not_seen: "·" };

export function labelOf(one: { model: string; output: string | null }): string {
  return one.output && one.output !== one.model ? `${one.model} (${one.output})` : one.model;
}

export function Verdicts(props: { question: Record<string, unknown>; counts: Counted[]; judged: Judged[]; whole: Schemas["Assessment"] | null }) {
  const { counts, judged, whole } = props;
  const [where] = useWhere();
  const picked = where.choices.state ?? "";
  const rows = judged.length >= counts.length && judged.length ? judged : counts;
  const name = useStateNames();
  return (
    <div class="verdicts" data-done={whole ? "yes" : "no"} data-settings={JSON.stringify(props.question.settings)}>
      {whole && <Headline whole={whole} judged={judged} />}
      <Viewed of={whole} />
      <Table plain all caption="How many states gain and lose, by each model; models are never added up" name={whole ? `${whole.change}-counts` : undefined} rows={rows} columns={[
        { head: "Model", value: (row) => labelOf(row) },
        ...(["gains", "loses", "unchanged", "unknown", "not_seen"] as const).map((kind): Column<Counted> => ({
          head: `${MARKS[kind]} ${SAYS[kind]}`, number: true, value: (row) => row.counts[kind] ?? null,
          show: (row) => <span data-count={`${labelOf(row)}:${kind}`}>{row.counts[kind]}</span>,
        })),
        { head: "Nobody loses", value: (row) => row.nobody_loses, show: (row) => (row.nobody_loses === null ? "cannot say" : row.nobody_loses ? "yes" : "no") },
      ]} />
      {judged.length > 0 && <OnMap judged={judged} whole={whole} name={name} />}
      {judged.length > 0 && <Losers judged={judged} name={name} />}
      {judged.length > 0 && <ByState judged={judged} name={name} file={whole?.change ?? "change"} />}
      {picked && judged.length > 0 && <Why key={picked} state={picked} judged={judged} question={props.question} name={name} />}
      {whole && <Turns judged={judged} name={name} />}
      {judged.some((one) => one.spread) && <Spreads judged={judged} name={name} />}
      {whole && <RestsOn whole={whole} />}
    </div>
  );
}

/** Where models differ is told first; the program's own sentences, unchanged. */
function Headline(props: { whole: Schemas["Assessment"]; judged: Judged[] }) {
  const lines = props.whole.summary.map(String);
  const at = lines.findIndex((one) => /the models differ|differ between the models/i.test(one));
  const seeing = props.judged.filter((one) => one.counts.not_seen! < one.states.length);
  const head = at >= 0 ? lines[at]! : seeing.length ? seeing.map((one) => `${labelOf(one)}: ${one.counts.gains} gain, ${one.counts.loses} lose, ${one.counts.unchanged} are unchanged`).join("; ") : "Nothing that these models read is touched by this change.";
  const under: string[] = [];
  for (let place = at + 1; at >= 0 && place < lines.length && lines[place]!.startsWith("- "); place += 1) under.push(lines[place]!.slice(2));
  const rest = lines.filter((_, place) => place !== at && !(at >= 0 && place > at && place <= at + under.length));
  return (
    <section aria-label="In short">
      <p class="headline" role="status">{head}</p>
      {under.length > 0 && <ul class="summary">{under.map((one) => <li key={one}>{one}</li>)}</ul>}
      <details class="behind"><summary>All that is said in words ({rest.length} sentences)</summary>
        <ul class="summary">{rest.map((one) => <li key={one}>{one.replace(/^- /, "")}</li>)}</ul></details>
    </section>
  );
}

function OnMap(props: { judged: Judged[]; whole: Schemas["Assessment"] | null; name: (key: string) => string }) {
  const { judged, whole, name } = props;
  const [where] = useWhere();
  const shown = judged.find((one) => labelOf(one) === where.choices.shown) ?? judged[0]!;
  const drawn = useOutlines();
  const states = useNames("states");
  const epochs = useEpochs(states, FIRST);
  const day = whole ? numberOf(whole.on) : numberOf("2024-01-01");
  const viewpoint = whole?.viewpoint?.state ?? "";
  const geography = useGeography(whole ? drawn : null, day, viewpoint, epochs, false);
  const holder = useRef<HTMLDivElement>(null);
  const shades = useMemo(() => new Map<string, Shade>(shown.states.map((one) => [one.state, { kind: one.verdict, sentence: `${name(one.state)} ${one.verdict === "unknown" ? "is not known" : one.verdict === "not_seen" ? "is not seen" : one.verdict === "unchanged" ? "is unchanged" : SAYS[one.verdict]}, says ${labelOf(shown)}. ${one.because}` }])), [shown, name]);
  const legend = Object.entries(SAYS).map(([kind, label]) => ({ class: kind, label, states: shown.counts[kind] ?? 0 }));
  const title = `${whole?.title ?? ""}: gains and losses by ${labelOf(shown)}, baseline ${whole?.on ?? ""}`;
  return (
    <div class="framed" ref={holder}>
      <div class="over"><p class="says"><strong>{title}</strong></p>
        <label class="quiet">Model
          <select value={labelOf(shown)} onChange={(event) => choose({ shown: event.currentTarget.value })}>{judged.map((one) => <option key={labelOf(one)}>{labelOf(one)}</option>)}</select></label>
      </div>
      {drawn && geography && <WorldMap drawn={drawn} geography={geography} shades={shades} picked={where.choices.state ?? ""} view="" day={whole?.on ?? ""} viewpoint={viewpoint} label={title} says="Pick a state to see why." onPick={(state) => choose({ state })} />}
      <Legend lines={legend} contested={Boolean(geography?.contested.size)} />
      <p class="actions"><button type="button" onClick={() => takePicture(holder.current!.querySelector("svg")!, `${whole?.change ?? "change"}-${shown.model}`, [title], legend)}>Take the picture away (SVG)</button></p>
    </div>
  );
}

function Losers(props: { judged: Judged[]; name: (key: string) => string }) {
  const rows = props.judged.map((one) => ({ model: labelOf(one), cannot: one.nobody_loses === null, who: one.states.filter((row) => row.verdict === "loses").map((row) => props.name(row.state)) }));
  return (
    <section aria-label="At whose expense"><h2>At whose expense</h2>
      <ul class="summary">{rows.map((row) => (
        <li key={row.model}><b>{row.model}</b>: {row.who.length ? `${row.who.length} states lose. ` : row.cannot ? "cannot show that anybody loses, or does not see everybody." : "nobody loses."}
          {row.who.length > 0 && row.who.length <= 12 && row.who.join(", ")}
          {row.who.length > 12 && <details><summary>Who</summary>{row.who.join(", ")}</details>}</li>
      ))}</ul>
    </section>
  );
}

type Line = { state: string; of: Verdict[] };

function ByState(props: { judged: Judged[]; name: (key: string) => string; file: string }) {
  const { judged, name } = props;
  const [where] = useWhere();
  const kept = where.choices.which || "touched";
  const [word, setWord] = useState("");
  const lines = useMemo(() => {
    const by = new Map<string, Verdict[]>();
    judged.forEach((one, place) => one.states.forEach((row) => {
      const line = by.get(row.state) ?? [];
      line[place] = row;
      by.set(row.state, line);
    }));
    return [...by].map(([state, of]): Line => ({ state, of })).sort((a, b) => name(a.state).localeCompare(name(b.state)));
  }, [judged, name]);
  const shown = lines.filter((line) => {
    const said = new Set(line.of.filter(Boolean).map((one) => one.verdict));
    if (word && !`${name(line.state)} ${line.state}`.toLowerCase().includes(word.toLowerCase())) return false;
    if (kept === "differ") return said.has("gains") && said.has("loses");
    if (kept === "touched") return said.has("gains") || said.has("loses");
    return kept === "all" || said.has(kept);
  });
  return (
    <section aria-label="By state"><h2>By state</h2>
      <div class="choices">
        <label>Which states
          <select value={kept} onChange={(event) => choose({ which: event.currentTarget.value === "touched" ? "" : event.currentTarget.value })}>
            <option value="differ">gain in one model and lose in another</option><option value="touched">gain or lose in any</option>
            <option value="gains">gain in any</option><option value="loses">lose in any</option><option value="unknown">not known in any</option><option value="all">all</option>
          </select></label>
        <label>Name holds<input value={word} onInput={(event) => setWord(event.currentTarget.value)} /></label>
      </div>
      <Table caption={`${shown.length} of ${lines.length} states; press a verdict to see why`} rows={shown} name={`${props.file}-states`} columns={[
        { head: "State", value: (row) => name(row.state) },
        ...judged.map((one, place): Column<Line> => ({
          head: labelOf(one), value: (row) => row.of[place]?.verdict,
          show: (row) => row.of[place] && (
            <button type="button" class={`verdict v-${row.of[place]!.verdict}`} onClick={() => { choose({ state: row.state }); setTimeout(toWhy, 60); }} aria-label={`${name(row.state)} ${SAYS[row.of[place]!.verdict]}, says ${labelOf(one)}: why`}>
              {MARKS[row.of[place]!.verdict]} {SAYS[row.of[place]!.verdict]}</button>
          ),
        })),
      ]} />
    </section>
  );
}

/** Brings the reason into view once it is there, which takes longer on a slow machine. */
function toWhy(tries = 20): void {
  const there = document.getElementById("why");
  if (there) there.scrollIntoView({ block: "nearest" });
  else if (tries > 0) setTimeout(() => toWhy(tries - 1), 60);
}

function few(names: string[]): string {
  return names.length > 7 ? `${names.slice(0, 6).join(", ")} and ${names.length - 6} more` : names.join(", ");
}

function between(value: number | null, interval: [number | null, number | null] | null): string {
  if (value !== null) return figure(value);
  return interval && interval[0] !== null && interval[1] !== null ? `${figure(interval[0])} to ${figure(interval[1])}` : "not known";
}

function Spreads(props: { judged: Judged[]; name: (key: string) => string }) {
  const rows = props.judged.filter((one) => one.spread).flatMap((one) => (["before", "after"] as const).map((when) => ({ one, when, side: one.spread![when] })));
  return (
    <section aria-label="The spread"><h2>How unequal security is, before and after</h2>
      <Table plain all caption="Within each model; figures of two models cannot be compared" rows={rows} columns={[
        { head: "Model", value: (row) => labelOf(row.one) }, { head: "When", value: (row) => row.when },
        { head: "Absolute Gini", number: true, value: (row) => between(row.side.gini_absolute, row.side.gini_absolute_interval) },
        { head: "Variance", number: true, value: (row) => between(row.side.variance, row.side.variance_interval) },
        { head: "Worst off", value: (row) => row.side.worst.map(props.name).join(", "), show: (row) => few(row.side.worst.map(props.name)) },
        { head: "States", number: true, value: (row) => row.side.states }, { head: "Left out", number: true, value: (row) => row.side.left_out },
      ]} />
    </section>
  );
}

export function useWhy(question: Record<string, unknown>, state: string, model: string) {
  const [found, setFound] = useState<{ answer: Row | null; problem: unknown }>({ answer: null, problem: null });
  useEffect(() => {
    if (!model) return;
    const given = new AbortController();
    setFound({ answer: null, problem: null });
    post<Row>("why/assess", { ...question, models: [model], draws: 0, attribute: false }, { state }, given.signal)
      .then((answer) => setFound({ answer, problem: null }), (problem) => !given.signal.aborted && setFound({ answer: null, problem }));
    return () => given.abort();
  }, [state, model]);
  return found;
}

export const claimAt = (place: string) => get<Schemas["Claim"]>("claim", { address: place });
