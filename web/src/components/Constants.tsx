// Every constant of every model, what it means and where it comes from; what differs from the default is in the address.
import { once, type Schemas } from "../api";
import { settingsOf, settingsText, type Settings } from "../change";
import type { Choices } from "../where";
import { useAnswer } from "./asking";

type Model = Schemas["ModelShape"];
type Parameter = Schemas["Parameter"];

export function Constants(props: { choices: Choices; onChoices: (patch: Choices) => void }) {
  const { choices } = props;
  const models = useAnswer("models", () => once<Schemas["Models"]>("models")).answer?.models ?? [];
  const settings = settingsOf(choices.set ?? "");
  const usual = models.filter((one) => one.by_default).map((one) => one.model);
  const chosen = choices.models ? choices.models.split(",") : usual;
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
        <label>Smallest difference that counts
          <input type="number" step="0.005" min="0" value={choices.materiality || "0.01"} onChange={(event) => props.onChoices({ materiality: event.currentTarget.value === "0.01" ? "" : event.currentTarget.value })} />
        </label>
        <label>Draws of constants and figures
          <input type="number" min="0" max="2000" step="10" value={choices.draws || "0"} onChange={(event) => props.onChoices({ draws: event.currentTarget.value === "0" ? "" : event.currentTarget.value })} />
        </label>
        <label>Seed of the draws
          <input type="number" min="0" step="1" value={choices.seed || "0"} onChange={(event) => props.onChoices({ seed: event.currentTarget.value === "0" ? "" : event.currentTarget.value })} />
        </label>
        <label><input type="checkbox" checked={choices.shares === "yes"} onChange={(event) => props.onChoices({ shares: event.currentTarget.checked ? "yes" : "" })} /> the share of each step</label>
      </div>
      {models.map((model) => (
        <section key={model.model} aria-label={model.model}>
          <h3><label><input type="checkbox" checked={chosen.includes(model.model)} onChange={(event) => pick(model.model, event.currentTarget.checked)} /> {model.model}</label></h3>
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
  return (
    <label class="wide">
      {one.kind === "switch" && <><input type="checkbox" name={one.key} checked={now === true} onChange={(event) => set(event.currentTarget.checked)} /> {name}</>}
      {one.kind !== "switch" && name}{one.unit ? ` (${one.unit})` : ""}{value !== undefined && <b> changed, published {String(one.default ?? "none")}</b>}
      {one.kind === "choice" && (
        <select name={one.key} value={String(now)} onChange={(event) => set(event.currentTarget.value)}>
          {(one.side_by_side || one.default === null) && !one.choices.includes(String(now)) && <option value={String(now)}>{one.side_by_side ? "each beside the other" : String(now)}</option>}
          {one.choices.map((choice) => <option key={choice} value={choice}>{choice}</option>)}
        </select>
      )}
      {one.kind === "number" && (
        <input type="number" name={one.key} step="any" min={one.least ?? undefined} max={one.most ?? undefined} value={now === null ? "" : String(now)} placeholder={one.optional ? "none" : ""}
          onChange={(event) => (event.currentTarget.value === "" ? props.onValue(one.optional && one.default !== null ? null : undefined) : set(Number(event.currentTarget.value)))} />
      )}
      <span class="quiet">{one.meaning}{range}. {one.source}.</span>
    </label>
  );
}
