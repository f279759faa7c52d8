// What an assessment rests on: its day, its measures, the models that could not be run, and its sources by title.
import { useState } from "preact/hooks";
import { once, type Schemas } from "../api";
import { useAnswer } from "./asking";

type Whole = Schemas["Assessment"] & { not_run?: { model: string; why: string; do: string }[]; sources?: string[]; power?: string; hostility?: string; seed?: number | null };
interface Source {
  key: string;
  title: string;
  publisher: string | null;
  published: string | null;
  kind: string;
}

export function RestsOn(props: { whole: Schemas["Assessment"] }) {
  const whole = props.whole as Whole;
  const [open, setOpen] = useState(false);
  const known = useAnswer(open ? "sources" : null, () => once<{ rows: Source[] }>("list/sources")).answer?.rows ?? [];
  const titled = (key: string) => {
    const one = known.find((each) => each.key === key);
    return one ? [one.title, one.publisher, one.published, one.kind === "recalled" ? "recalled, not seen when it was written" : ""].filter(Boolean).join(", ") : key;
  };
  return (
    <details class="behind" onToggle={(event) => setOpen(event.currentTarget.open)}><summary>What this rests on ({whole.sources?.length ?? 0} sources)</summary>
      <p>Baseline {whole.on}; power by {whole.power}; hostility: {whole.hostility}; {whole.seed === null || whole.seed === undefined ? "nothing drawn" : `seed ${whole.seed}`}; indivisible {whole.version}.</p>
      <p class="digest">Record {whole.record}</p>
      {whole.not_run?.map((one) => <p key={one.model}>{one.model} was not run: {one.why}; {one.do.replace("name it with --models, or all", "tick it under models and constants")}.</p>)}
      <ul class="summary">{[...(whole.sources ?? [])].map((key) => ({ key, says: titled(key) })).sort((a, b) => a.says.localeCompare(b.says)).map((one) => <li key={one.key}>{one.says}</li>)}</ul>
    </details>
  );
}
