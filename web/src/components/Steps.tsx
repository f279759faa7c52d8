// The steps of a change: added, moved, copied, taken out and put back, with each mistake at its field.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { once, type Mistake, type Schemas } from "../api";
import type { Step, Written } from "../change";
import { useAnswer } from "./asking";
import { useNames } from "./names";
import { Plain, StepFields, Wrong, type Names } from "./StepFields";

export function Steps(props: { written: Written; errors: Mistake[]; onWritten: (written: Written) => void }) {
  const { written, errors, onWritten } = props;
  const { steps } = written;
  const known = useAnswer("steps", () => once<Schemas["Steps"]>("steps")).answer;
  const names = useStepNames();
  const [gone, setGone] = useState<{ steps: Step[]; place: number } | null>(null);
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (gone) back.current?.focus();
  }, [gone]);
  const put = (next: Step[]) => {
    setGone(null);
    onWritten({ ...written, steps: next });
  };
  const fresh = () => {
    const taken = new Set(steps.map((one) => String(one.id)));
    let number = steps.length + 1;
    while (taken.has(`step-${number}`)) number += 1;
    return `step-${number}`;
  };
  const takeOut = (place: number) => {
    onWritten({ ...written, steps: steps.filter((_, at) => at !== place) });
    setGone({ steps, place });
  };
  const move = (place: number, by: number) => {
    const next = [...steps];
    [next[place], next[place + by]] = [next[place + by]!, next[place]!];
    put(next);
  };
  const twice = new Set(steps.map((one) => one.id)).size < steps.length;
  if (!known) return <p role="status">One moment.</p>;
  const titled = errors.filter((one) => one.step === null && one.field === "title");
  return (
    <section aria-label="Steps of the change">
      <div class="fields top-field">
        <label class="wide">Title
          <Plain id="title" name="title" value={written.title} wrong={titled.length > 0} onText={(text) => onWritten({ ...written, title: text.trim() || "My change" })} /></label>
        <Wrong errors={titled} />
      </div>
      {steps.map((step, place) => (
        <fieldset key={twice ? place : String(step.id)}>
          <legend>Step {place + 1}</legend>
          <StepFields step={step} known={known} names={names} errors={errors.filter((one) => one.step === place)} onStep={(next) => put(steps.map((one, at) => (at === place ? next : one)))} />
          <p class="under">
            <button type="button" disabled={place === 0} aria-label={`Move step ${place + 1} up`} onClick={() => move(place, -1)}>↑ Up</button>
            <button type="button" disabled={place === steps.length - 1} aria-label={`Move step ${place + 1} down`} onClick={() => move(place, 1)}>↓ Down</button>
            <button type="button" aria-label={`Copy step ${place + 1}`} onClick={() => put([...steps.slice(0, place + 1), { ...step, id: fresh() }, ...steps.slice(place + 1)])}>Copy</button>
            <button type="button" onClick={() => takeOut(place)}>Take step {place + 1} out</button>
          </p>
        </fieldset>
      ))}
      {gone && <p role="status">Step {gone.place + 1} is taken out. <button type="button" ref={back} onClick={() => put(gone.steps)}>Put it back</button></p>}
      {!steps.length && !gone && <p class="quiet">No step yet: this change leaves everything as it is.</p>}
      <p><button type="button" onClick={() => put([...steps, { id: fresh(), do: "accede" }])}>Add a step</button></p>
    </section>
  );
}

function useStepNames(): Names {
  const [states, organizations] = [useNames("states"), useNames("organizations")];
  const [treaties, texts, deployments] = [useNames("treaties"), useNames("texts"), useNames("deployments")];
  return useMemo(() => {
    const members = organizations.map((one) => ({
      key: `members of ${one.key}`, name: `members of ${one.name}`, also: one.also?.split(";").map((each) => `members of ${each.trim()}`).join("; "),
    }));
    return { groups: [...states, ...members], organizations, treaties: [...treaties, ...texts], deployments };
  }, [states, organizations, treaties, texts, deployments]);
}
