// Where bargaining would end, turn by turn: who stands where, how much it cares, and how much it can do.
import { useMemo, useState } from "preact/hooks";
import { post, takeAway, type Row } from "../api";
import { useAnswer } from "../components/asking";
import { LineChart } from "../components/LineChart";
import { Refusal } from "../components/Refusal";
import { Behind, Table, figure } from "../components/Table";
import { useWhere } from "../where";

interface Actor {
  actor: string;
  position: string;
  salience: string;
  capability: string;
}
interface Turn {
  turn: number;
  positions: Record<string, number[]>;
  chances: Record<string, number>;
  challenges: { challenger: string; target: string; odds: number; gain: number }[];
}
interface Bargain {
  name: string;
  turns: Turn[];
  settled: boolean;
  end: { positions: Record<string, number[]>; chances: Record<string, number>; leading: string[] };
  outcomes: { rule: string; core: number[][] | null } | null;
  says: string;
  dimensions: { name: string; low: number; high: number }[];
}
const EXAMPLE: Actor[] = [
  { actor: "Aland", position: "70 to 90", salience: "60", capability: "100" }, { actor: "Bland", position: "20", salience: "50", capability: "80" },
  { actor: "Cland", position: "50", salience: "30", capability: "40" }, { actor: "Dland", position: "85", salience: "20", capability: "30" },
  { actor: "Eland", position: "40", salience: "40", capability: "20 to 40" },
];
const FIELDS = ["position", "salience", "capability"] as const;

/** A figure as it is typed: a number, or `20 to 40` for an interval. */
function figureOf(text: string): number | number[] | string {
  const parts = text.split(/\s*(?:to|,)\s*/).map((one) => one.trim());
  const numbers = parts.map(Number);
  if (parts.some((one) => one === "") || numbers.some(Number.isNaN)) return text;
  return numbers.length === 2 ? numbers : numbers[0]!;
}

export default function BargainingPage() {
  const [where, choose] = useWhere();
  const { choices } = where;
  const actors = useMemo<Actor[]>(() => {
    try {
      return choices.actors ? (JSON.parse(choices.actors) as string[][]).map(([actor, position, salience, capability]) => ({ actor: actor!, position: position!, salience: salience!, capability: capability! })) : EXAMPLE;
    } catch {
      return EXAMPLE;
    }
  }, [choices.actors]);
  const question = choices.question || "What the mission may do";
  const rule = choices.rule || "majority";
  const body = {
    schema: "bargain-case/1", name: question, dimensions: ["position"], scale: [0, 100], rule,
    actors: actors.map((one) => ({ actor: one.actor, position: [figureOf(one.position)], salience: [figureOf(one.salience)], capability: figureOf(one.capability) })),
  };
  const { answer, problem, waiting } = useAnswer(JSON.stringify(body), (signal) => post<Bargain>("bargain", body, {}, signal), 350);
  const put = (next: Actor[]) => choose({ actors: JSON.stringify(next.map((one) => [one.actor, one.position, one.salience, one.capability])) });
  return (
    <>
      <p>Everybody stands somewhere between 0 and 100 on one question. Each turn every actor challenges whom it gains most from, and takes the best bargain it is offered. The names below are made up; write your own over them.</p>
      <div class="choices">
        <label>The question<input value={question} onChange={(event) => choose({ question: event.currentTarget.value })} /></label>
        <label>What decides<select value={rule} onChange={(event) => choose({ rule: event.currentTarget.value })}><option value="majority">a majority of the actors</option><option value="unanimity">all of them</option></select></label>
      </div>
      <div class="table"><div class="scroll" tabIndex={0} role="region" aria-label="Actors">
        <table><caption>Who stands where; a figure may be an interval, such as 20 to 40</caption>
          <thead><tr><th scope="col">Actor</th><th scope="col">Position, 0 to 100</th><th scope="col">How much it cares, 0 to 100</th><th scope="col">How much it can do</th><th scope="col">Take out</th></tr></thead>
          <tbody>{actors.map((one, place) => (
            <tr key={place}>
              <td><Cell label={`Actor ${place + 1}`} value={one.actor} onValue={(text) => put(actors.map((each, at) => (at === place ? { ...each, actor: text } : each)))} /></td>
              {FIELDS.map((field) => <td key={field}><Cell label={`${one.actor}, ${field}`} value={one[field]} onValue={(text) => put(actors.map((each, at) => (at === place ? { ...each, [field]: text } : each)))} /></td>)}
              <td><button type="button" aria-label={`Take out ${one.actor}`} onClick={() => put(actors.filter((_, at) => at !== place))}>Take out</button></td>
            </tr>))}</tbody></table></div>
        <p class="under"><button type="button" onClick={() => put([...actors, { actor: `Actor ${actors.length + 1}`, position: "50", salience: "50", capability: "50" }])}>Add an actor</button></p></div>
      <Refusal problem={problem} />
      {answer && !problem && <End answer={answer} waiting={waiting} body={body} />}
    </>
  );
}

