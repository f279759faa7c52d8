// The map of a day: membership, pledges, the status of a treaty, a model's reading, or what a change does.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { address, get, once, takeAway, type Layer, type Row, type Schemas, type Shaded } from "../api";
import { useAnswer } from "../components/asking";
import { DaySlider } from "../components/DaySlider";
import { Legend } from "../components/Legend";
import { NameList, useNames, useStateNames } from "../components/names";
import { takePicture } from "../components/picture";
import { Refusal } from "../components/Refusal";
import { Behind, Table, figure as shownFigure, type Column } from "../components/Table";
import { useOutlines, WorldMap, type Shade } from "../components/WorldMap";
import { FIRST, textOf } from "../days";
import { VIEWS } from "../geography";
import { useEpochs, useGeography, useLayer } from "../layers";
import { useDay, useRested, useTurns } from "../slide";
import { useWhere } from "../where";
import { Viewed } from "../components/Viewed";

const KINDS: [string, string][] = [
  ["membership", "Members of an organisation"], ["treaty", "Status of a treaty"], ["pledges", "Pledges of a state"],
  ["reading", "Reading of a model"], ["change", "Gains and losses by a change"],
];
const FIRSTS: Record<string, string> = {
  membership: "UN", treaty: "NPT_1968", pledges: "FRA", reading: "deterrence", change: "nordic-accession:deterrence",
};

export function MapPage() {
  const [where, choose] = useWhere();
  const layer = where.choices.layer || "membership:UN";
  const viewpoint = where.choices.viewpoint ?? "";
  const [kind, ...parts] = layer.split(":");
  const about = kind === "membership" || kind === "treaty" ? parts[0]! : "";
  const states = useNames("states");
  const { turns: all, last } = useTurns("");
  const { turns: own } = useTurns(about);
  const epochs = useEpochs(states, FIRST);
  const [day, setDay] = useDay(last);
  const rested = useRested(day, 260);
  const moving = rested !== day;
  const drawn = useOutlines();
  const geography = useGeography(drawn, day, viewpoint, epochs, moving);
  const { layer: found, exact, problem } = useLayer(layer, day, viewpoint, moving);
  const shades = useMemo(() => new Map<string, Shade>((found?.states ?? []).map((one) => [one.state, { kind: one.class, sentence: one.sentence }])), [found]);
  const figure = useRef<HTMLDivElement>(null);
  const picked = where.choices.state ?? "";
  const note = `${found?.title ?? ""}, ${found?.on ?? ""}. ${found?.viewpoint.says ?? ""}`;
  const file = `map-${layer.replace(/[:/]/g, "-")}-${found?.on ?? ""}`;
  return (
    <>
      <LayerChoice layer={layer} onLayer={(next) => choose({ layer: next })} />
      {kind === "change" ? null : <DaySlider day={day} last={last} turns={about ? own : all} onDay={setDay} ready={exact || Boolean(problem)} />}
      <Refusal problem={problem} />
      {!problem && <div ref={figure} class="framed" data-day={found?.on} data-exact={String(exact && !moving)}>
        <div class="over">
          <p class="says" role="status"><strong>{found?.title ?? "One moment"}</strong> <span class="day">{kind === "change" ? "" : textOf(day)}</span> {!exact && found ? <em>still the layer of {found.on}; the new one is on its way</em> : null}</p>
          <label class="quiet">Part of the world
            <select value={where.choices.part ?? ""} onChange={(event) => choose({ part: event.currentTarget.value })}>
              {Object.entries(VIEWS).map(([key, [name]]) => <option key={key} value={key}>{name}</option>)}
            </select>
          </label>
        </div>
        {drawn && geography && found ? (
          <WorldMap drawn={drawn} geography={geography} shades={shades} picked={picked} view={where.choices.part ?? ""}
            day={textOf(day)} viewpoint={viewpoint} label={note} says={`${found.sentence} ${found.viewpoint.says}`} onPick={(state) => choose({ state })} />
        ) : <div class="map empty" />}
        {found && <Legend lines={found.legend} contested={Boolean(geography?.contested.size)} note={found.viewpoint.says} />}
      </div>}
      {found && !problem && (
        <>
          <p class="actions">
            <button type="button" onClick={() => takePicture(figure.current!.querySelector("svg")!, file, [note], found.legend)}>Take the picture away (SVG)</button>
            <a class="button" href={address("map/layer", { layer, on: found.on, viewpoint })}>As JSON</a>
          </p>
          <Behind caption={`${found.sentence} ${found.viewpoint.says}`} columns={columnsOf(found)} rows={found.states} name={file} note={note} />
        </>
      )}
      {picked && <OneState state={picked} day={textOf(rested)} layer={layer} viewpoint={viewpoint} />}
      <Disputes day={textOf(rested)} viewpoint={viewpoint} />
    </>
  );
}

