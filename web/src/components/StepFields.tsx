// The fields of one step, each of its own kind: names, numbers, dates, promises, and what a text changes.
import { useId, useState } from "preact/hooks";
import type { Mistake } from "../api";
import { AMOUNTS, amountOf, amountText, namesIn, SEVERAL, withField, withNames, type Step } from "../change";
import { Effects } from "./Effects";
import type { Named } from "./names";
import { NamePick, NamesPick } from "./NamePick";
import { Promises } from "./Promises";
import { asKind, called, DOING, fieldsOf, GIVEN, groupsOf, told, type Known } from "./step_words";

export interface Names {
  groups: Named[]; // states, and all members of an organization
  organizations: Named[];
  treaties: Named[];
  deployments: Named[];
}
export interface StepProps {
  step: Step;
  known: Known;
  names: Names;
  errors: Mistake[];
  inside?: boolean; // an effect of another step: without date and short name
  onStep: (step: Step) => void;
}

export function StepFields(props: StepProps) {
  const { step, known, errors } = props;
  const [picked, setPicked] = useState<Record<number, string>>({});
  const kind = known.kinds.find((one) => one.do === step.do);
  const fields = fieldsOf(kind, step, picked, props.inside ?? false);
  const placed = (field: string) => errors.filter((one) => one.field === field || (field === "who" && (one.field === "state" || one.field === "states")));
  const rest = errors.filter((one) => one.inside === null && one.field !== "do" && !fields.some((field) => placed(field).includes(one)));
  const kinds = known.kinds.filter((one) => !props.inside || one.do !== "enact");
  return (
    <>
      <div class="fields">
        <label>What happens
          <select name="do" value={String(step.do)} aria-invalid={placed("do").length > 0} onChange={(event) => {
            const next = known.kinds.find((one) => one.do === event.currentTarget.value);
            if (next) props.onStep(asKind(step, next));
          }}>
            {!kind && <option value={String(step.do)}>{String(step.do)}</option>}
            {[...kinds].sort((a, b) => (DOING[a.do] ?? a.do).localeCompare(DOING[b.do] ?? b.do)).map((one) => <option key={one.do} value={one.do}>{DOING[one.do] ?? one.do}</option>)}
          </select>
          <Wrong errors={placed("do")} />
        </label>
        {kind && groupsOf(kind).map((names, at) => names.length > 1 && (
          <label key={names.join()}>Given as
            <select value={names.find((one) => fields.includes(one))} onChange={(event) => {
              setPicked({ ...picked, [at]: event.currentTarget.value });
              props.onStep(names.reduce((left, one) => (one === "who" ? withNames(left, "who", []) : withField(left, one, undefined)), step));
            }}>{names.map((name) => <option key={name} value={name}>{GIVEN[name] ?? name}</option>)}</select>
          </label>
        ))}
        {fields.map((field) => <OneField key={field} {...props} field={field} errors={placed(field)} all={errors} needed={!(kind?.may ?? []).includes(field) } />)}
      </div>
      <Wrong errors={rest} />
    </>
  );
}

function OneField(props: StepProps & { field: string; needed: boolean; all: Mistake[] }) {
  const { field, step, errors, onStep } = props;
  const id = useId();
  const label = called(field, step);
  if (field === "effects") return <Effects {...props} errors={props.all} />;
  if (field === "pledges") return <Promises {...props} errors={props.all} />;
  if (field === "mutual") {
    return <label class="tick"><input type="checkbox" name="mutual" checked={step.mutual === true} onChange={(event) => onStep(withField(step, "mutual", event.currentTarget.checked || undefined))} /> {label}</label>;
  }
  const near = (name: string) => {
    const key = /\(([^()]+)\)$/.exec(name)?.[1] ?? name;
    if (SEVERAL.has(field)) onStep(withNames(step, field, namesIn(step, field).map((one) => (errors[0]!.error.includes(`'${one.replace(/^members of /, "")}'`) ? one.replace(one.replace(/^members of /, ""), key) : one))));
    else onStep(withField(step, field, key));
  };
  return (
    <div class={SEVERAL.has(field) || field === "basis" ? "field wide" : "field"}>
      <label for={id}>{label}{unitOf(props)}{props.needed ? "" : <span class="quiet"> (optional)</span>}</label>
      <Input {...props} id={id} wrong={errors.length > 0} />
      <Wrong id={`${id}-wrong`} errors={errors} onNear={near} />
    </div>
  );
}

