// One cell of a table that is filled in: a choice where there are choices, a line of text otherwise.
import { useState } from "preact/hooks";
import type { Fact } from "./CaseFacts";

export function Cell(props: { fact: Fact; label: string; value: string; wrong?: boolean; describedBy?: string; id?: string; onText: (text: string) => void }) {
  const { fact, value } = props;
  const [text, setText] = useState<string | null>(null);
  const choices = fact.type === "yes or no" ? ["yes", "no"] : fact.choices;
  const more = { id: props.id, name: fact.name, "aria-label": props.id ? undefined : props.label, "aria-invalid": props.wrong ?? false, "aria-describedby": props.describedBy };
  if (choices.length > 0) {
    return (
      <select {...more} value={value} onChange={(event) => props.onText(event.currentTarget.value)}>
        <option value="">not given</option>
        {value && !choices.includes(value) && <option value={value}>{value}</option>}
        {choices.map((one) => <option key={one} value={one}>{one.replaceAll("_", " ")}</option>)}
      </select>
    );
  }
  const hints: Record<string, string> = { day: "1999-07-01", name: "state", names: "names with commas" };
  const put = () => {
    if (text !== null && text.trim() !== value) props.onText(text.trim());
    setText(null);
  };
  return <input {...more} value={text ?? value} size={fact.type === "number" ? 9 : 12} placeholder={hints[fact.type]} autocomplete="off" list={fact.type.startsWith("name") ? "states" : undefined}
    onInput={(event) => setText(event.currentTarget.value)} onBlur={put} onKeyDown={(event) => event.key === "Enter" && put()} />;
}
