// What a body decides: what carries or defeats it, condition by condition, and who could turn it.
import type { Row, Schemas } from "../api";
import { Downloads, ShareLink } from "./Downloads";
import { Table } from "./Table";
import { Viewed } from "./Viewed";

export type Decision = Schemas["Decide"] & {
  rule: string; defeated_by: string | null; flips: string[][] | null; flips_proven: boolean | null; counts: Record<string, number>;
  votes: Record<string, string>; follows: string | null; notes: string[]; unsure: string[]; confidence: string;
  steps: { rule: string; article: string; found: string; passed: boolean | null }[];
};
const OUTCOMES: Record<string, string> = { adopted: "Adopted", rejected: "Rejected", no_decision: "No decision is taken" };
const MOST_NAMED = 8;

export function Outcome(props: { decision: Decision; name: (key: string) => string; question: Row; viewpoint: string; waiting: boolean }) {
  const { decision: one, name } = props;
  const says = one.outcome ? OUTCOMES[one.outcome] ?? one.outcome : `Open: ${one.possible.map((each) => (OUTCOMES[each] ?? each).toLowerCase()).join(" or ")}`;
  const flips = one.flips ?? [];
  return (
    <section class="panel" aria-label="Outcome" aria-busy={props.waiting}>
      <p class="outcome" role="status" data-outcome={one.outcome ?? "open"}>{says}{one.defeated_by ? `, defeated by ${one.defeated_by}` : ""}</p>
      <p>{Object.entries(one.counts).filter(([, count]) => count > 0).map(([vote, count]) => `${count} ${vote.replaceAll("_", " ")}`).join(", ")}. Rule: {one.rule}.</p>
      <Viewed of={one} />
      <Table plain all caption="Every condition of the rule" rows={one.steps} columns={[
        { head: "Condition", value: (row) => row.rule }, { head: "Article", value: (row) => row.article }, { head: "Found", value: (row) => row.found },
        { head: "Met", value: (row) => row.passed, show: (row) => <span class={`verdict v-${row.passed === null ? "unknown" : row.passed ? "yes" : "no"}`}>{row.passed === null ? "? not known" : row.passed ? "✓ yes" : "✗ no"}</span> },
      ]} />
      <h3>Who could turn it</h3>
      {one.flips === null ? <p>Not asked while votes are not known.</p> : flips.length === 0 ? <p>No set of members could turn it by changing its votes.</p> : (
        <>
          <p>{flips.length === 1 ? "One set" : `${flips.length} sets`} of the smallest size, {flips[0]!.length} {flips[0]!.length === 1 ? "member" : "members"}{one.flips_proven === false ? ", not proven to be the smallest" : ""}:</p>
          <p data-flips={flips.map((set) => set.join("+")).join(" ")}>{flips.slice(0, MOST_NAMED).map((set) => set.map(name).join(" with ")).join("; ")}{flips.length > MOST_NAMED ? "; and" : "."}</p>
          {flips.length > MOST_NAMED && <details><summary>{flips.length - MOST_NAMED} more</summary><ul class="summary">{flips.slice(MOST_NAMED).map((set) => <li key={set.join()}>{set.map(name).join(" with ")}</li>)}</ul></details>}
        </>
      )}
      {one.follows && <p>{one.follows}</p>}
      {one.notes.map((note) => <p key={note} class="quiet">{note}</p>)}
      <p class="actions"><Downloads says="As" forms={["json", "csv", "pdf"]} path="decide" viewpoint={props.viewpoint} name="decide" body={props.question} /> <ShareLink /></p>
    </section>
  );
}
