// Every constant of every model, what it means and where it comes from; what differs from the default is in the address.
import { once, type Schemas } from "../api";
import { settingsOf, settingsText, type Settings } from "../change";
import type { Choices } from "../where";
import { useAnswer } from "./asking";
import { NumberField } from "./NumberField";

type Model = Schemas["ModelShape"];
type Parameter = Schemas["Parameter"];

export function Constants(props: { choices: Choices; onChoices: (patch: Choices) => void }) {
  const { choices } = props;
  const models = useAnswer("models", () => once<Schemas["Models"]>("models")).answer?.models ?? [];
  const settings = settingsOf(choices.set ?? "");
  const usual = models.filter((one) => one.by_default).map((one) => one.model);
  const named = (choices.models ?? "").split(",").filter((one) => models.some((each) => each.model === one));
  const chosen = named.length ? named : usual;
  const put = (key: string, value: Settings[string] | undefined) => {
    const next = { ...settings };
    if (value === undefined) delete next[key];
    else next[key] = value;
    props.onChoices({ set: settingsText(next) });
  };
  const pick = (model: string, on: boolean) => {
    const next = models.map((one) => one.model).filter((one) => (one === model ? on : chosen.includes(one)));
    props.onChoices({ models: next.join() === usual.join() ? "" : next.join() });
  };
  const changed = Object.keys(settings).length;
  return (
    <details class="behind panel">
      <summary>Models and constants ({chosen.length} models{changed ? `, ${changed} constants changed` : ", all constants as published"})</summary>
      <div class="fields">
        <label>Power measured by
          <select value={choices.power || "beckley_2018"} onChange={(event) => props.onChoices({ power: event.currentTarget.value === "beckley_2018" ? "" : event.currentTarget.value })}>
            <option value="beckley_2018">GDP times GDP per head (Beckley 2018)</option><option value="cinc">CINC, where imported</option>
          </select>
        </label>
        <label>Who is hostile to whom
          <select value={choices.hostility || "conflicts"} onChange={(event) => props.onChoices({ hostility: event.currentTarget.value === "conflicts" ? "" : event.currentTarget.value })}>
            <option value="conflicts">conflicts of the record</option><option value="rivalries">rivalries, where imported</option>
            <option value="disputes">disputes, where imported</option><option value="none">none</option>
          </select>
        </label>
        <NumberField label="Smallest difference that counts, as a share" name="materiality" value={Number(choices.materiality || 0.01)} least={0} most={1}
          onNumber={(value) => props.onChoices({ materiality: value === null || value === 0.01 ? "" : String(value) })} note="0.01 is one per cent of the model's scale." />
        <NumberField label="Draws of constants and figures" name="draws" value={Number(choices.draws || 0)} least={0} most={2000} whole
          onNumber={(value) => props.onChoices({ draws: value ? String(value) : "" })} note="0: figures as they are, nothing is drawn." />
        <NumberField label="Seed of the draws" name="seed" value={Number(choices.seed || 0)} least={0} whole
          onNumber={(value) => props.onChoices({ seed: value ? String(value) : "" })} note="The same seed draws the same again." />
        <label><input type="checkbox" checked={choices.shares === "yes"} onChange={(event) => props.onChoices({ shares: event.currentTarget.checked ? "yes" : "" })} /> the share of each step</label>
      </div>
      {models.map((model) => (
        <section key={model.model} aria-label={model.model}>
          <h3><label><input type="checkbox" name={`model-${model.model}`} checked={chosen.includes(model.model)} disabled={chosen.length === 1 && chosen.includes(model.model)} onChange={(event) => pick(model.model, event.currentTarget.checked)} /> {model.model}</label></h3>
          <p class="quiet">{about(model)}</p>
          <div class="fields">
            {model.parameters.map((one) => <Constant key={one.key} parameter={one} value={settings[one.key]} onValue={(value) => put(one.key, value)} />)}
          </div>
        </section>
      ))}
      {changed > 0 && <p><button type="button" onClick={() => props.onChoices({ set: "" })}>All constants as published</button></p>}
    </details>
  );
}

function about(model: Model): string {
  return `${model.about} Scale: ${model.scale.replaceAll("_", " ")}.${model.needs.length ? ` Needs imported data: ${model.needs.join(", ")}.` : ""}`;
}

function Constant(props: { parameter: Parameter; value: Settings[string] | undefined; onValue: (value: Settings[string] | undefined) => void }) {
  const { parameter: one, value } = props;
  const now = value === undefined ? one.default : value;
  const range = one.low !== null && one.high !== null ? `, from ${one.low} to ${one.high} in the literature` : "";
  const set = (next: Settings[string]) => props.onValue(next === one.default ? undefined : next);
  const name = one.name.replaceAll("_", " ");
  const published = one.side_by_side ? "each beside the other" : one.default === null ? "none" : one.default === true ? "yes" : one.default === false ? "no" : String(one.default);
  const note = `Published: ${published}${range}. ${one.meaning} Source: ${one.source}.`;
  const changed = value === undefined ? "" : "changed";
  if (one.kind === "number") {
    return (
      <NumberField wide label={`${name}${one.unit ? ` (${one.unit})` : ""}`} name={one.key} value={typeof now === "number" ? now : null} least={one.least} leastAllowed={one.least_allowed} most={one.most}
        optional={one.optional} changed={changed} note={note} onNumber={(next) => (next === one.default ? props.onValue(undefined) : props.onValue(next))} />
    );
  }
  return (
    <label class="wide">
      {one.kind === "switch" && <input type="checkbox" name={one.key} checked={now === true} onChange={(event) => set(event.currentTarget.checked)} />} {name}{one.unit ? ` (${one.unit})` : ""}
      {changed && <b> {changed}</b>}
      {one.kind === "choice" && (
        <select name={one.key} value={value === undefined ? "" : String(value)} onChange={(event) => props.onValue(event.currentTarget.value || undefined)}>
          <option value="">{published.replaceAll("_", " ")}</option>
          {one.choices.filter((choice) => one.side_by_side || choice !== one.default).map((choice) => <option key={choice} value={choice}>{one.side_by_side ? `only ${choice}` : choice.replaceAll("_", " ")}</option>)}
        </select>
      )}
      <span class="quiet">{note}</span>
    </label>
  );
}
