// Was it kept? A text, a day, holdings and facts; findings article by article and reading by reading.
import { useEffect, useMemo, useState } from "preact/hooks";
import { once, post, takeAway, Refused, type Row, type Schemas } from "../api";
import { useAnswer } from "../components/asking";
import { Refusal } from "../components/Refusal";
import { Table, figure, type Column } from "../components/Table";
import { FALLBACK } from "../slide";
import { useWhere, type Choices } from "../where";
import { Typed } from "./MapPage";

interface Fact {
  name: string;
  type: string;
  meaning: string;
  unit: string | null;
  choices: string[];
  columns: Fact[];
}
interface Text {
  key: string;
  name: string;
  authority: string;
  articles: number;
  holdings: boolean;
  obligations?: { article: string; title: string; gist: string; confidence: string }[];
  facts?: Fact[];
  holdings_columns?: Fact[];
}
interface Finding {
  article: string;
  under: string;
  kind: string;
  verdict: string;
  limit: number | null;
  value: number | number[] | null;
  unit: string | null;
  zone: string | null;
  state: string | null;
  basis: string | null;
  margin: number | number[] | null;
  reading: string | null;
  confidence: string;
  because: string;
  remedy: string | null;
}
type Found = Omit<Schemas["Comply"], "findings"> & { findings: Finding[]; why: string; bound: boolean | null; positions: { speaker: string; says: string; claim: string }[]; remarks: string[] };
const SAYS: Record<string, string> = { yes: "kept", no: "not kept", unknown: "not known", not_applicable: "not applicable" };
const MOST = 900_000;

export default function CompliancePage() {
  const [where, choose] = useWhere();
  const { choices } = where;
  const key = choices.treaty || "CFE_1990";
  const day = choices.on || (choices.treaty ? FALLBACK : "1999-07-01");
  const texts = useAnswer("rules", () => once<{ treaties: Text[] }>("treaties/rules")).answer?.treaties ?? [];
  const text = useAnswer(key, () => once<{ treaties: Text[] }>("treaties/rules", { treaty: key })).answer?.treaties[0];
  const [holdings, setHoldings] = useState(choices.holdings ?? "");
  const facts = useMemo(() => JSON.parse(choices.facts || "{}") as Row, [choices.facts]);
  const question = {
    treaty: key, on: day, state: choices.party ?? "", holdings: text?.holdings && holdings.trim() ? holdings : null, facts,
    hypothetical: choices.hypothetical === "yes",
  };
  const asked = useAnswer(JSON.stringify(question), (signal) => post<Found>("comply", question, {}, signal), 350);
  const wrong = asked.problem instanceof Refused && /holdings\.csv/.test(asked.problem.told.where ?? "") ? asked.problem : null;
  const put = (next: string) => {
    setHoldings(next);
    choose({ holdings: next.length < 6000 ? next : "" });
  };
  return (
    <>
      <div class="choices">
        <label>Text
          <select value={key} onChange={(event) => choose({ treaty: event.currentTarget.value, on: day, facts: "", holdings: "" })}>
            {!texts.length && <option value={key}>{key}</option>}
            {texts.map((one) => <option key={one.key} value={one.key}>{one.name} ({one.articles} articles)</option>)}
          </select></label>
        <label>Day<input type="date" value={day} min="1945-01-01" onChange={(event) => event.currentTarget.value && choose({ on: event.currentTarget.value })} /></label>
        <Typed label="Party (all where empty)" list="states" value={choices.party ?? ""} onValue={(party) => choose({ party })} />
        {choices.party && <button type="button" onClick={() => choose({ party: "" })}>All parties</button>}
        <label><input type="checkbox" checked={choices.hypothetical === "yes"} onChange={(event) => choose({ hypothetical: event.currentTarget.checked ? "yes" : "" })} /> as if it bound on that day</label>
      </div>
      {text?.holdings && <Holdings text={text} value={holdings} problem={wrong} onValue={put} />}
      {text?.facts && text.facts.length > 0 && <Facts facts={text.facts} given={facts} onFacts={(next) => choose({ facts: Object.keys(next).length ? JSON.stringify(next) : "" })} />}
      {!wrong && <Refusal problem={asked.problem} />}
      {asked.answer && text && <Findings found={asked.answer} text={text} choices={choices} onChoose={choose} question={question} />}
    </>
  );
}