function columnsOf(layer: Layer): Column<Shaded>[] {
  const labels = new Map(layer.legend.map((one) => [one.class, one.label]));
  const found: Column<Shaded>[] = [
    { head: "State", value: (row) => row.name },
    { head: "Key", value: (row) => row.state },
    { head: "Shown as", value: (row) => labels.get(row.class) ?? row.class },
    { head: "What is said", long: true, value: (row) => row.sentence },
    { head: "Statehood", value: (row) => row.statehood ?? "" },
  ];
  if (layer.states.some((one) => one.value !== null)) found.splice(3, 0, { head: "Value", value: (row) => row.value, number: true });
  return found;
}

function LayerChoice(props: { layer: string; onLayer: (layer: string) => void }) {
  const [kind, ...parts] = props.layer.split(":") as [string, ...string[]];
  const organizations = useNames("organizations");
  const treaties = useNames("treaties");
  const models = useAnswer("models", () => once<Schemas["Models"]>("models")).answer?.models ?? [];
  const changes = useAnswer("changes", () => once<Schemas["Changes"]>("changes")).answer?.changes ?? [];
  const outputs = models.flatMap((one) => (one.outputs.length > 1 ? one.outputs.map((output) => `${one.model}/${output}`) : [one.model]));
  const set = (place: number, value: string) => props.onLayer([kind, ...parts.map((one, at) => (at === place ? value : one))].join(":"));
  const modelAt = kind === "change" ? 1 : 0;
  return (
    <div class="choices">
      <label>What to show
        <select value={kind} onChange={(event) => props.onLayer(`${event.currentTarget.value}:${FIRSTS[event.currentTarget.value]}`)}>
          {KINDS.map(([key, name]) => <option key={key} value={key}>{name}</option>)}
        </select>
      </label>
      {kind === "membership" && (
        <label>Organisation
          <select value={parts[0]} onChange={(event) => set(0, event.currentTarget.value)}>
            {!organizations.some((one) => one.key === parts[0]) && <option value={parts[0]}>{parts[0]}</option>}
            {organizations.map((one) => <option key={one.key} value={one.key}>{one.name}</option>)}
          </select>
        </label>
      )}
      {kind === "treaty" && <Typed label="Treaty or text" list="treaties-and-texts" value={parts[0]!} onValue={(value) => set(0, value)} />}
      {kind === "treaty" && <NameList id="treaties-and-texts" names={treaties} />}
      {kind === "pledges" && <Typed label="State" list="states" value={parts[0]!} onValue={(value) => set(0, value)} />}
      {kind === "change" && (
        <label>Change
          <select value={parts[0]} onChange={(event) => set(0, event.currentTarget.value)}>
            {changes.map((one) => <option key={one.name} value={one.name}>{one.title}</option>)}
          </select>
        </label>
      )}
      {(kind === "reading" || kind === "change") && (
        <label>Model
          <select value={parts[modelAt]} onChange={(event) => set(modelAt, event.currentTarget.value)}>
            {!outputs.includes(parts[modelAt]!) && <option value={parts[modelAt]}>{parts[modelAt]}</option>}
            {outputs.map((one) => <option key={one} value={one}>{one}</option>)}
          </select>
        </label>
      )}
    </div>
  );
}

/** A field with names to choose from, that asks only when a name is complete. */
export function Typed(props: { label: string; list: string; value: string; onValue: (value: string) => void }) {
  const [text, setText] = useState(props.value);
  useEffect(() => setText(props.value), [props.value]);
  return (
    <label>{props.label}
      <input list={props.list} value={text} onInput={(event) => setText(event.currentTarget.value)}
        onChange={(event) => event.currentTarget.value.trim() && props.onValue(event.currentTarget.value.trim())} />
    </label>
  );
}

