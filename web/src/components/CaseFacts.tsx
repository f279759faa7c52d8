// The facts of a case, each by its type: a line, a choice, or a table of rows. What is not given is not known.
import { useId, useState } from "preact/hooks";
import type { Refused, Row } from "../api";
import { amountOf } from "../change";
import { placeOf, type Place } from "./case_text";
import { Cell } from "./Cell";
import { goOn } from "./focus";
import { NamePick, NamesPick } from "./NamePick";
import { useNames } from "./names";

export interface Fact {
  name: string;
  type: string;
  meaning: string;
  unit?: string | null;
  choices: string[];
  columns?: Fact[];
}

/** The fact that a mistake of the server asks for or speaks of, by its place or by its words; empty where there is none. */
export function factMeant(problem: Refused, facts: readonly Fact[]): string {
  const place = placeOf(problem);
  if (place.file === "facts" && facts.some((one) => one.name === place.fact)) return place.fact;
  const words = `${problem.told.do ?? ""} ${problem.told.error}`;
  const asked = facts.find((one) => words.includes(`{${one.name}:`) || words.startsWith(`add ${one.name}:`));
  if (asked) return asked.name;
  return /^no state is called/.test(problem.told.error) && /^case, field facts/.test(problem.told.where ?? "") ? facts.find((one) => one.type.startsWith("name"))?.name ?? "" : "";
}

/** A value as it was typed, of the type of its fact; what does not fit goes as it is, and is refused by the server. */
export function valueOf(fact: Fact, text: string): unknown {
  const given = text.trim();
  if (given === "") return undefined;
  if (fact.type === "number") return amountOf(given);
  if (fact.type === "yes or no") return given === "yes" ? true : given === "no" ? false : given;
  if (fact.type === "names") return given === "nobody" ? [] : given.split(",").map((one) => one.trim()).filter(Boolean);
  return given;
}

export function typedOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (value === true) return "yes";
  if (value === false) return "no";
  if (Array.isArray(value)) return value.length ? value.join(", ") : "nobody";
  return String(value);
}

export function CaseFacts(props: { facts: Fact[]; given: Row; problem: Refused | null; onFacts: (facts: Row) => void; every?: boolean; first?: readonly string[]; title?: string }) {
  const { facts, given } = props;
  const [wanted, setWanted] = useState<string[]>([]);
  const meant = props.problem ? factMeant(props.problem, facts) : "";
  const place: Place | null = props.problem && meant ? { ...placeOf(props.problem), file: "facts", fact: meant } : null;
  const shown = facts.filter((one) => props.every || props.first?.includes(one.name) || one.name in given || wanted.includes(one.name));
  if (props.first) shown.sort((a, b) => placeIn(props.first!, a) - placeIn(props.first!, b));
  const put = (name: string, value: unknown) => {
    const next = { ...given };
    if (value === undefined) delete next[name];
    else next[name] = value;
    props.onFacts(next);
  };
  const gone = (name: string) => {
    setWanted(wanted.filter((one) => one !== name));
    put(name, undefined);
  };
  const fields = shown.map((fact) => (
    <OneFact key={fact.name} fact={fact} value={given[fact.name]} place={place?.file === "facts" && place.fact === fact.name ? place : null} told={props.problem}
      onValue={(value) => put(fact.name, value)} onGone={props.every || props.first?.includes(fact.name) ? undefined : () => gone(fact.name)} />
  ));
  if (props.every) return <fieldset><legend>Facts that the rule turns on</legend><div class="fields">{fields}</div></fieldset>;
  return (
    <details class="behind panel" open={shown.length > 0}><summary>{props.title ?? "Facts of the case"} ({Object.keys(given).length} of {facts.length} given)</summary>
      <div class="fields">
        <label class="wide">Add a fact<select name="add-fact" value="" onChange={(event) => event.currentTarget.value && setWanted([...wanted, event.currentTarget.value])}>
          <option value="">choose one</option>
          {[...facts].filter((one) => !shown.includes(one)).sort((a, b) => a.name.localeCompare(b.name)).map((one) => <option key={one.name} value={one.name}>{one.name.replaceAll("_", " ")}: {one.meaning}</option>)}
        </select></label>
        {fields}
      </div>
    </details>
  );
}

function placeIn(first: readonly string[], fact: Fact): number {
  const place = first.indexOf(fact.name);
  return place < 0 ? first.length : place;
}