function Holdings(props: { text: Text; value: string; problem: Refused | null; onValue: (text: string) => void }) {
  const { text, value } = props;
  const [now, setNow] = useState(value);
  const [large, setLarge] = useState("");
  useEffect(() => setNow(value), [value]);
  const columns = text.holdings_columns ?? [];
  const example = `${columns.map((one) => one.name).join(",")}\n`;
  const upload = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > MOST) return setLarge(`${file.name} has ${file.size} bytes; at most ${MOST} are allowed here`);
    setLarge("");
    props.onValue(await file.text());
  };
  return (
    <fieldset><legend>Holdings</legend>
      <label>One row a figure: {columns.map((one) => one.name).join(", ")}. What is left out is unknown, never zero.
        <textarea value={now} name="holdings" spellcheck={false} aria-invalid={Boolean(props.problem)} aria-describedby={props.problem ? "holdings-wrong" : undefined} placeholder={example}
          onInput={(event) => { setNow(event.currentTarget.value); setLarge(""); }} onChange={(event) => props.onValue(event.currentTarget.value)} /></label>
      {(props.problem || large) && <div id="holdings-wrong"><Refusal problem={large ? new Error(large) : props.problem} /></div>}
      <p class="under">
        <button type="button" onClick={() => props.onValue(now || example)}>{now ? "Check these" : "Begin with the heading"}</button>
        <label>Or a CSV file <input type="file" accept=".csv,text/csv" onChange={(event) => void upload(event.currentTarget.files?.[0])} /></label>
      </p>
      <details><summary>What may stand in each column</summary>
        <ul class="summary">{columns.map((one) => <li key={one.name}><b>{one.name}</b>: {one.meaning} {one.choices.length > 0 && `One of ${one.choices.join(", ")}.`}</li>)}</ul></details>
    </fieldset>
  );
}

function Facts(props: { facts: Fact[]; given: Row; onFacts: (facts: Row) => void }) {
  const { facts, given } = props;
  const [name, setName] = useState("");
  const plain = facts.filter((one) => one.type !== "table");
  const shown = plain.filter((one) => one.name in given || one.name === name);
  const put = (fact: Fact, text: string) => {
    const next = { ...given };
    if (text === "") delete next[fact.name];
    else next[fact.name] = fact.type === "number" ? Number(text) : fact.type === "yes or no" ? text === "yes" : fact.type === "names" ? text.split(",").map((one) => one.trim()) : text;
    props.onFacts(next);
  };
  const typed = (value: unknown) => (value === undefined ? "" : value === true ? "yes" : value === false ? "no" : Array.isArray(value) ? value.join(", ") : String(value));
  return (
    <details class="behind panel" open={Object.keys(given).length > 0}><summary>Facts of the case ({Object.keys(given).length} of {facts.length} given)</summary>
      <div class="fields">
        <label class="wide">Add a fact<select value="" onChange={(event) => setName(event.currentTarget.value)}>
          <option value="">choose one</option>
          {plain.filter((one) => !(one.name in given)).map((one) => <option key={one.name} value={one.name}>{one.name.replaceAll("_", " ")}: {one.meaning}</option>)}
        </select></label>
        {shown.map((fact) => (
          <label key={fact.name} class="wide">{fact.name.replaceAll("_", " ")}{fact.unit ? ` (${fact.unit})` : ""}
            {fact.type === "one of" || fact.type === "yes or no" ? (
              <select value={typed(given[fact.name])} onChange={(event) => put(fact, event.currentTarget.value)}>
                <option value="">not given</option>{(fact.type === "one of" ? fact.choices : ["yes", "no"]).map((one) => <option key={one} value={one}>{one}</option>)}</select>
            ) : (
              <input type={(fact.type === "number" ? "number" : fact.type === "day" ? "date" : "text") as "text"} step="any" value={typed(given[fact.name])} onChange={(event) => put(fact, event.currentTarget.value)} />
            )}
            <span class="quiet">{fact.meaning}</span></label>
        ))}
      </div>
      {facts.length > plain.length && <p class="quiet">{facts.length - plain.length} facts are tables; the command line takes them as YAML.</p>}
    </details>
  );
}

