// Holdings: typed as text or in a table, or taken from a file; a mistake is shown at its row and column.
import { useEffect, useState } from "preact/hooks";
import { post, type Refused, type Row, type Schemas } from "../api";
import { placeOf, rowsOf, textOfRows, type Place } from "./case_text";
import type { Fact } from "./CaseFacts";
import { Cell } from "./Cell";
import { Refusal } from "./Refusal";
import { goOn } from "./focus";

const MOST = 900_000;
const SHOWN = 200; // rows of the table; more are edited as text

export function Holdings(props: { columns: Fact[]; value: string; problem: Refused | null; onHoldings: (text: string, facts?: Row) => void }) {
  const { columns, value, problem } = props;
  const [now, setNow] = useState(value);
  const [own, setOwn] = useState<unknown>(null);
  useEffect(() => setNow(value), [value]);
  const heading = columns.map((one) => one.name).join(",");
  const upload = async (file: File | undefined) => {
    if (!file) return;
    setOwn(null);
    if (file.size > MOST) return setOwn(new Error(`${file.name} has ${file.size.toLocaleString("en")} bytes, and at most ${MOST.toLocaleString("en")} are allowed here`));
    try {
      const found = await post<Schemas["CaseFile"]>("comply/file", { text: await file.text(), name: file.name });
      props.onHoldings(found.holdings ?? value, found.facts);
    } catch (wrong) {
      setOwn(wrong);
    }
  };
  const told = own ?? problem;
  return (
    <fieldset><legend>Holdings</legend>
      <label>One row a figure: {columns.map((one) => one.name).join(", ")}. What is left out is unknown, never zero.
        <textarea value={now} name="holdings" rows={5} spellcheck={false} aria-invalid={Boolean(problem)} aria-describedby={told ? "holdings-wrong" : undefined} placeholder={`${heading}\n`}
          onInput={(event) => { setNow(event.currentTarget.value); setOwn(null); }} onChange={(event) => props.onHoldings(event.currentTarget.value)} /></label>
      {Boolean(told) && <div id="holdings-wrong"><Refusal problem={told} /></div>}
      <p class="under">
        <button type="button" onClick={() => props.onHoldings(`${now.trim() ? now.replace(/\n*$/, "\n") : `${heading}\n`}${columns.map((one) => startOf(one)).join(",")}\n`)}>Add a row</button>
        {now !== value && <button type="button" onClick={() => props.onHoldings(now)}>Check these</button>}
        {value && <button type="button" onClick={() => props.onHoldings("")}>Empty it</button>}
        <label>Or a file (CSV, YAML, JSON) <input type="file" accept=".csv,.tsv,.txt,.yml,.yaml,.json,text/csv" onChange={(event) => { void upload(event.currentTarget.files?.[0]); event.currentTarget.value = ""; }} /></label>
      </p>
      {value.trim() && <AsTable columns={columns} value={value} place={problem ? placeOf(problem) : null} onText={(text) => props.onHoldings(text)} />}
      <details><summary>What may stand in each column</summary>
        <ul class="summary">{columns.map((one) => <li key={one.name}><b>{one.name}</b>: {one.meaning} {one.choices.length > 0 && `One of ${one.choices.join(", ")}.`}</li>)}</ul></details>
    </fieldset>
  );
}

/** What a new row begins with, where there is a usual thing to begin with. */
function startOf(column: Fact): string {
  return column.name === "status" ? "total" : column.name === "basis" ? "declared" : "";
}

function AsTable(props: { columns: Fact[]; value: string; place: Place | null; onText: (text: string) => void }) {
  const { columns, place } = props;
  const rows = rowsOf(props.value);
  const order = rows ? columns.map((one) => rows[0]!.indexOf(one.name)) : [];
  if (!rows || order.includes(-1) || rows[0]!.length !== columns.length) return null;
  const set = (row: number, column: number, text: string) => props.onText(textOfRows(rows.map((one, at) => (at === row ? one.map((cell, each) => (each === column ? text : cell)) : one))));
  return (
    <details class="behind" open><summary>The same as a table, to be changed ({rows.length === 2 ? "1 row" : `${rows.length - 1} rows`})</summary>
      <div class="table"><div class="scroll" tabIndex={0} role="region" aria-label="Holdings as a table">
        <table class="edited"><caption>{rows.length - 1 > SHOWN ? `The first ${SHOWN} rows; change the others in the text above` : "Each figure with whose it is, where, and who says so"}</caption>
          <thead><tr><th scope="col">Row</th>{columns.map((one) => <th scope="col" key={one.name}>{one.name}</th>)}<th scope="col">Take out</th></tr></thead>
          <tbody>{rows.slice(1, SHOWN + 1).map((row, at) => (
            <tr key={at}>
              <th scope="row" class="number">{at + 2}</th>
              {columns.map((one, number) => (
                <td key={one.name}><Cell fact={one} label={`Row ${at + 2}, ${one.name}`} value={row[order[number]!]!} wrong={place?.file === "holdings" && place.row === at + 2 && (place.field === one.name || place.field === "")}
                  onText={(text) => set(at + 1, order[number]!, text)} /></td>
              ))}
              <td><button type="button" class="small" aria-label={`Take row ${at + 2} out`} onClick={(event) => { goOn(event.currentTarget); props.onText(rows.length > 2 ? textOfRows(rows.filter((_, each) => each !== at + 1)) : ""); }}>Take out</button></td>
            </tr>))}</tbody></table></div></div>
    </details>
  );
}
