// A day as it is written everywhere here, 2024-06-01, whatever order the browser's own language puts days and months in.
import { useId, useState } from "preact/hooks";
import { isDay } from "../days";

export function DayField(props: { label: string; value: string; onDay: (day: string) => void; optional?: boolean; hint?: string; wrong?: string }) {
  const id = useId();
  const [text, setText] = useState<string | null>(null);
  const [refused, setRefused] = useState("");
  const told = refused || props.wrong || "";
  const put = (given: string) => {
    const day = given.trim();
    if (day === "" ? props.optional : isDay(day) && day >= "1945") {
      setText(null);
      setRefused("");
      if (day !== props.value) props.onDay(day);
    } else if (day === "" || day === props.value) {
      setText(null);
      setRefused("");
    } else setRefused(`${day} is not a day from 1945 on; write it as 2024-06-01`);
  };
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <input id={id} name="day" class="day" value={text ?? props.value} inputMode="numeric" placeholder="2024-06-01" autocomplete="off" size={11} aria-invalid={Boolean(told)}
        aria-describedby={told || props.hint ? `${id}-told` : undefined} onInput={(event) => setText(event.currentTarget.value)} onBlur={(event) => text !== null && put(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && put(event.currentTarget.value)} />
      {told ? <span class="wrong" role="alert" id={`${id}-told`}>{told}</span> : props.hint && <span class="quiet" id={`${id}-told`}>{props.hint}</span>}
    </div>
  );
}