function Findings(props: { found: Found; text: Text; choices: Choices; onChoose: (patch: Choices) => void; question: unknown }) {
  const { found, text } = props;
  const kept = props.choices.verdict ?? "";
  const reading = props.choices.reading ?? "";
  const titles = new Map((text.obligations ?? []).map((one) => [one.article, one]));
  const readings = [...new Set(found.findings.map((one) => one.reading).filter((one): one is string => Boolean(one)))].sort();
  const rows = found.findings.filter((one) => (!kept || one.verdict === kept) && (!reading || one.reading === reading));
  const counts = (verdict: string) => found.findings.filter((one) => one.verdict === verdict).length;
  const range = (value: number | number[] | null) => (Array.isArray(value) ? value.map((one) => figure(one)).join(" to ") : value === null ? "" : figure(value));
  const columns: Column<Finding>[] = [
    { head: "Article", value: (row) => row.article, show: (row) => <span title={(titles.get(row.article) ?? titles.get(row.under))?.gist}>{row.article}</span> },
    { head: "Kept", value: (row) => SAYS[row.verdict] ?? row.verdict, show: (row) => <span class={`verdict v-${row.verdict}`}>{SAYS[row.verdict]}</span> },
    { head: "Because", long: true, value: (row) => row.because },
    ...(readings.length ? [{ head: "Reading", value: (row: Finding) => row.reading ?? "" }] : []),
    { head: "What", value: (row) => (titles.get(row.article) ?? titles.get(row.under))?.title ?? row.kind },
    { head: "Limit", number: true, value: (row) => row.limit, show: (row) => range(row.limit) },
    { head: "Found", number: true, value: (row) => range(row.value) },
    { head: "Margin", number: true, value: (row) => range(row.margin) },
    { head: "Basis", value: (row) => row.basis ?? "" },
    { head: "Remedy", value: (row) => row.remedy ?? "" },
    { head: "Confidence", value: (row) => row.confidence },
  ];
  return (
    <section aria-label="Findings">
      <h2>Findings</h2>
      <p role="status" data-findings={found.findings.length}>{found.why} {["yes", "no", "unknown", "not_applicable"].map((one) => `${counts(one)} ${SAYS[one]}`).join(", ")}.</p>
      {found.positions.map((one) => <p key={one.claim} class="quiet">{one.speaker} says: {one.says}</p>)}
      {found.remarks.map((one) => <p key={String(one)} class="quiet">{String(one)}</p>)}
      <div class="choices">
        <label>Which findings<select value={kept} onChange={(event) => props.onChoose({ verdict: event.currentTarget.value })}>
          <option value="">all {found.findings.length}</option>
          {["yes", "no", "unknown", "not_applicable"].map((one) => <option key={one} value={one}>{SAYS[one]} ({counts(one)})</option>)}</select></label>
        {readings.length > 0 && <label>Reading of the text<select value={reading} onChange={(event) => props.onChoose({ reading: event.currentTarget.value })}>
          <option value="">every reading</option>{readings.map((one) => <option key={one} value={one}>{one}</option>)}</select></label>}
      </div>
      <Table caption={`${text.name} on ${found.on}, article by article`} rows={rows} columns={columns} name={`comply-${found.treaty}-${found.on}`} />
      <p class="actions">{(["json", "csv", "html", "pdf"] as const).map((form) => <button type="button" key={form} onClick={() => void takeAway("comply", `comply.${form}`, props.question, { form })}>As {form.toUpperCase()}</button>)}</p>
    </section>
  );
}
