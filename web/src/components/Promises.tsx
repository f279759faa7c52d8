// What the members of a founded organization promise: a kind of pledge a line, among all of them or among some.
import { namesIn, withField, withNames, type Step } from "../change";
import { NamesPick } from "./NamePick";
import { Wrong, type StepProps } from "./StepFields";
import { goOn } from "./focus";

export function Promises(props: StepProps) {
  const { step, known, names, errors, onStep } = props;
  const given = Array.isArray(step.pledges) ? (step.pledges as Step[]) : [];
  const put = (next: Step[]) => onStep(withField(step, "pledges", next));
  return (
    <fieldset class="wide inner"><legend>What its members promise</legend>
      {given.map((one, place) => {
        const wrong = errors.filter((each) => each.inside === place);
        const among = namesIn(one, "among").filter((name) => name !== "members");
        return (
          <div class="fields" key={place}>
            <label>Promise
              <select value={String(one.kind ?? "")} aria-invalid={wrong.length > 0} onChange={(event) => put(given.map((each, at) => (at === place ? { ...each, kind: event.currentTarget.value } : each)))}>
                <option value="">choose</option>
                {one.kind !== undefined && one.kind !== "" && !known.pledge_kinds.includes(String(one.kind)) && <option value={String(one.kind)}>{String(one.kind)}</option>}
                {known.pledge_kinds.map((kind) => <option key={kind} value={kind}>{kind}</option>)}
              </select></label>
            <div class="field wide"><span class="label">Among (all members, where nobody is named)</span>
              <NamesPick id={`${String(step.id)}-among-${place}`} name="among" label={`Promise ${place + 1}: among whom`} names={names.groups} values={among}
                onValues={(values) => put(given.map((each, at) => (at === place ? withNames(each, "among", values) : each)))} placeholder="all members" /></div>
            <button type="button" onClick={(event) => { goOn(event.currentTarget); put(given.filter((_, at) => at !== place)); }}>Take this promise out</button>
            <Wrong errors={wrong} />
          </div>
        );
      })}
      <button type="button" onClick={() => put([...given, { kind: "consultation" }])}>Add a promise</button>
    </fieldset>
  );
}
