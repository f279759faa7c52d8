// What a search found: how far it looked, the packages that cannot be bettered, or what forbids them all.
import { useState } from "preact/hooks";
import { Downloads } from "./Downloads";
import { useStateNames } from "./names";
import { Refusal } from "./Refusal";
import { Table, figure, type Column } from "./Table";
import { Viewed } from "./Viewed";

export interface PackageChange {
  text: string;
  on: string;
  models: string[];
  settings: Record<string, unknown>;
  power: string;
  hostility: string;
  materiality: number;
  draws: number;
  seed: number;
}
interface Package {
  levers: string[];
  worth: { wish: string; model: string | null; worth: number[] }[];
  models: { model: string; counts: Record<string, number>; gains: string[]; no_loss_but_unknown: string[] }[];
  consents: { who: string }[];
}
export interface Design {
  title: string;
  on: string;
  sentence: string;
  levers: { id: string; title: string }[];
  packages: { sets_of_levers: number; looked_at: number; impossible: number; judged_in_full: number; proven: boolean; why_not_proven: string | null };
  meet_every_demand: number;
  frontier: Package[];
  blocking_sentences: string[];
  nearest: Miss[];
  notes: string[];
  watched: string[];
}
type Line = Package & { number: number };
export interface Changes {
  frontier: PackageChange[];
  nearest: PackageChange[];
}
interface Miss {
  levers: string[];
  failed: { demand: string; who: string | null; model: string | null; lever: string | null }[];
}

export function Packages(props: { answer: Design; changes: Changes; body: unknown; viewpoint: string; onOpen: (one: PackageChange) => Promise<void> }) {
  const { answer, changes } = props;
  const name = useStateNames();
  const [problem, setProblem] = useState<unknown>(null);
  const titles = new Map(answer.levers.map((one) => [one.id, one.title]));
  const { packages } = answer;
  const rows: Line[] = answer.frontier.map((one, at) => ({ ...one, number: at + 1 }));
  const models = [...new Set(rows.flatMap((one) => one.models.map((each) => each.model)))];
  const of = (row: Line, model: string) => row.models.find((one) => one.model === model);
  const opening = (one: PackageChange | undefined, called: string) => one && (
    <button type="button" class="small" aria-label={`Open ${called} as a change`} onClick={() => { setProblem(null); props.onOpen(one).catch(setProblem); }}>Open</button>
  );
  const columns: Column<Line>[] = [
    { head: "Package", value: (row) => row.number },
    { head: "Steps", long: true, value: (row) => row.levers.map((one) => titles.get(one) ?? one).join("; ") || "nothing is done" },
    ...models.flatMap((model): Column<Line>[] => [
      { head: `${model}: gain`, value: (row) => of(row, model)?.gains.length ?? null, show: (row) => Names({ names: (of(row, model)?.gains ?? []).map(name) }) },
      { head: `${model}: lose`, number: true, value: (row) => of(row, model)?.counts.loses ?? null },
      { head: `${model}: not known or not seen`, number: true, value: (row) => (of(row, model) ? (of(row, model)!.counts.unknown ?? 0) + (of(row, model)!.counts.not_seen ?? 0) : null) },
    ]),
    { head: "Worth, by wish", long: true, value: (row) => row.worth.map((one) => `${one.wish.replaceAll("_", " ")}${one.model ? ` (${one.model})` : ""}: ${one.worth.map((each) => figure(each)).join(", ")}`).join("; ") },
    ...(rows.some((row) => row.consents.length) ? [{ head: "Who has to consent", value: (row: Line) => [...new Set(row.consents.map((one) => one.who))].map(name).sort().join(", ") }] : []),
    ...(changes.frontier.length ? [{ head: "As a change", value: () => "", show: (row: Line) => opening(changes.frontier[row.number - 1], `package ${row.number}`) }] : []),
  ];
  return (
    <section class="panel" aria-label="Packages">
      <p class="outcome" role="status">{told(answer)}</p>
      <Viewed of={answer} />
      <p>{packages.sets_of_levers} sets of {answer.levers.length} steps on the architecture of {answer.on}; {packages.looked_at} looked at, {packages.impossible} impossible, {packages.judged_in_full} judged in full. {packages.proven ? "The search was complete." : `The search was not complete: ${packages.why_not_proven ?? "not told why"}.`} This is what the models find, not what states should do.</p>
      {answer.blocking_sentences.length > 0 && <><h3>What forbids it</h3><ul class="summary">{answer.blocking_sentences.map((one) => <li key={one}>{one}</li>)}</ul></>}
      {answer.notes.map((one) => <p key={one}>{one.replace(/^[a-z]/, (letter) => letter.toUpperCase())}.</p>)}
      {rows.length > 0 && <Table caption="Packages that cannot be bettered in one wish without losing in another" rows={rows} name="design" columns={columns} />}
      {rows.length === 0 && answer.nearest.length > 0 && (
        <Table plain all caption="What comes nearest, and how many demands it fails" rows={answer.nearest.map((one, at) => ({ ...one, number: at + 1 }))} columns={[
          { head: "Nearest miss", value: (row) => row.number },
          { head: "Steps", long: true, value: (row) => row.levers.map((one) => titles.get(one) ?? one).join("; ") || "nothing is done" },
          { head: "Demands it fails", number: true, value: (row) => row.failed.length },
          { head: "Who would lose", value: (row) => losers(row, name).join(", "), show: (row) => Names({ names: losers(row, name) }) },
          ...(changes.nearest.length ? [{ head: "As a change", value: () => "", show: (row: Miss & { number: number }) => opening(changes.nearest[row.number - 1], `nearest miss ${row.number}`) }] : []),
        ]} />
      )}
      <Refusal problem={problem} />
      <p class="actions"><Downloads says="As" forms={["json", "csv", "html", "pdf"]} path="design/file" viewpoint={props.viewpoint} name="design" body={props.body} /></p>
    </section>
  );
}

/** Those whose loss a demand forbids, each once. */
function losers(miss: Miss, name: (key: string) => string): string[] {
  return [...new Set(miss.failed.filter((one) => one.demand === "no_loss" && one.who).map((one) => name(one.who!)))];
}

function told(answer: Design): string {
  const { meet_every_demand: meet, frontier } = answer;
  if (meet === 0) return "No package meets every demand";
  const many = meet === 1 ? "1 package meets every demand" : `${meet} packages meet every demand`;
  return `${many}; ${frontier.length} of them cannot be bettered in one wish without losing in another`;
}

function Names(props: { names: string[] }) {
  const names = [...props.names].sort((a, b) => a.localeCompare(b));
  if (!names.length) return <>nobody</>;
  if (names.length <= 5) return <>{names.join(", ")}</>;
  return <details><summary>{names.length} states</summary>{names.join(", ")}</details>;
}
