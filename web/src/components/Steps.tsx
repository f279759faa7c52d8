// The steps of a change as fields, with the record's own names to choose from and each mistake at its field.
import { useEffect, useState } from "preact/hooks";
import { once, type Mistake, type Schemas } from "../api";
import { NESTED, PLURAL, typed, valueOf, withField, type Step, type Written } from "../change";
import { useAnswer } from "./asking";

type Kind = Schemas["StepKind"];
const LISTS: Record<string, string> = {
  state: "states", states: "states-and-members", members: "states-and-members", from: "states-and-members", to: "states-and-members", host: "states",
  organization: "organizations", body: "organizations", treaty: "treaties", deployment: "deployments",
};
const DOING: Record<string, string> = {
  accede: "joins an organisation", cap: "is limited", denounce: "denounces a treaty", deploy: "sends forces", dissolve: "an organisation ends",
  enact: "a text takes effect", found: "an organisation is founded", observe: "becomes an observer", pledge: "a pledge is made",
  ratify: "becomes party to a treaty", release: "a pledge ends", remove: "forces leave", set: "a figure changes",
  suspend: "is suspended", withdraw: "leaves an organisation",
};

export function Steps(props: { written: Written; errors: Mistake[]; onWritten: (written: Written) => void }) {
  const { written, errors } = props;
  const known = useAnswer("steps", () => once<Schemas["Steps"]>("steps")).answer;
  const put = (place: number, step: Step) => props.onWritten({ ...written, steps: written.steps.map((one, at) => (at === place ? step : one)) });
  const fresh = () => {
    const taken = new Set(written.steps.map((one) => String(one.id)));
    let number = written.steps.length + 1;
    while (taken.has(`step-${number}`)) number += 1;
    props.onWritten({ ...written, steps: [...written.steps, { id: `step-${number}`, do: "accede" }] });
  };
  if (!known) return <p role="status">One moment.</p>;
  return (
    <section aria-label="Steps of the change">
      <div class="fields">
        <label class="wide">Title<Field value={written.title} name="title" onValue={(text) => props.onWritten({ ...written, title: text || "My change" })} /></label>
      </div>
      <p />
      {written.steps.map((step, place) => (
        <OneStep key={`${place}-${String(step.id)}`} step={step} place={place} known={known} errors={errors.filter((one) => one.step === place)}
          onStep={(next) => put(place, next)} onGone={() => props.onWritten({ ...written, steps: written.steps.filter((_, at) => at !== place) })} />
      ))}
      <p><button type="button" onClick={fresh}>Add a step</button></p>
    </section>
  );
}