function unitOf(props: { field: string; step: Step; known: Known }): string {
  const { field, step, known } = props;
  if (!(field === "value" || (field === "at_most" && !("host" in step)))) return field === "at_most" ? " (persons)" : "";
  const figure = known.figures.find((one) => one.name === step.figure);
  return figure ? ` (${figure.unit})` : "";
}

function Input(props: StepProps & { field: string; id: string; wrong: boolean }) {
  const { field, step, names, known, id, wrong, onStep } = props;
  const more = { id, wrong, name: field === "who" ? "state" : field, describedBy: wrong ? `${id}-wrong` : undefined };
  const set = (value: unknown) => onStep(withField(step, field, value));
  const text = String(step[field] ?? "");
  if (SEVERAL.has(field)) return <NamesPick {...more} names={names.groups} values={namesIn(step, field)} onValues={(values) => onStep(withNames(step, field, values))} placeholder="a state, or all members of an organization" />;
  if (field === "body" || (field === "organization" && step.do !== "found")) return <NamePick {...more} names={names.organizations} value={text} onValue={set} />;
  if (field === "treaty") return <NamePick {...more} names={names.treaties} value={text} onValue={set} />;
  if (field === "deployment" && step.do === "remove") return <NamePick {...more} names={names.deployments} value={text} onValue={set} />;
  if (field === "figure") return <Select {...more} value={text} choices={known.figures.map((one) => one.name)} onValue={set} />;
  if (field === "kind" && step.do !== "deploy") return <Select {...more} value={text} choices={known.pledge_kinds} onValue={set} />;
  if (AMOUNTS.has(field)) return <Plain {...more} value={amountText(step[field])} hint={field === "at_most" ? "a number" : "a number, or 1000 to 2000"} onText={(given) => set(amountOf(given))} />;
  const hints: Record<string, string> = { date: "2024-06-01, 2024-06 or 2024", rule: known.rules.join(", "), role: "member" };
  return <Plain {...more} value={text} hint={hints[field]} onText={(given) => set(given.trim())} />;
}

interface Field {
  id: string;
  name: string;
  value: string;
  wrong: boolean;
  describedBy?: string;
}

function Select(props: Field & { choices: string[]; onValue: (value: string) => void }) {
  const { value, choices } = props;
  return (
    <select id={props.id} name={props.name} value={value} aria-invalid={props.wrong} aria-describedby={props.describedBy} onChange={(event) => props.onValue(event.currentTarget.value)}>
      <option value="">choose</option>
      {value && !choices.includes(value) && <option value={value}>{value}</option>}
      {choices.map((one) => <option key={one} value={one}>{one.replaceAll("_", " ")}</option>)}
    </select>
  );
}

/** A line of text that is taken when one leaves it. */
export function Plain(props: Field & { hint?: string; onText: (text: string) => void }) {
  const [text, setText] = useState<string | null>(null);
  const put = () => {
    if (text !== null && text !== props.value) props.onText(text);
    setText(null);
  };
  return (
    <input id={props.id} name={props.name} value={text ?? props.value} placeholder={props.hint} autocomplete="off" aria-invalid={props.wrong} aria-describedby={props.describedBy}
      onInput={(event) => setText(event.currentTarget.value)} onBlur={put} onKeyDown={(event) => event.key === "Enter" && put()} />
  );
}

/** What is wrong with a field, with near names to take instead. */
export function Wrong(props: { errors: Mistake[]; id?: string; onNear?: (name: string) => void }) {
  if (!props.errors.length) return null;
  return (
    <span class="wrong" role="alert" id={props.id}>
      {props.errors.map((one) => (
        <span key={one.error}>{told(one.error, one.near.length && props.onNear ? "" : one.do)}
          {props.onNear && one.near.map((name) => <button type="button" key={name} onClick={() => props.onNear!(name)}>{name}</button>)} </span>
      ))}
    </span>
  );
}
