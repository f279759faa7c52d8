// A change: composed step by step, asked about, and what the models say of it.
import { useMemo, useRef, useState } from "preact/hooks";
import { once, post, streamed, takeAway, type Event, type Mistake, type Schemas } from "../api";
import { changeOf, questionOf, type Written } from "../change";
import { useAnswer } from "../components/asking";
import { NameList, useNames } from "../components/names";
import { Refusal } from "../components/Refusal";
import { Constants } from "../components/Constants";
import { Steps } from "../components/Steps";
import { Verdicts, type Counted, type Judged } from "../components/Verdicts";
import { useWhere } from "../where";
import { useEffect } from "preact/hooks";

interface Answer {
  question: string;
  counts: Counted[];
  judged: Judged[];
  whole: Schemas["Assessment"] | null;
}

export default function ChangePage() {
  const [where, choose] = useWhere();
  const { choices } = where;
  const shipped = useAnswer("changes", () => once<Schemas["Changes"]>("changes")).answer?.changes ?? [];
  const given = changeOf(choices);
  const own = "data" in given;
  const base = own ? null : shipped.find((one) => one.name === given.change);
  const written: Written | null = own ? given.data : base ? { name: base.name, title: base.title, steps: base.steps } : null;
  const question = useMemo(() => questionOf(choices), [JSON.stringify(questionOf(choices))]);
  const key = JSON.stringify(question);
  const checked = useAnswer(`${key}`, (signal) => post<Schemas["Checked"]>("change/check", { ...given, on: question.on }, {}, signal), 250);
  const { answer, progress, problem, running, ask, stop } = useAssessment();
  useEffect(() => {
    if (choices.run === "yes" && !answer && !running) ask(question);
  }, []);
  const edit = (next: Written) => choose({ change: "", data: JSON.stringify(next), run: "" });
  const errors = own || checked.answer ? checked.answer?.errors ?? [] : [];
  const run = () => {
    choose({ run: "yes" });
    ask(question);
  };
  return (
    <>
      <div class="choices">
        <label>Start from
          <select value={own ? "" : given.change} onChange={(event) => {
            const name = event.currentTarget.value;
            choose(name ? { change: name, data: "", run: "", state: "" } : { change: "", data: JSON.stringify({ name: "own-change", title: "My change", steps: [] }), run: "", state: "" });
          }}>
            <option value="">{own ? "a change of your own" : "nothing"}</option>
            {shipped.map((one) => <option key={one.name} value={one.name}>{one.title}</option>)}
          </select>
        </label>
        <label>Day of the baseline
          <input type="date" value={choices.day ?? ""} min="1945-01-01" onChange={(event) => choose({ day: event.currentTarget.value, run: "" })} />
        </label>
        <p class="quiet">Left empty, the baseline is the day before the first dated step.</p>
      </div>
      {base && <p>{base.description}</p>}
      {base && base.not_expressed.length > 0 && (
        <details class="behind"><summary>What these steps do not express</summary><ul>{base.not_expressed.map((one) => <li key={one}>{one}</li>)}</ul></details>
      )}
      {written && <Steps written={written} errors={errors} onWritten={edit} />}
      <Loose errors={errors} onWritten={edit} />
      <Constants choices={choices} onChoices={(patch) => choose({ ...patch, run: "" })} />
      <p class="actions">
        <button type="button" class="strong" onClick={run} disabled={running || (checked.answer !== null && !checked.answer.ok)}>Ask the models</button>
        {running && <button type="button" onClick={stop}>Stop</button>}
        <button type="button" onClick={() => void takeAway("change/file", "change.yml", given)}>The change as YAML</button>
        {answer?.whole && (["json", "csv", "html", "pdf"] as const).map((form) => (
          <button type="button" key={form} onClick={() => void takeAway("assess/file", `assess.${form}`, JSON.parse(answer.question), { form })}>The answer as {form.toUpperCase()}</button>
        ))}
        <ShareLink />
      </p>
      <Refusal problem={problem ?? (own ? null : checked.problem)} />
      {running && (
        <p role="status"><label>{progress ? `${progress.what}: ${progress.done} of ${progress.of}` : "asked"}
          <progress value={progress?.done ?? 0} max={progress?.of ?? 1} /></label></p>
      )}
      {answer && answer.question !== key && !running && <p class="quiet" role="status">The answer below is to the question before the last edit.</p>}
      {answer && <Verdicts question={JSON.parse(answer.question)} counts={answer.counts} judged={answer.judged} whole={answer.whole} />}
      <Names />
    </>
  );
}

/** Mistakes that belong to no field of a step. */
function Loose(props: { errors: Mistake[]; onWritten: (written: Written) => void }) {
  const loose = props.errors.filter((one) => one.step === null);
  if (!loose.length) return null;
  return <div class="refusal" role="alert">{loose.map((one) => <p key={one.error}><strong>{one.error}</strong> {one.do}</p>)}</div>;
}

function ShareLink() {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    setTimeout(() => void navigator.clipboard?.writeText(location.href).then(() => setCopied(true), () => undefined), 150);
    setTimeout(() => setCopied(false), 2500);
  };
  return <button type="button" onClick={copy}>{copied ? "The link is copied" : "Copy the link to this question"}</button>;
}

function Names() {
  const lists = [useNames("organizations"), useNames("treaties"), useNames("texts"), useNames("deployments"), useNames("states")] as const;
  const [organizations, treaties, texts, deployments, states] = lists;
  return (
    <>
      <NameList id="organizations" names={organizations} />
      <NameList id="treaties" names={[...treaties, ...texts]} />
      <NameList id="deployments" names={deployments} />
      <NameList id="states-and-members" names={states} more={organizations.map((one) => `members of ${one.key}`)} />
    </>
  );
}

interface Progress {
  what: string;
  done: number;
  of: number;
}

/** The stream of an answer: counts first, then each model, then the whole. Given up when the page goes away. */
function useAssessment() {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [running, setRunning] = useState(false);
  const given = useRef<AbortController | null>(null);
  useEffect(() => () => given.current?.abort(), []);
  const stop = () => given.current?.abort();
  const ask = (question: Record<string, unknown>) => {
    stop();
    const mine = new AbortController();
    given.current = mine;
    const found: Answer = { question: JSON.stringify(question), counts: [], judged: [], whole: null };
    const each = (event: Event) => {
      if (event.event === "counts") found.counts = [...found.counts, event as unknown as Counted];
      if (event.event === "progress") setProgress(event as unknown as Progress);
      if (event.event === "model") found.judged = [...found.judged, event.model as Judged];
      if (event.event === "done") found.whole = { ...(event.answer as Schemas["Assessment"]), models: found.judged as unknown as Schemas["Assessment"]["models"] };
      if (event.event !== "progress") setAnswer({ ...found });
    };
    setProblem(null);
    setProgress(null);
    setAnswer(null);
    setRunning(true);
    streamed("assess", {}, question, each, mine.signal).catch((wrong) => {
      if (!mine.signal.aborted) setProblem(wrong);
    }).finally(() => {
      if (given.current === mine) setRunning(false);
    });
  };
  return { answer, progress, problem, running, ask, stop };
}