function OneStep(props: { step: Step; place: number; known: Schemas["Steps"]; errors: Mistake[]; onStep: (step: Step) => void; onGone: () => void }) {
  const { step, place, known, errors } = props;
  const kind = known.kinds.find((one) => one.do === step.do) as Kind | undefined;
  const [group, setGroup] = useState<Record<number, string>>({});
  const chosen = (kind?.one_of ?? []).map((names, at) => names.find((name) => name in step) ?? group[at] ?? names[0]!);
  const fields = [...(kind?.needs ?? []), ...chosen, ...(kind?.may ?? [])];
  const placed = (field: string) => errors.filter((one) => one.field === field);
  const rest = errors.filter((one) => !one.field || (!fields.includes(one.field) && one.field !== "do"));
  const set = (field: string, value: unknown) => props.onStep(withField(step, field, value));
  return (
    <fieldset>
      <legend>Step {place + 1}</legend>
      <div class="fields">
        <label>What happens
          <select value={String(step.do)} onChange={(event) => props.onStep({ id: step.id, do: event.currentTarget.value, ...(step.state ? { state: step.state } : {}), ...(step.date ? { date: step.date } : {}) })}>
            {known.kinds.map((one) => <option key={one.do} value={one.do}>{one.do}: {DOING[one.do] ?? ""}</option>)}
          </select>
          <Wrong errors={placed("do")} onNear={(name) => set("do", name)} />
        </label>
        {(kind?.one_of ?? []).map((names, at) => names.length > 1 && (
          <label key={names.join()}>Given as
            <select value={chosen[at]} onChange={(event) => {
              const next = event.currentTarget.value;
              setGroup({ ...group, [at]: next });
              props.onStep(Object.fromEntries(Object.entries(step).filter(([name]) => !names.includes(name))));
            }}>{names.map((name) => <option key={name} value={name}>{name}</option>)}</select>
          </label>
        ))}
        {fields.map((field) => (
          <label key={field} class={NESTED.has(field) || PLURAL.has(field) || field === "basis" ? "wide" : ""}>
            {field.replaceAll("_", " ")}{kind?.may.includes(field) ? " (may be left out)" : ""}{PLURAL.has(field) ? ", with commas" : ""}
            <Value field={field} step={step} pledges={known.pledge_kinds} wrong={placed(field).length > 0} label={`Step ${place + 1}, ${field}`} onValue={(value) => set(field, value)} />
            <Wrong errors={placed(field)} onNear={(name) => set(field, PLURAL.has(field) ? valueOf(field, replaced(typed(step[field]), placed(field)[0]!, name)) : name)} />
          </label>
        ))}
      </div>
      <Wrong errors={rest} />
      <p class="under"><button type="button" onClick={props.onGone}>Take step {place + 1} out</button></p>
    </fieldset>
  );
}

function replaced(text: string, mistake: Mistake, name: string): string {
  const wrong = /'([^']+)'/.exec(mistake.error)?.[1];
  return wrong ? text.replace(wrong, name) : name;
}

function Value(props: { field: string; step: Step; pledges: string[]; wrong: boolean; label: string; onValue: (value: unknown) => void }) {
  const { field, step } = props;
  const now = typed(step[field]);
  if (field === "mutual") return <input type="checkbox" checked={now === "true"} onChange={(event) => props.onValue(event.currentTarget.checked ? true : undefined)} />;
  if (field === "kind" && (step.do === "pledge" || step.do === "release")) {
    return (
      <select value={now} aria-invalid={props.wrong} onChange={(event) => props.onValue(event.currentTarget.value || undefined)}>
        <option value="">choose</option>
        {props.pledges.map((one) => <option key={one} value={one}>{one}</option>)}
      </select>
    );
  }
  const put = (text: string) => props.onValue(valueOf(field, text));
  if (NESTED.has(field)) return <textarea value={now} aria-label={props.label} aria-invalid={props.wrong} spellcheck={false} onChange={(event) => put(event.currentTarget.value)} />;
  return <Field value={now} name={field} list={LISTS[field]} wrong={props.wrong} onValue={put} />;
}

function Field(props: { value: string; name: string; list?: string; wrong?: boolean; onValue: (text: string) => void }) {
  const [text, setText] = useState(props.value);
  useEffect(() => setText(props.value), [props.value]);
  return <input name={props.name} list={props.list} value={text} aria-invalid={props.wrong} autocomplete="off" onInput={(event) => setText(event.currentTarget.value)}
    onChange={(event) => props.onValue(event.currentTarget.value)} placeholder={props.name === "date" ? "2024-06-01" : undefined} />;
}

/** What is wrong with a field, with near names to take instead. */
function Wrong(props: { errors: Mistake[]; onNear?: (name: string) => void }) {
  return (
    <>
      {props.errors.map((one) => (
        <span class="wrong" role="alert" key={one.error}>{one.error}{one.do ? `; ${one.do}` : ""}
          {props.onNear && one.near.map((name) => {
            const key = /^[^\s(]+/.exec(name)?.[0] ?? name;
            return <button type="button" key={name} onClick={(event) => { event.preventDefault(); props.onNear!(key); }}>{name}</button>;
          })}
        </span>
      ))}
    </>
  );
}
