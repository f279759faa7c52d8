// Packages of steps that leave nobody worse off, or what forbids them all.
import { useEffect, useRef, useState } from "preact/hooks";
import { once, save, streamed, type Row } from "../api";
import { useAnswer } from "../components/asking";
import { useStateNames } from "../components/names";
import { Refusal } from "../components/Refusal";
import { Table } from "../components/Table";
import { useWhere } from "../where";

interface Shipped {
  name: string;
  title: string;
  description: string;
  levers: number;
  text: string;
}
interface Package {
  levers: string[];
  worth: { wish: string; model: string | null; worth: number[] }[];
  models: { model: string; counts: Record<string, number>; gains: string[] }[];
}
interface Design {
  title: string;
  on: string;
  levers: { id: string; title: string }[];
  packages: { sets_of_levers: number; looked_at: number; impossible: number; judged_in_full: number; proven: boolean; why_not_proven: string | null };
  meet_every_demand: number;
  frontier: Package[];
  blocking_sentences: string[];
  notes: string[];
  watched: string[];
}

export default function DesignPage() {
  const [where, choose] = useWhere();
  const { choices } = where;
  const cases = useAnswer("designs", () => once<{ designs: Shipped[] }>("designs")).answer?.designs ?? [];
  const key = choices.case || "five-lands";
  const chosen = cases.find((one) => one.name === key);
  const own = choices.text || null; // a case of one's own travels in the address
  const setOwn = (text: string | null) => choose({ text: text ?? "", run: "" });
  const [answer, setAnswer] = useState<Design | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [progress, setProgress] = useState<{ what: string; done: number; of: number } | null>(null);
  const given = useRef<AbortController | null>(null);
  useEffect(() => () => given.current?.abort(), []);
  const ask = () => {
    given.current?.abort();
    const mine = new AbortController();
    given.current = mine;
    setAnswer(null);
    setProblem(null);
    setProgress({ what: "asked", done: 0, of: 1 });
    streamed("design", {}, own === null ? { case: key } : { text: own }, (event) => {
      if (event.event === "progress") setProgress(event as never);
      if (event.event === "done") setAnswer(event.answer as Design);
    }, mine.signal).catch((wrong) => !mine.signal.aborted && setProblem(wrong)).finally(() => given.current === mine && setProgress(null));
  };
  useEffect(() => {
    if (choices.run === "yes") ask();
  }, []);
  const search = () => {
    choose({ run: "yes" });
    ask();
  };
  return (
    <>
      <div class="choices">
        <label>Case<select value={key} onChange={(event) => { choose({ case: event.currentTarget.value, text: "", run: "" }); setAnswer(null); }}>
          {!chosen && <option value={key}>{key}</option>}{cases.map((one) => <option key={one.name} value={one.name}>{one.title}</option>)}</select></label>
        <button type="button" class="strong" onClick={search} disabled={progress !== null}>Search</button>
        {progress && <button type="button" onClick={() => given.current?.abort()}>Stop</button>}
      </div>
      {chosen && <p>{chosen.description}</p>}
      {chosen && (
        <details class="behind"><summary>The case as a file, to read or to change</summary>
          <label>Case file<textarea rows={18} spellcheck={false} value={own ?? chosen.text} onChange={(event) => setOwn(event.currentTarget.value === chosen.text ? null : event.currentTarget.value)} /></label></details>
      )}
      {progress && <p role="status"><label>{progress.what}: {progress.done} of {progress.of}<progress value={progress.done} max={progress.of} /></label></p>}
      <Refusal problem={problem} />
      {answer && <Found answer={answer} />}
    </>
  );
}

function Found(props: { answer: Design }) {
  const { answer } = props;
  const name = useStateNames();
  const titles = new Map(answer.levers.map((one) => [one.id, one.title]));
  const { packages } = answer;
  return (
    <section class="panel" aria-label="Packages">
      <p class="outcome" role="status">{answer.meet_every_demand === 0 ? "No package meets every demand" : `${answer.meet_every_demand} packages meet every demand; ${answer.frontier.length} of them cannot be bettered in one wish without losing in another`}</p>
      <p>{packages.sets_of_levers} sets of {answer.levers.length} steps on the architecture of {answer.on}; {packages.looked_at} looked at, {packages.impossible} impossible, {packages.judged_in_full} judged in full. {packages.proven ? "The search was complete." : `The search was not complete: ${packages.why_not_proven ?? "not told why"}.`}</p>
      {answer.blocking_sentences.length > 0 && <><h3>What forbids it</h3><ul class="summary">{answer.blocking_sentences.map((one) => <li key={one}>{one}</li>)}</ul></>}
      {answer.notes.map((one) => <p key={one}>{one}</p>)}
      {answer.frontier.length > 0 && (
        <Table caption="Packages that cannot be bettered" rows={answer.frontier} name="design" columns={[
          { head: "Steps", value: (row) => row.levers.map((one) => titles.get(one) ?? one).join("; ") || "nothing is done" },
          { head: "Worth, by wish", value: (row) => row.worth.map((one) => `${one.wish.replaceAll("_", " ")}${one.model ? ` (${one.model})` : ""}: ${one.worth.join(", ")}`).join("; ") },
          { head: "Who gains", value: (row) => row.models.map((one) => `${one.model}: ${one.gains.map(name).join(", ") || "nobody"}`).join("; ") },
          { head: "Who loses", value: (row) => row.models.map((one) => `${one.model}: ${one.counts.loses}`).join("; ") },
          { head: "Not known or not seen", value: (row) => row.models.map((one) => `${one.model}: ${(one.counts.unknown ?? 0) + (one.counts.not_seen ?? 0)}`).join("; ") },
        ]} />
      )}
      <p class="actions"><button type="button" onClick={() => save(new Blob([JSON.stringify(answer as unknown as Row, null, 1)], { type: "application/json" }), "design.json")}>As JSON</button></p>
    </section>
  );
}
