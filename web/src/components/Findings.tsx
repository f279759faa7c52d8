// Findings article by article and reading by reading, those of which something is known first.
import type { Row, Schemas } from "../api";
import type { Choices } from "../where";
import type { Fact } from "./CaseFacts";
import { Downloads, ShareLink } from "./Downloads";
import { useStateNames } from "./names";
import { Table, figure, type Column } from "./Table";
import { Viewed } from "./Viewed";

export interface Text {
  key: string;
  name: string;
  authority: string;
  articles: number;
  holdings: boolean;
  obligations?: { article: string; title: string; gist: string; confidence: string; kind: string; asks: string[] }[];
  facts?: Fact[];
  holdings_columns?: Fact[];
}
export interface Finding {
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
export type Found = Omit<Schemas["Comply"], "findings"> & {
  findings: Finding[]; why: string; bound: boolean | null; hypothetical: boolean; positions: { speaker: string; says: string; claim: string }[]; remarks: string[]; sentence: string;
};
const VERDICTS = ["yes", "no", "unknown", "not_applicable"] as const;
const SAYS: Record<string, string> = { yes: "kept", no: "not kept", unknown: "not known", not_applicable: "not applicable" };
const MARKS: Record<string, string> = { yes: "✓", no: "✗", unknown: "?", not_applicable: "·" };

/** A duty is kept or not, a condition is met or not. */
function said(one: Finding): string {
  return one.kind === "condition" ? SAYS[one.verdict]!.replace("kept", "met") : SAYS[one.verdict] ?? one.verdict;
}

const range = (value: number | number[] | null) => (Array.isArray(value) ? (value[0] === value[1] ? figure(value[0]!) : value[1] === null || value[1] === undefined ? `${figure(value[0]!)} or more` : `${figure(value[0]!)} to ${figure(value[1])}`) : value === null ? "" : figure(value));

/** Whether anything was given that a finding turns on: without it "not known" only says that nothing was asked. */
export function told(one: Finding, text: Text, given: ReadonlySet<string>): boolean {
  if (one.verdict !== "unknown") return true;
  if (one.limit !== null && one.value === null) return false;
  const asks = text.obligations?.find((each) => each.article === one.article || each.article === one.under)?.asks ?? [];
  return !asks.length || asks.some((each) => given.has(each));
}

export function Findings(props: { found: Found; text: Text; choices: Choices; onChoose: (patch: Choices) => void; question: Row; viewpoint: string; given: ReadonlySet<string> }) {
  const { found, text, given } = props;
  const name = useStateNames();
  const something = found.findings.filter((one) => told(one, text, given));
  const kept = props.choices.verdict || (given.size && something.length ? "told" : "all");
  const reading = props.choices.reading ?? "";
  const titles = new Map((text.obligations ?? []).map((one) => [one.article, one]));
  const about = (row: Finding) => titles.get(row.article) ?? titles.get(row.under);
  const readings = [...new Set(found.findings.map((one) => one.reading).filter((one): one is string => Boolean(one)))].sort();
  const rows = found.findings.filter((one) => (kept === "all" || (kept === "told" ? something.includes(one) : one.verdict === kept)) && (!reading || !one.reading || one.reading === reading));
  const counts = (verdict: string) => found.findings.filter((one) => one.verdict === verdict).length;
  const some = (value: (row: Finding) => unknown) => found.findings.some((row) => value(row));
  const columns: Column<Finding>[] = [
    { head: "Article", value: (row) => row.article },
    { head: "Kept", value: said, show: (row) => <span class={`verdict v-${row.verdict}`}><span aria-hidden="true">{MARKS[row.verdict]} </span>{said(row)}</span> },
    { head: "Because", long: true, value: (row) => row.because },
    ...(some((row) => row.state) ? [{ head: "State", value: (row: Finding) => (row.state ? name(row.state) : "") }] : []),
    ...(readings.length ? [{ head: "Reading", value: (row: Finding) => row.reading ?? "" }] : []),
    { head: "What the article asks", long: true, value: (row) => about(row)?.gist ?? about(row)?.title ?? row.kind, show: (row) => <><b>{about(row)?.title ?? row.kind}</b>{about(row)?.gist ? `: ${about(row)!.gist}` : ""}</> },
    ...(some((row) => row.limit !== null) ? [
      { head: "Limit", number: true, value: (row: Finding) => row.limit, show: (row: Finding) => range(row.limit) },
      { head: "Found", number: true, value: (row: Finding) => range(row.value) },
      { head: "Margin", number: true, value: (row: Finding) => range(row.margin) },
    ] : []),
    ...(some((row) => row.basis) ? [{ head: "Basis", value: (row: Finding) => row.basis ?? "" }] : []),
    ...(some((row) => row.remedy) ? [{ head: "Remedy", value: (row: Finding) => row.remedy ?? "" }] : []),
    { head: "Confidence", value: (row) => row.confidence },
  ];
  return (
    <section aria-label="Findings">
      <h2>Findings</h2>
      <p role="status" data-findings={found.findings.length}>{found.why}{/[.?!]$/.test(found.why) ? "" : "."} {VERDICTS.map((one) => `${counts(one)} ${SAYS[one]}`).join(", ")}.</p>
      <Viewed of={found} />
      {found.hypothetical && <p>The findings say what would be so: the text did not bind on that day.</p>}
      {!given.size && <p>Nothing is given about the case yet. Type holdings or facts above, and the articles that turn on them are answered.</p>}
      {found.positions.map((one) => <p key={one.claim} class="quiet">{one.speaker} says: {one.says}</p>)}
      {found.remarks.map((one) => <p key={String(one)} class="quiet">{String(one)}</p>)}
      <div class="choices">
        <label>Which findings<select name="verdict" value={kept} onChange={(event) => props.onChoose({ verdict: event.currentTarget.value })}>
          {given.size > 0 && <option value="told">about which something is given ({something.length})</option>}
          <option value="all">all ({found.findings.length})</option>
          {VERDICTS.map((one) => <option key={one} value={one}>{SAYS[one]} ({counts(one)})</option>)}</select></label>
        {readings.length > 0 && <label>Reading of the text<select name="reading" value={reading} onChange={(event) => props.onChoose({ reading: event.currentTarget.value })}>
          <option value="">every reading, one beside the other</option>{readings.map((one) => <option key={one} value={one}>{one}</option>)}</select></label>}
      </div>
      <Table caption={`${text.name}${found.state ? `, ${String(found.state)}` : ""} on ${found.on}, article by article: ${rows.length} of ${found.findings.length} findings`} rows={rows} columns={columns} name={`comply-${found.treaty}-${found.on}`} />
      <p class="actions"><Downloads says="As" forms={["json", "csv", "html", "pdf"]} path="comply" viewpoint={props.viewpoint} name="comply" body={props.question} /> <ShareLink /></p>
    </section>
  );
}