function OneFact(props: { fact: Fact; value: unknown; place: Place | null; told: Refused | null; onValue: (value: unknown) => void; onGone?: () => void }) {
  const { fact, value, place, told } = props;
  const id = useId();
  const title = `${fact.name.replaceAll("_", " ")}${fact.unit ? ` (${fact.unit})` : ""}`;
  const wrong = place && told ? <span class="wrong" role="alert" id={`${id}-wrong`}>{place.row ? `Row ${place.row}${place.field ? `, ${place.field}` : ""}: ` : ""}{told.told.error}{told.told.do && !told.told.do.includes("{") ? `; ${told.told.do}` : ""}</span> : null;
  const out = props.onGone && <button type="button" class="small" aria-label={`Take out: ${title}`} onClick={(event) => { goOn(event.currentTarget, "details"); props.onGone?.(); }}>Take out</button>;
  if (fact.type === "table") {
    const rows = (Array.isArray(value) ? (value as unknown[]) : []).map((one) => (typeof one === "object" && one !== null ? (one as Row) : {}));
    return (
      <fieldset class="wide inner"><legend>{title}</legend>
        <p class="quiet">{sentence(fact.meaning.replaceAll("`", ""))}</p>
        <FactRows fact={fact} rows={rows} place={place} onRows={(next) => props.onValue(next.length ? next : undefined)} />
        {wrong}
        <p class="under"><button type="button" onClick={() => props.onValue([...rows, {}])}>Add a row</button>
          {!rows.length && <label class="tick"><input type="checkbox" checked={Array.isArray(value)} onChange={(event) => props.onValue(event.currentTarget.checked ? [] : undefined)} /> none</label>}{out}</p>
      </fieldset>
    );
  }
  return (
    <div class="field wide">
      <label for={id}>{title}</label>
      <div class="beside">{fact.type.startsWith("name") ? <States id={id} fact={fact} value={value} wrong={Boolean(place)} onValue={props.onValue} /> : <Cell id={id} fact={fact} label={title} value={typedOf(value)} wrong={Boolean(place)} describedBy={place ? `${id}-wrong` : undefined} onText={(text) => props.onValue(valueOf(fact, text))} />}{out}</div>
      {wrong}
      <span class="quiet">{sentence(fact.meaning).replace("[] if there are none", "tick nobody if there are none").replace("[] if none", "tick none if there are none").replaceAll("`", "")}{fact.type === "number" ? " A number, or 1200 to 1500." : ""}</span>
    </div>
  );
}

/** Names of states; an empty list is told apart from a fact that is not given. */
function States(props: { id: string; fact: Fact; value: unknown; wrong: boolean; onValue: (value: unknown) => void }) {
  const { id, fact, value, wrong, onValue } = props;
  const states = useNames("states");
  const more = { id, name: fact.name, names: states, wrong, describedBy: wrong ? `${id}-wrong` : undefined };
  if (fact.type === "name") return <NamePick {...more} value={typeof value === "string" ? value : ""} onValue={(one) => onValue(one || undefined)} />;
  const given = Array.isArray(value) ? value.map(String) : [];
  const none = Array.isArray(value) && !given.length;
  return (
    <>
      <NamesPick {...more} values={given} onValues={(names) => onValue(names.length ? names : undefined)} placeholder={none ? "nobody" : "a state"} />
      {!given.length && <label class="tick"><input type="checkbox" checked={none} onChange={(event) => onValue(event.currentTarget.checked ? [] : undefined)} /> nobody</label>}
    </>
  );
}

function FactRows(props: { fact: Fact; rows: Row[]; place: Place | null; onRows: (rows: Row[]) => void }) {
  const { fact, rows, place } = props;
  const columns = fact.columns ?? [];
  if (!rows.length) return null;
  const set = (row: number, column: Fact, text: string) => props.onRows(rows.map((one, at) => {
    if (at !== row) return one;
    const { [column.name]: _, ...rest } = one;
    const value = valueOf(column, text);
    return value === undefined ? rest : { ...rest, [column.name]: value };
  }));
  return (
    <div class="table"><div class="scroll" tabIndex={0} role="region" aria-label={fact.name.replaceAll("_", " ")}>
      <table class="edited"><thead><tr>{columns.map((one) => <th scope="col" key={one.name} title={one.meaning}>{one.name.replaceAll("_", " ")}{one.unit ? ` (${one.unit})` : ""}</th>)}<th scope="col">Take out</th></tr></thead>
        <tbody>{rows.map((row, at) => (
          <tr key={at}>{columns.map((one) => <td key={one.name}><Cell fact={one} label={`Row ${at + 1}, ${one.name}`} value={typedOf(row[one.name])} wrong={place !== null && place.row === at + 1 && (place.field === one.name || !place.field)} onText={(text) => set(at, one, text)} /></td>)}
            <td><button type="button" class="small" aria-label={`Take row ${at + 1} out`} onClick={(event) => { goOn(event.currentTarget); props.onRows(rows.filter((_, each) => each !== at)); }}>Take out</button></td></tr>
        ))}</tbody></table></div></div>
  );
}

function sentence(text: string): string {
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}
