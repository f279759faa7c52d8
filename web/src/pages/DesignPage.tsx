// Packages of steps that leave nobody worse off, or what forbids them all.
import { useEffect, useRef, useState } from "preact/hooks";
import { once, post, streamed, type Schemas } from "../api";
import { settingsText, type Settings, type Written } from "../change";
import { useAnswer } from "../components/asking";
import { ShareLink } from "../components/Downloads";
import { Packages, type Changes, type Design, type PackageChange } from "../components/Packages";
import { Refusal } from "../components/Refusal";
import { go, turn, useWhere, type Choices } from "../where";

interface Shipped {
  name: string;
  title: string;
  description: string;
  levers: number;
  text: string;
}
interface Found {
  answer: Design;
  changes: Changes;
  asked: string;
}
const MOST = 900_000;

export default function DesignPage() {
  const [where, choose] = useWhere();
  const { choices } = where;
  const listed = useAnswer("designs", () => once<{ designs: Shipped[] }>("designs"));
  const cases = listed.answer?.designs ?? [];
  const key = choices.case || "five-lands";
  const chosen = cases.find((one) => one.name === key);
  const own = choices.text || null; // a case of one's own travels in the address
  const body = own === null ? { case: key } : { text: own };
  const viewpoint = choices.viewpoint ?? "";
  const question = JSON.stringify([body, viewpoint]);
  const { found, problem, progress, ask, stop, stopped } = useSearch();
  const [draft, setDraft] = useState<string | null>(null);
  const [unread, setUnread] = useState<unknown>(null);
  useEffect(() => {
    if (choices.run === "yes") ask(body, viewpoint, question);
  }, []);
  const put = (text: string) => choose({ text: text === chosen?.text ? "" : text, run: "" });
  const search = () => {
    choose({ run: "yes" });
    ask(body, viewpoint, question);
  };
  const upload = async (file: File | undefined) => {
    if (!file) return;
    setUnread(null);
    if (file.size > MOST) return setUnread(new Error(`${file.name} has ${file.size.toLocaleString("en")} bytes, and at most ${MOST.toLocaleString("en")} are allowed here`));
    setDraft(null);
    put(await file.text());
  };
  return (
    <>
      <div class="choices">
        <label>Case<select name="case" value={key} onChange={(event) => { setDraft(null); turn({ case: event.currentTarget.value, text: "", run: "" }); }}>
          {!chosen && <option value={key}>{key}</option>}{cases.map((one) => <option key={one.name} value={one.name}>{one.title} ({one.levers} steps to choose from)</option>)}</select></label>
        <button type="button" class="strong" onClick={search} disabled={progress !== null}>Search</button>
        {progress && <button type="button" onClick={stop}>Stop</button>}
        <ShareLink />
      </div>
      <Refusal problem={listed.problem} />
      {cases.length > 0 && !chosen && own === null && <Refusal problem={new Error(`no case that ships is called ${key}; choose one above`)} />}
      {own !== null && <p role="status">The case has been changed here. <button type="button" onClick={() => { setDraft(null); turn({ text: "", run: "" }); }}>Back to the case that ships</button></p>}
      {chosen && own === null && <p>{chosen.description}</p>}
      <details class="behind" open={Boolean(problem) && own !== null}><summary>The case as a file, to read, to change or to upload</summary>
        <label>Case file (YAML)<textarea name="case-file" rows={18} spellcheck={false} value={draft ?? own ?? chosen?.text ?? ""} aria-invalid={Boolean(problem)} aria-describedby="design-told"
          onInput={(event) => setDraft(event.currentTarget.value)} onChange={(event) => { setDraft(null); put(event.currentTarget.value); }} /></label>
        <p class="under"><label>Or a file <input type="file" accept=".yml,.yaml" onChange={(event) => { void upload(event.currentTarget.files?.[0]); event.currentTarget.value = ""; }} /></label></p>
        <Refusal problem={unread} />
      </details>
      {progress && <p role="status"><label>{progress.what}: {progress.done} of {progress.of}<progress value={progress.done} max={Math.max(1, progress.of)} /></label></p>}
      {stopped && <p role="status">The search was stopped before it came to an end; nothing of it is kept.</p>}
      <div id="design-told"><Refusal problem={problem} /></div>
      {found && found.asked !== question && <p class="quiet" role="status">The packages below are of the case before the last edit.</p>}
      {found && <Packages answer={found.answer} changes={found.changes} body={JSON.parse(found.asked)[0]} viewpoint={viewpoint} onOpen={open} />}
    </>
  );
}

/** A package as a change, asked as the search asked: on its day, by its models, with its constants. */
async function open(one: PackageChange): Promise<void> {
  const read = await post<Schemas["Checked"]>("change/check", { text: one.text });
  const { schema: _, ...data } = read.data as unknown as Written & { schema?: string };
  const usual = (value: unknown, otherwise: unknown) => (value === otherwise ? "" : String(value));
  const choices: Choices = {
    data: JSON.stringify(data), day: one.on, models: one.models.join(), set: settingsText(one.settings as Settings), power: usual(one.power, "beckley_2018"), hostility: usual(one.hostility, "conflicts"),
    materiality: usual(one.materiality, 0.01), draws: usual(one.draws, 0), seed: usual(one.seed, 0), run: "yes",
  };
  go("change", choices);
}

interface Progress {
  what: string;
  done: number;
  of: number;
}

/** A search as it comes; given up when it is stopped or the page goes away. */
function useSearch() {
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [stopped, setStopped] = useState(false);
  const given = useRef<AbortController | null>(null);
  useEffect(() => () => given.current?.abort(), []);
  const ask = (body: unknown, viewpoint: string, asked: string) => {
    given.current?.abort();
    const mine = new AbortController();
    given.current = mine;
    setFound(null);
    setProblem(null);
    setStopped(false);
    setProgress({ what: "asked", done: 0, of: 1 });
    streamed("design", { viewpoint }, body, (event) => {
      if (event.event === "progress") setProgress(event as unknown as Progress);
      if (event.event === "done") setFound({ answer: event.answer as Design, changes: event.changes as Changes, asked });
    }, mine.signal).catch((wrong) => !mine.signal.aborted && setProblem(wrong)).finally(() => given.current === mine && setProgress(null));
  };
  const stop = () => {
    given.current?.abort();
    setStopped(true);
  };
  return { found, problem, progress, ask, stop, stopped };
}
