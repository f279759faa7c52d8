// Why a model says what it says of one state: in words, then the parts of the score, then claims and their sources.
import { useState } from "preact/hooks";
import { address } from "../api";
import type { Row, Schemas } from "../api";
import { choose, useWhere } from "../where";
import { Refusal } from "./Refusal";
import { Table, figure } from "./Table";
import { claimAt, labelOf, SAYS, useWhy, type Judged, type Verdict } from "./Verdicts";

interface Leaf {
  claim: string;
  says: string;
  sources: string[];
  place: string;
  confidence: string;
}
interface Part {
  label: string;
  state: string | null;
  value: number | null;
  contributes: number | null;
  leaves: Leaf[];
}

export function Why(props: { state: string; judged: Judged[]; question: Record<string, unknown>; name: (key: string) => string }) {
  const { state, judged, name } = props;
  const [where] = useWhere();
  const model = judged.some((one) => one.model === where.choices.why) ? where.choices.why! : "";
  const rows = judged.map((one) => ({ one, said: one.states.find((row) => row.state === state) })).filter((row): row is { one: Judged; said: Verdict } => Boolean(row.said));
  return (
    <section class="panel" aria-label={`Why, ${name(state)}`} id="why">
      <div class="over"><h2>{name(state)}: why</h2><button type="button" onClick={() => choose({ state: "", why: "" })}>Close</button></div>
      <Table plain all caption={`What each model says of ${name(state)}`} rows={rows} columns={[
        { head: "Model", value: (row) => labelOf(row.one) },
        { head: "Verdict", value: (row) => row.said.verdict, show: (row) => <span class={`verdict v-${row.said.verdict}`}>{SAYS[row.said.verdict]}</span> },
        { head: "Scale", value: (row) => row.one.scale.replaceAll("_", " ") },
        { head: "Change", number: true, value: (row) => row.said.change, show: (row) => (row.said.change !== null ? figure(row.said.change) : row.said.low !== null && row.said.high !== null ? `${figure(row.said.low)} to ${figure(row.said.high)}` : "not known") },
        { head: "Because", long: true, value: (row) => row.said.because },
        ...(judged.some((one) => one.draws) ? [
          { head: "Share of draws in which it gains", number: true, value: (row: { said: Verdict }) => drawn(row.said, "gains") },
          { head: "Share of draws in which it loses", number: true, value: (row: { said: Verdict }) => drawn(row.said, "loses") },
          { head: "Turns most on", value: (row: { said: Verdict }) => String(row.said.draws?.turns_on ?? "").replaceAll("_", " ") },
        ] : []),
        ...(rows.some((row) => row.said.attribution) ? [{ head: "Share of each step", value: (row: { said: Verdict }) => shares(row.said) }] : []),
        { head: "Down to the sources", value: () => "", show: (row) => (row.said.verdict === "not_seen" ? "" : <button type="button" class="small" aria-label={`Parts and claims of ${labelOf(row.one)}`} aria-expanded={model === row.one.model} onClick={() => choose({ why: model === row.one.model ? "" : row.one.model })}>Parts and claims</button>) },
      ]} />
      {model && <Parts key={`${state}${model}`} state={state} model={model} question={props.question} name={name} />}
    </section>
  );
}

function drawn(said: Verdict, verdict: "gains" | "loses"): number | null {
  return (said.draws?.[verdict] as number | undefined) ?? null;
}

/** What of the change is due to each step, in the order of the change. */
function shares(said: Verdict): string {
  const { steps, exact } = said.attribution ?? { steps: [], exact: true };
  return steps.map((one) => `${one.step}: ${figure(one.due)}`).join("; ") + (exact ? "" : " (drawn)");
}

function Parts(props: { state: string; model: string; question: Record<string, unknown>; name: (key: string) => string }) {
  const { answer, problem } = useWhy(props.question, props.state, props.model);
  if (problem) return <Refusal problem={problem} />;
  if (!answer) return <p role="status">One moment.</p>;
  const models = answer.models as (Row & { model: string; output: string | null; before: { parts: Part[] } | null; after: { parts: Part[] } | null })[];
  return (
    <>
      {models.map((one) => (["before", "after"] as const).map((when) => one[when] && (
        <details key={`${labelOf(one)}${when}`} class="behind">
          <summary>{labelOf(one)}, {when}: {one[when]!.parts.length} parts of the score</summary>
          <Table caption={`What the score of ${props.name(props.state)} was made from, ${when}`} rows={one[when]!.parts} name={`why-${props.state}-${one.model}-${when}`} columns={[
            { head: "Part", value: (row) => row.label }, { head: "State", value: (row) => (row.state ? props.name(row.state) : "") },
            { head: "Value", number: true, value: (row) => row.value }, { head: "Contributes", number: true, value: (row) => row.contributes },
            { head: "Claims", value: (row) => row.leaves.map((leaf) => leaf.claim).join("; "), show: (row) => <Leaves leaves={row.leaves} /> },
          ]} />
        </details>
      )))}
    </>
  );
}

function Leaves(props: { leaves: Leaf[] }) {
  if (!props.leaves.length) return <>a constant, or nothing claimed</>;
  return <details><summary>{props.leaves.length === 1 ? "1 claim" : `${props.leaves.length} claims`}</summary><ul>{props.leaves.map((leaf) => <li key={leaf.claim}><Claim leaf={leaf} /></li>)}</ul></details>;
}

/** One claim: what it says, its row in the record, and who is its source, in the source's own place. */
function Claim(props: { leaf: Leaf }) {
  const { leaf } = props;
  const [found, setFound] = useState<Schemas["Claim"] | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const ofRecord = !leaf.claim.includes("#");
  const about = [leaf.place === "no place given" ? "" : leaf.place, leaf.confidence ? `confidence ${leaf.confidence}` : ""].filter(Boolean).join(", ");
  return (
    <>
      {leaf.says} <span class="quiet">({ofRecord ? <a href={address("claim", { address: leaf.claim })}>{leaf.claim}</a> : leaf.claim}{about ? `, ${about}` : ""})</span>{" "}
      {ofRecord && !found && <button type="button" class="small" aria-label={`Sources of ${leaf.claim}`} onClick={() => void claimAt(leaf.claim).then(setFound, setProblem)}>Sources</button>}
      <Refusal problem={problem} />
      {found && typeof found.note === "string" && found.note && <p class="quiet">{found.note}</p>}
      {found && <ul>{found.sources.map((source) => <li key={String(source.key)}><Source source={source} /></li>)}</ul>}
    </>
  );
}

/** A source by its title; where it has an address, that is a link which leaves this machine only when it is followed. */
function Source(props: { source: Row }) {
  const { source } = props;
  const url = typeof source.url === "string" && /^https?:\/\//.test(source.url) ? source.url : "";
  const rest = [source.publisher, source.published, source.kind].filter(Boolean).join(", ");
  return <>{url ? <a href={url} target="_blank" rel="noopener noreferrer">{String(source.title)}</a> : String(source.title)}{rest ? `, ${rest}` : ""}</>;
}
