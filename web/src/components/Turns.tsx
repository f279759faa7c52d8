// What a verdict turns on: constants of which another value would give another verdict, and what each model assumes.
import type { Judged } from "./Verdicts";
import { labelOf } from "./Verdicts";
import { Table } from "./Table";

export interface Flip {
  parameter: string;
  value: string | number | boolean | null;
  states: string[];
}
type Turning = Judged & { flips?: Flip[]; assumes?: string };

export function Turns(props: { judged: Judged[]; name: (key: string) => string }) {
  const { name } = props;
  const judged = props.judged as Turning[];
  const rows = judged.flatMap((one) => (one.flips ?? []).map((flip) => ({ one, flip })));
  const said = (value: Flip["value"]) => (value === true ? "yes" : value === false ? "no" : value === null ? "none" : String(value).replaceAll("_", " "));
  const states = (flip: Flip) => flip.states.map(name).sort((a, b) => a.localeCompare(b));
  return (
    <section aria-label="What it turns on"><h2>What it turns on</h2>
      {rows.length > 0 ? (
        <Table plain all caption="With another value of one constant these states gain where they lost, or lose where they gained" rows={rows} columns={[
          { head: "Model", value: (row) => labelOf(row.one) }, { head: "Constant", value: (row) => row.flip.parameter.replaceAll("_", " ") },
          { head: "At the value", value: (row) => said(row.flip.value) },
          { head: "States", long: true, value: (row) => states(row.flip).join(", "), show: (row) => (row.flip.states.length > 8 ? <details><summary>{row.flip.states.length} states</summary>{states(row.flip).join(", ")}</details> : states(row.flip).join(", ")) },
        ]} />
      ) : judged.some((one) => one.draws) ? <p>No other value that was tried of one constant turns a gain into a loss, or a loss into a gain.</p>
        : <p>Ask for draws, under models and constants, and the constants are shown of which another value turns a verdict round.</p>}
      <details class="behind"><summary>What each model assumes</summary>
        <ul class="summary">{judged.filter((one) => one.assumes).map((one) => <li key={labelOf(one)}><b>{labelOf(one)}</b>: {one.assumes}.</li>)}</ul></details>
    </section>
  );
}
