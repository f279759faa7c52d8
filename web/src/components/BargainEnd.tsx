// Where bargaining ends: turn by turn as lines, who challenges whom, and what the rule alone would leave.
import { useState } from "preact/hooks";
import type { Row } from "../api";
import { Downloads, ShareLink } from "./Downloads";
import { LineChart } from "./LineChart";
import { Behind, Table, figure } from "./Table";
import { Viewed } from "./Viewed";

interface Turn {
  turn: number;
  positions: Record<string, number[]>;
  chances: Record<string, number>;
  challenges: { challenger: string; target: string; odds: number; gain: number; offers: { challenger: number[] } }[];
}
interface StatusQuo {
  place: number[];
  stable: boolean;
  preferred: { outcomes: number; of: number };
  vetoes_accept: { outcomes: number; of: number } | null;
  between?: number[];
}
export interface Bargain {
  name: string;
  turns: Turn[];
  settled: boolean;
  end: { positions: Record<string, number[]>; chances: Record<string, number>; leading: string[] };
  outcomes: { rule: string; basis: string | null; core: number[][] | null; vetoes: string[]; vetoes_agree: number[][] | null; uncovered: { outcomes: number; of: number }; status_quo: StatusQuo | null } | null;
  outcomes_not_told: string | null;
  draws: { draws: number; settled: number; turns: number[]; ends: Row[] } | null;
  unplaced: unknown[];
  says: string;
  sentence: string;
  dimensions: { name: string; low: number; high: number }[];
}
const all = (names: string[]) => (names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`);

/** Places as they are read: an interval on one question, points on two. */
function places(found: number[][] | null): string {
  if (!found?.length) return "";
  const one = (place: number[]) => (place.length > 1 ? `(${place.map((value) => figure(value)).join(", ")})` : figure(place[0]));
  return found[0]!.length === 1 && found.length === 2 ? `${one(found[0]!)} to ${one(found[1]!)}` : found.map(one).join("; ");
}

export function BargainEnd(props: { answer: Bargain; waiting: boolean; body: Row; viewpoint: string; name: (key: string) => string }) {
  const { answer, name } = props;
  const actors = Object.keys(answer.end.positions).sort((a, b) => name(a).localeCompare(name(b)));
  const x = [...answer.turns.map((turn) => turn.turn), answer.turns.length + 1];
  const lines = (at: number) => actors.map((one) => ({ name: name(one), values: [...answer.turns.map((turn) => turn.positions[one]?.[at] ?? null), answer.end.positions[one]?.[at] ?? null] }));
  const { leading } = answer.end;
  const turns = answer.turns.length === 1 ? "1 turn" : `${answer.turns.length} turns`;
  return (
    <section class="panel" aria-label="Bargaining" aria-busy={props.waiting}>
      <p class="outcome" role="status">After {turns} {all(leading.map(name))} {leading.length === 1 ? "has" : "have"} the best chance{answer.settled ? "; nothing moves any more" : "; it has not settled"}</p>
      <p>{answer.sentence}</p>
      <Viewed of={answer} />
      <Left answer={answer} name={name} />
      {answer.dimensions.map((dimension, at) => (
        <LineChart key={dimension.name} title={`Positions turn by turn: ${answer.name}, ${dimension.name}`} x={x} lines={lines(at)} low={dimension.low} high={dimension.high} />
      ))}
      <Turns answer={answer} name={name} />
      {answer.draws && <Draws draws={answer.draws} name={name} />}
      <Behind caption="Positions turn by turn" rows={x} name="bargaining" columns={[
        { head: "Turn", value: (row) => row },
        ...answer.dimensions.flatMap((dimension, at) => lines(at).map((one) => ({ head: answer.dimensions.length > 1 ? `${one.name}: ${dimension.name}` : one.name, number: true, value: (row: number) => one.values[x.indexOf(row)] }))),
      ]} />
      <p class="actions"><Downloads says="As" forms={["json", "csv", "svg", "pdf"]} path="bargain" viewpoint={props.viewpoint} name="bargain" body={props.body} /> <ShareLink /></p>
    </section>
  );
}

/** What the rule leaves by itself, without any bargaining. */
function Left(props: { answer: Bargain; name: (key: string) => string }) {
  const { outcomes, outcomes_not_told: why } = props.answer;
  if (!outcomes) return why ? <p class="quiet">What the rule alone would leave is not told: {why}.</p> : null;
  const { status_quo: now } = outcomes;
  return (
    <ul class="summary">
      <li>Rule: {outcomes.rule}{outcomes.basis ? ` (${outcomes.basis})` : ""}.</li>
      <li>Core, to which no coalition that can carry prefers anything: {places(outcomes.core) || "empty; whatever is decided, some coalition that can carry would rather have something else"}.</li>
      {outcomes.vetoes.length > 0 && outcomes.vetoes_agree && <li>Veto: {outcomes.vetoes.map(props.name).join(", ")}; all that they cannot improve on together: {places(outcomes.vetoes_agree)}.</li>}
      <li>Uncovered: {outcomes.uncovered.outcomes} of {outcomes.uncovered.of} outcomes.</li>
      {now && <li>As things are ({places([now.place])}): {now.stable ? "in the core, nothing can replace it" : `${now.preferred.outcomes} of ${now.preferred.of} outcomes could replace it${now.between ? `, all between ${figure(now.between[0])} and ${figure(now.between[1])}` : ""}${now.vetoes_accept ? `; who holds a veto finds ${now.vetoes_accept.outcomes} no worse` : ""}`}.</li>}
    </ul>
  );
}

function Turns(props: { answer: Bargain; name: (key: string) => string }) {
  const { answer, name } = props;
  const [turn, setTurn] = useState(1);
  const shown = answer.turns[Math.min(turn, answer.turns.length) - 1];
  if (!shown) return null;
  return (
    <>
      <p class="actions">
        <button type="button" disabled={shown.turn <= 1} onClick={() => setTurn(shown.turn - 1)}>Turn before</button>
        <label class="quiet">Turn<input type="number" min="1" max={answer.turns.length} value={shown.turn} onChange={(event) => setTurn(Math.max(1, Math.min(answer.turns.length, Math.round(Number(event.currentTarget.value) || 1))))} /></label>
        <button type="button" disabled={shown.turn >= answer.turns.length} onClick={() => setTurn(shown.turn + 1)}>Next turn</button>
      </p>
      {shown.challenges.length === 0 && <p class="quiet">Turn {shown.turn}: nobody has anything to gain from a challenge.</p>}
      {shown.challenges.length > 0 && <Table plain all caption={`Turn ${shown.turn}: who challenges whom`} rows={shown.challenges} columns={[
        { head: "Challenger", value: (row) => name(row.challenger) }, { head: "Target", value: (row) => name(row.target) },
        { head: "Odds", number: true, value: (row) => row.odds }, { head: "Gain it expects", number: true, value: (row) => row.gain },
        { head: "Offers", number: true, value: (row) => row.offers.challenger.map((one) => figure(one)).join(", ") },
      ]} />}
    </>
  );
}

function Draws(props: { draws: NonNullable<Bargain["draws"]>; name: (key: string) => string }) {
  const { draws } = props;
  const columns = Object.keys(draws.ends[0] ?? {});
  return (
    <>
      <p>{draws.draws} draws of the intervals: {draws.settled} settled, after {draws.turns[0]} to {draws.turns[2]} turns, half of them within {draws.turns[1]}.</p>
      <Table plain all caption="Where the draws end" rows={draws.ends} columns={columns.map((head) => ({
        head: head.replaceAll("_", " "), number: typeof draws.ends[0]![head] === "number",
        value: (row: Row) => (head === "actor" ? props.name(String(row[head])) : typeof row[head] === "object" && row[head] !== null ? JSON.stringify(row[head]) : (row[head] as string | number | null)),
      }))} />
    </>
  );
}
