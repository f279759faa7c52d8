// What a text changes when it takes effect: steps within a step, without a date of their own.
import { withField, type Step } from "../change";
import { StepFields, type StepProps } from "./StepFields";
import { goOn } from "./focus";

export function Effects(props: StepProps) {
  const { step, known, names, errors, onStep } = props;
  const given = Array.isArray(step.effects) ? (step.effects as Step[]) : [];
  const put = (next: Step[]) => onStep(withField(step, "effects", next));
  return (
    <fieldset class="wide inner"><legend>What it changes</legend>
      {given.map((one, place) => (
        <fieldset class="inner" key={place}><legend>Effect {place + 1}</legend>
          <StepFields step={one} known={known} names={names} inside errors={errors.filter((each) => each.inside === place).map((each) => ({ ...each, inside: null }))}
            onStep={(next) => put(given.map((each, at) => (at === place ? next : each)))} />
          <p class="under"><button type="button" onClick={(event) => { goOn(event.currentTarget, "fieldset"); put(given.filter((_, at) => at !== place)); }}>Take effect {place + 1} out</button></p>
        </fieldset>
      ))}
      <button type="button" onClick={() => put([...given, { do: "pledge" }])}>Add an effect</button>
    </fieldset>
  );
}