function Cell(props: { label: string; value: string; onValue: (text: string) => void }) {
  const [text, setText] = useState<string | null>(null);
  return <input aria-label={props.label} value={text ?? props.value} size={14} onInput={(event) => setText(event.currentTarget.value)} onChange={(event) => { props.onValue(event.currentTarget.value); setText(null); }} />;
}

function End(props: { answer: Bargain; waiting: boolean; body: Row }) {
  const { answer } = props;
  const names = Object.keys(answer.end.positions);
  const x = [...answer.turns.map((turn) => turn.turn), answer.turns.length + 1];
  const lines = names.map((name) => ({ name, values: [...answer.turns.map((turn) => turn.positions[name]?.[0] ?? null), answer.end.positions[name]?.[0] ?? null] }));
  const [turn, setTurn] = useState(1);
  const shown = answer.turns[Math.min(turn, answer.turns.length) - 1];
  const core = answer.outcomes?.core;
  return (
    <section class="panel" aria-label="Bargaining" aria-busy={props.waiting}>
      <p class="outcome" role="status">After {answer.turns.length} turns {answer.end.leading.join(", ")} {answer.end.leading.length === 1 ? "has" : "have"} the best chance{answer.settled ? "; nothing moves any more" : "; it has not settled"}</p>
      <p>{answer.says} {answer.outcomes && <>Under the rule ({answer.outcomes.rule}) the core is {core && core.length ? core.map((one) => one.map((value) => figure(value)).join(", ")).join(" to ") : "empty or not told"}.</>}</p>
      <LineChart title={`Positions turn by turn: ${answer.name}`} x={x} lines={lines} low={0} high={100} />
      {shown && (
        <>
          <label class="quiet">Turn<input type="number" min="1" max={answer.turns.length} value={Math.min(turn, answer.turns.length)} onChange={(event) => setTurn(Math.max(1, Number(event.currentTarget.value)))} /></label>
          <Table plain all caption={`Turn ${shown.turn}: who challenges whom`} rows={shown.challenges} columns={[
            { head: "Challenger", value: (row) => row.challenger }, { head: "Target", value: (row) => row.target },
            { head: "Odds", number: true, value: (row) => row.odds }, { head: "Gain it expects", number: true, value: (row) => row.gain },
          ]} />
        </>
      )}
      <Behind caption="Positions turn by turn" rows={x} name="bargaining" columns={[
        { head: "Turn", value: (row) => row }, ...lines.map((one) => ({ head: one.name, number: true, value: (row: number) => one.values[x.indexOf(row)] })),
      ]} />
      <p class="actions">{(["json", "csv", "svg", "pdf"] as const).map((form) => <button type="button" key={form} onClick={() => void takeAway("bargain", `bargain.${form}`, props.body, { form })}>As {form.toUpperCase()}</button>)}</p>
    </section>
  );
}
