// What a military exercise calls for: who tells whom of it and by when, who is invited, and what is forbidden.
import { useMemo } from "preact/hooks";
import { once, post, Refused, type Row } from "../api";
import { useWhere } from "../where";
import { useAnswer } from "./asking";
import { CaseFacts, factMeant, type Fact } from "./CaseFacts";
import { Downloads, ShareLink } from "./Downloads";
import { useStateNames } from "./names";
import { Refusal } from "./Refusal";
import { Table } from "./Table";
import { Viewed } from "./Viewed";

interface Duty {
  instrument: string;
  article: string;
  duty: string;
  state: string;
  basis: string | null;
  required: string;
  voluntary: boolean;
  to: string | null;
  by_when: string | null;
  kept: string;
  because: string;
  remedy: string | null;
}
interface Limit {
  instrument: string;
  article: string;
  state: string | null;
  basis: string | null;
  verdict: string;
  because: string;
}
interface Notices {
  name: string;
  on: string;
  sentence: string;
  duties: Duty[];
  constraints: Limit[];
  instruments: { instrument: string; name: string; state: string; applies: boolean; why: string }[];
}
const FIRST = ["by", "host", "starts", "ends", "troops", "tanks", "acvs", "artillery", "organised", "transfer", "no_advance_notice"];
const LEFT_OUT = new Set(["name", "description", "sources", "on"]);
const KEPT: Record<string, string> = { yes: "kept", no: "not kept", unknown: "not known", not_applicable: "not applicable" };
const REQUIRED: Record<string, string> = { yes: "required", no: "not required", unknown: "not known" };

function exerciseOf(text: string): Row {
  try {
    const found: unknown = JSON.parse(text || "{}");
    return typeof found === "object" && found !== null && !Array.isArray(found) ? (found as Row) : {};
  } catch {
    return {}; // an address cut short
  }
}

export function Exercise() {
  const [where, choose] = useWhere();
  const viewpoint = where.choices.viewpoint ?? "";
  const known = useAnswer("exercise", () => once<{ fields: Fact[] }>("exercise/fields"));
  const fields = useMemo(() => (known.answer?.fields ?? []).filter((one) => !LEFT_OUT.has(one.name)), [known.answer]);
  const given = useMemo(() => exerciseOf(where.choices.exercise ?? ""), [where.choices.exercise]);
  const enough = given.starts !== undefined && (given.by !== undefined || given.host !== undefined);
  const asked = useAnswer(enough ? JSON.stringify([given, viewpoint]) : null, (signal) => post<Notices>("notify", given, { viewpoint }, signal), 350);
  const problem = asked.problem instanceof Refused ? asked.problem : null;
  const atField = problem && factMeant(problem, fields) ? problem : null;
  return (
    <>
      <Refusal problem={known.problem} />
      {fields.length > 0 && <CaseFacts title="The exercise" first={FIRST} facts={fields} given={given} problem={atField} onFacts={(next) => choose({ exercise: Object.keys(next).length ? JSON.stringify(next) : "" })} />}
      {!enough && <p role="status">Say who takes part or on whose territory it is, and on which day it starts. What is not given is not known, and never becomes "not required".</p>}
      {!atField && <Refusal problem={asked.problem} />}
      {asked.waiting && !asked.answer && <p role="status">One moment.</p>}
      {enough && asked.answer && <Called found={asked.answer} body={given} viewpoint={viewpoint} />}
    </>
  );
}

function Called(props: { found: Notices; body: Row; viewpoint: string }) {
  const { found } = props;
  const name = useStateNames();
  const texts = new Map(found.instruments.map((one) => [one.instrument, one.name]));
  const silent = found.instruments.filter((one) => !one.applies);
  return (
    <section class="panel" aria-label="What it calls for">
      <p role="status" data-duties={found.duties.length}>{found.sentence}</p>
      <Viewed of={found} />
      <Table caption={`What the exercise of ${found.on} calls for, duty by duty`} rows={found.duties} name={`notify-${found.on}`} columns={[
        { head: "Text", value: (row) => texts.get(row.instrument) ?? row.instrument }, { head: "Article", value: (row) => row.article },
        { head: "Duty", value: (row) => row.duty.replaceAll("_", " ") },
        { head: "Required", value: (row) => REQUIRED[row.required] ?? row.required, show: (row) => <span class={`verdict v-${row.required === "no" ? "not_applicable" : row.required}`}>{REQUIRED[row.required] ?? row.required}{row.voluntary ? ", voluntary" : ""}</span> },
        { head: "By when", value: (row) => row.by_when ?? "" }, { head: "By whom", value: (row) => name(row.state) }, { head: "To whom", value: (row) => row.to ?? "" },
        ...(found.duties.some((one) => one.basis) ? [{ head: "Figures", value: (row: Duty) => row.basis ?? "" }] : []),
        { head: "Kept", value: (row) => KEPT[row.kept] ?? row.kept }, { head: "Because", long: true, value: (row) => row.because },
        ...(found.duties.some((one) => one.remedy) ? [{ head: "Remedy", value: (row: Duty) => row.remedy ?? "" }] : []),
      ]} />
      {found.constraints.length > 0 && <Table caption="Limits on exercises" rows={found.constraints} name={`limits-${found.on}`} columns={[
        { head: "Text", value: (row) => texts.get(row.instrument) ?? row.instrument }, { head: "Article", value: (row) => row.article },
        { head: "State", value: (row) => (row.state ? name(row.state) : "") }, { head: "Kept", value: (row) => KEPT[row.verdict] ?? row.verdict, show: (row) => <span class={`verdict v-${row.verdict}`}>{KEPT[row.verdict] ?? row.verdict}</span> },
        { head: "Because", long: true, value: (row) => row.because },
      ]} />}
      {silent.length > 0 && (
        <details class="behind"><summary>Texts that do not apply, and why ({silent.length})</summary>
          <ul class="summary">{silent.map((one) => <li key={`${one.instrument}${one.state}`}>{one.name}, {name(one.state)}: {one.why}</li>)}</ul></details>
      )}
      <p class="actions"><Downloads says="As" forms={["json", "csv", "html", "pdf"]} path="notify" viewpoint={props.viewpoint} name="notify" body={props.body} /> <ShareLink /></p>
    </section>
  );
}
