// Who stands where, how much it cares and how much it can do: a table to be filled in, with each mistake in its cell.
import { useState } from "preact/hooks";
import type { Refused } from "../api";
import { actorOf, cellMeant, type Actor, type Column } from "../bargain";
import { goOn } from "./focus";

export function Actors(props: { actors: Actor[]; dimensions: string[]; rule: string; problem: Refused | null; onActors: (actors: Actor[]) => void }) {
  const { actors, dimensions, rule, onActors } = props;
  const two = dimensions.length > 1;
  const [wrongRow, wrongColumn] = props.problem ? cellMeant(props.problem.told.where ?? "", dimensions[0]!) : [0, "" as const];
  const [gone, setGone] = useState<Actor[] | null>(null);
  const columns: [Column, string, string][] = [
    ["actor", "Actor", "Actor"], ["position", two ? `Position: ${dimensions[0]}, 0 to 100` : "Position, 0 to 100", "position"],
    ["salience", two ? `How much it cares: ${dimensions[0]}` : "How much it cares, 0 to 100", "salience"],
    ...(two ? [["position2", `Position: ${dimensions[1]}, 0 to 100`, "second position"], ["salience2", `How much it cares: ${dimensions[1]}`, "second salience"]] as [Column, string, string][] : []),
    ["capability", "How much it can do", "capability"],
    ...(rule === "weights" ? [["weight", "Weight of its vote", "weight"]] as [Column, string, string][] : []),
  ];
  const set = (row: number, column: Column, text: string) => onActors(actors.map((one, at) => (at === row ? { ...one, [column]: text } : one)));
  const vetoes = rule === "weights" || rule === "at_least";
  return (
    <div class="table"><div class="scroll" tabIndex={0} role="region" aria-label="Actors">
      <table class="edited"><caption>Who stands where; a figure may be an interval, such as 20 to 40{two ? "; what an actor cares about both questions is at most 100 together" : ""}</caption>
        <thead><tr>{columns.map(([name, head]) => <th scope="col" key={name}>{head}</th>)}{vetoes && <th scope="col">Veto</th>}<th scope="col">Take out</th></tr></thead>
        <tbody>{actors.map((one, row) => (
          <tr key={row}>
            {columns.map(([name, , label]) => (
              <td key={name}><Text label={name === "actor" ? `Actor ${row + 1}` : `${one.actor}, ${label}`} value={one[name]} wrong={wrongRow === row + 1 && wrongColumn === name} onText={(text) => set(row, name, text)} /></td>
            ))}
            {vetoes && <td><input type="checkbox" aria-label={`${one.actor} holds a veto`} checked={one.veto === "yes"} onChange={(event) => set(row, "veto", event.currentTarget.checked ? "yes" : "")} /></td>}
            <td><button type="button" class="small" aria-label={`Take out ${one.actor}`} onClick={(event) => { goOn(event.currentTarget); setGone(actors); onActors(actors.filter((_, at) => at !== row)); }}>Take out</button></td>
          </tr>))}</tbody></table></div>
      <p class="under">
        <button type="button" onClick={() => { setGone(null); onActors([...actors, actorOf([`Actor ${actors.length + 1}`, "50", "50", "50", "1", "", "50", "50"])]); }}>Add an actor</button>
        {gone && <button type="button" onClick={() => { onActors(gone); setGone(null); }}>Put the actor back</button>}
      </p></div>
  );
}

export function Text(props: { label: string; value: string; wrong?: boolean; onText: (text: string) => void }) {
  const [text, setText] = useState<string | null>(null);
  const put = () => {
    if (text !== null && text.trim() !== props.value) props.onText(text.trim());
    setText(null);
  };
  return <input aria-label={props.label} aria-invalid={props.wrong ?? false} value={text ?? props.value} size={12} onInput={(event) => setText(event.currentTarget.value)} onBlur={put} onKeyDown={(event) => event.key === "Enter" && put()} />;
}
