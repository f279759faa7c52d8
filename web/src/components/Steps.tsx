// The steps of a change: added, moved, copied, taken out and put back, with each mistake at its field.
import { Component } from "preact";
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
  const acts = useRef<Acts>({} as Acts);
  acts.current = {
    put: (place, step) => put(steps.map((one, at) => (at === place ? step : one))), move, takeOut,
    copy: (place) => put([...steps.slice(0, place + 1), { ...steps[place]!, id: fresh() }, ...steps.slice(place + 1)]),
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
        <OneStep key={twice ? place : String(step.id)} step={step} place={place} last={place === steps.length - 1} known={known} names={names} errors={errors.filter((one) => one.step === place)} acts={acts} />
      ))}
      {gone && <p role="status">Step {gone.place + 1} is taken out. <button type="button" ref={back} onClick={() => put(gone.steps)}>Put it back</button></p>}
      {!steps.length && !gone && <p class="quiet">No step yet: this change leaves everything as it is.</p>}
      <p><button type="button" onClick={() => put([...steps, { id: fresh(), do: "accede" }])}>Add a step</button></p>
    </section>
  );
}

interface Acts {
  put: (place: number, step: Step) => void;
  move: (place: number, by: number) => void;
  copy: (place: number) => void;
  takeOut: (place: number) => void;
}
interface Shown {
  step: Step;
  place: number;
  last: boolean;
  known: Schemas["Steps"];
  names: Names;
  errors: Mistake[];
  acts: { current: Acts };
}

/** A step is drawn anew only when something of it has changed: a change may have a hundred. */
class OneStep extends Component<Shown> {
  shouldComponentUpdate(next: Shown): boolean {
    const now = this.props;
    if (next.place !== now.place || next.last !== now.last || next.known !== now.known || next.names !== now.names) return true;
    return JSON.stringify([next.step, next.errors]) !== JSON.stringify([now.step, now.errors]);
  }

  render() {
    const { step, place, last, known, names, errors, acts } = this.props;
    return (
      <fieldset>
        <legend>Step {place + 1}</legend>
        <StepFields step={step} known={known} names={names} errors={errors} onStep={(next) => acts.current.put(place, next)} />
        <p class="under">
          <button type="button" disabled={place === 0} aria-label={`Move step ${place + 1} up`} onClick={() => acts.current.move(place, -1)}>↑ Up</button>
          <button type="button" disabled={last} aria-label={`Move step ${place + 1} down`} onClick={() => acts.current.move(place, 1)}>↓ Down</button>
          <button type="button" aria-label={`Copy step ${place + 1}`} onClick={() => acts.current.copy(place)}>Copy</button>
          <button type="button" onClick={() => acts.current.takeOut(place)}>Take step {place + 1} out</button>
        </p>
      </fieldset>
    );
  }
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
