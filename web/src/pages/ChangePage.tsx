// A change: composed step by step, asked about, and what the models say of it.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { once, post, streamed, takeAway, type Event, type Mistake, type Schemas } from "../api";
import { changeOf, edited, nothing, questionOf, type Written } from "../change";
import { useAnswer } from "../components/asking";
import { ChangeFile } from "../components/ChangeFile";
import { Constants } from "../components/Constants";
import { DayField } from "../components/DayField";
import { Downloads, ShareLink } from "../components/Downloads";
import { Refusal } from "../components/Refusal";
import { Steps } from "../components/Steps";
import { Verdicts, type Counted, type Judged } from "../components/Verdicts";
import { turn, useWhere } from "../where";

interface Answer {
  question: string;
  counts: Counted[];
  judged: Judged[];
  whole: Schemas["Assessment"] | null;
}

export default function ChangePage() {
  const [where, choose] = useWhere();
  const { choices } = where;
  const changes = useAnswer("changes", () => once<Schemas["Changes"]>("changes"));
  const shipped = changes.answer?.changes ?? [];
  const given = changeOf(choices);
  const own = "data" in given;
  const base = own ? null : shipped.find((one) => one.name === given.change);
  const written: Written | null = own ? given.data : base ? { name: base.name, title: base.title, steps: base.steps } : null;
  const question = useMemo(() => questionOf(choices), [JSON.stringify(questionOf(choices))]);
  const key = JSON.stringify(question);
  const checked = useAnswer(`${JSON.stringify(given)}${question.on}|${question.viewpoint}`, (signal) => post<Schemas["Checked"]>("change/check", { ...given, on: question.on }, { viewpoint: choices.viewpoint ?? "" }, signal), 250);
  const { answer, progress, problem, running, stopped, ask, stop } = useAssessment();
  const [aside, setAside] = useState("");
  const [unsaved, setUnsaved] = useState<unknown>(null);
  useEffect(() => {
    if (choices.run === "yes" && !answer && !running) ask(question);
  }, []);
  const edit = (next: Written) => choose({ change: "", data: JSON.stringify(edited(next, base)), run: "" });
  const errors = checked.answer?.errors ?? [];
  const loose = errors.filter((one) => one.step === null && one.field !== "title" && one.field !== "on");
  const onDay = errors.find((one) => one.field === "on");
  const begin = (name: string) => {
    setAside(own && given.data.steps.length ? choices.data ?? "" : "");
    turn(name ? { change: name, data: "", run: "", state: "" } : { change: "", data: JSON.stringify(nothing()), run: "", state: "" });
  };
  const run = () => {
    choose({ run: "yes" });
    ask(question);
  };
  return (
    <>
      <div class="choices">
        <label>Start from
          <select name="start" value={own ? "" : given.change} onChange={(event) => begin(event.currentTarget.value)}>
            <option value="">{own ? "a change of your own" : "nothing: a change of your own"}</option>
            {!own && !base && <option value={given.change}>{given.change}</option>}
            {shipped.map((one) => <option key={one.name} value={one.name}>{one.title}</option>)}
          </select>
        </label>
        {own && <button type="button" onClick={() => begin("")}>Empty it</button>}
        <DayField label="Day of the baseline" value={choices.day ?? ""} optional onDay={(day) => choose({ day, run: "" })} wrong={onDay ? `${onDay.error}; ${onDay.do}` : ""} hint="Left empty: the day before the first dated step." />
      </div>
      {aside && choices.data !== aside && <p role="status">Your own change was put aside. <button type="button" onClick={() => { choose({ change: "", data: aside, run: "" }); setAside(""); }}>Take it back</button></p>}
      <Refusal problem={changes.problem} />
      {!own && shipped.length > 0 && !base && <Refusal problem={new Error(`no change that ships is called ${given.change}; choose one above`)} />}
      {base && <p>{base.description}</p>}
      {base && base.sources.length > 0 && (
        <details class="behind"><summary>Sources of this change ({base.sources.length})</summary><ul class="summary">{base.sources.map((one) => <li key={one}>{one}</li>)}</ul></details>
      )}
      {base && base.not_expressed.length > 0 && (
        <details class="behind"><summary>What these steps do not express ({base.not_expressed.length})</summary><ul class="summary">{base.not_expressed.map((one) => <li key={one}>{one}</li>)}</ul></details>
      )}
      {written && <Steps written={written} errors={errors} onWritten={edit} />}
      <Loose errors={loose} />
      <ChangeFile text={checked.answer?.text ?? ""} onWritten={(next) => turn({ change: "", data: JSON.stringify(next), run: "" })} />
      <Constants choices={choices} onChoices={(patch) => choose({ ...patch, run: "" })} />
      <p class="actions">
        <button type="button" class="strong" onClick={run} disabled={running || (checked.answer !== null && !checked.answer.ok)} aria-describedby="to-mend">Ask the models</button>
        {running && <button type="button" onClick={stop}>Stop</button>}
        <button type="button" onClick={() => { setUnsaved(null); takeAway("change/file", "change.yml", given).catch(setUnsaved); }} disabled={Boolean(checked.answer && !checked.answer.ok)}>The change as YAML</button>
        {answer?.whole && <Downloads says="The answer as" forms={["json", "csv", "html", "pdf"]} path="assess/file" name="assess" body={JSON.parse(answer.question)} />}
        <ShareLink />
      </p>
      {errors.length > 0 && <p id="to-mend" class="wrong" role="status">Before the models can be asked: {[...new Set(errors.map((one) => (one.step === null ? "what is said above" : `step ${one.step + 1}`)))].join(", ")}.</p>}
      <Refusal problem={problem ?? unsaved ?? checked.problem} />
      {running && (
        <p role="status"><label>{progress ? `${progress.what}: ${progress.done} of ${progress.of}` : "asked"}
          <progress value={progress?.done ?? 0} max={progress?.of ?? 1} /></label></p>
      )}
      {answer && answer.question !== key && !running && <p class="quiet" role="status">The answer below is to the question before the last edit.</p>}
      {stopped && !running && <p role="status">The question was stopped. What you entered is kept.</p>}
      {answer && !answer.whole && !running && <p class="quiet" role="status">The answer below is not whole: the question was stopped or broke off.</p>}
      {answer && <Verdicts question={JSON.parse(answer.question)} counts={answer.counts} judged={answer.judged} whole={answer.whole} />}
    </>
  );
}

/** Mistakes that belong to no field of a step. */
function Loose(props: { errors: Mistake[] }) {
  if (!props.errors.length) return null;
  return <div class="refusal" role="alert">{props.errors.map((one) => <p key={one.error}><strong>{one.error}</strong>{one.do ? ` (${one.do})` : ""}</p>)}</div>;
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
  const [stopped, setStopped] = useState(false);
  const stop = () => {
    setStopped(true);
    given.current?.abort();
  };
  const ask = (question: Record<string, unknown>) => {
    given.current?.abort();
    setStopped(false);
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
  return { answer, progress, problem, running, stopped, ask, stop };
}