function OneState(props: { state: string; day: string; layer: string; viewpoint: string }) {
  const { state, day, viewpoint } = props;
  const [kind, about] = props.layer.split(":");
  const name = useStateNames()(state);
  const said = useAnswer(`${state}|${day}|${viewpoint}`, (signal) => get<{ sentence: string; rows: Row[] }>("state", { name: state, on: day, viewpoint }, signal));
  const why = useAnswer(kind === "membership" ? `${about}|${state}|${day}|${viewpoint}` : null,
    (signal) => get<{ sentence: string; rows: Row[] }>("why/members", { organization: about, state, on: day, viewpoint }, signal));
  return (
    <section class="panel" aria-label={`About ${name}`}>
      <h2>{name} on {day}</h2>
      <Refusal problem={said.problem} />
      {why.answer && <><p>{why.answer.sentence}</p>{why.answer.rows.length > 0 && <Rows caption="Claims behind it, with their sources" rows={why.answer.rows} />}</>}
      {said.answer && <><p>{said.answer.sentence}</p><Viewed of={said.answer} /><Rows caption={`What the record says of ${name} on ${day}`} rows={said.answer.rows} name={`${state}-${day}`} /></>}
      <p class="actions">{(["csv", "pdf"] as const).map((form) => (
        <button type="button" key={form} onClick={() => void takeAway("state", `${state}.${form}`, undefined, { name: state, on: day, viewpoint, form })}>Take away ({form.toUpperCase()})</button>
      ))}</p>
    </section>
  );
}

/** Rows as the server gives them, one column a key. */
export function Rows(props: { caption: string; rows: readonly Row[]; name?: string }) {
  const columns = useMemo(() => {
    const keys = [...new Set(props.rows.flatMap((one) => Object.keys(one)))];
    return keys.map((key): Column<Row> => ({
      head: key.replaceAll("_", " "), number: props.rows.every((row) => typeof row[key] === "number"), long: props.rows.some((row) => String(row[key] ?? "").length > 50),
      value: (row) => {
        const value = row[key];
        if (Array.isArray(value)) return value.join(", ");
        return value !== null && typeof value === "object" ? JSON.stringify(value) : (value as string | number | null);
      },
      show: (row) => (row[key] === null || row[key] === undefined ? <span class="quiet">-</span> : Array.isArray(row[key]) ? (row[key] as unknown[]).join(", ") : typeof row[key] === "object" ? JSON.stringify(row[key]) : shownFigure(row[key] as string | number | boolean)),
    }));
  }, [props.rows]);
  return <Table caption={props.caption} columns={columns} rows={props.rows} name={props.name} />;
}

function Disputes(props: { day: string; viewpoint: string }) {
  const { answer } = useAnswer(`${props.day}|${props.viewpoint}`, (signal) => get<Schemas["Day"]>("day", { on: props.day, viewpoint: props.viewpoint }, signal));
  const name = useStateNames();
  if (!answer?.disputes.length) return null;
  const columns: Column<Schemas["Dispute"]>[] = [
    { head: "Of", value: (row) => [row.name, row.object && name(row.object)].filter(Boolean).join(", ") },
    { head: "Matter", value: (row) => row.matter },
    { head: "Shown as", value: (row) => row.shown },
    { head: "Who says what", long: true, value: (row) => row.sayings.map((one) => `${one.speaker === row.subject ? "the authorities there" : name(one.speaker)}: ${one.says.replaceAll("_", " ")}`).join("; ") },
    { head: "Remark", long: true, value: (row) => row.note ?? "" },
    { head: "Claim", value: (row) => row.claim },
  ];
  return (
    <details class="behind">
      <summary>What is disputed on {props.day} ({answer.disputes.length})</summary>
      <Viewed of={answer} />
      <Table caption={`Disputes on ${props.day}`} columns={columns} rows={answer.disputes} name={`disputes-${props.day}`} note={answer.viewpoint.says} />
    </details>
  );
}
