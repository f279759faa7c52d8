// A number that is taken only where it is allowed; what was typed stays in the field with what is wrong with it.
import { useEffect, useId, useState } from "preact/hooks";

export interface Allowed {
  least?: number | null;
  leastAllowed?: boolean; // whether the least number itself is allowed
  most?: number | null;
  whole?: boolean;
}

/** Why a text is no number that is allowed; empty where it is one. */
export function refusal(text: string, allowed: Allowed): string {
  const number = Number(text.trim().replace(",", "."));
  if (text.trim() === "" || !Number.isFinite(number)) return `${text.trim() || "nothing"} is not a number`;
  if (allowed.whole && !Number.isInteger(number)) return `${text.trim()} is not a whole number`;
  const { least, most } = allowed;
  const below = least !== null && least !== undefined && (number < least || (number === least && allowed.leastAllowed === false));
  const above = most !== null && most !== undefined && number > most;
  if (!below && !above) return "";
  const from = least === null || least === undefined ? "" : allowed.leastAllowed === false ? `above ${least}` : `from ${least}`;
  const to = most === null || most === undefined ? "" : `up to ${most}`;
  return `${text.trim()} is not allowed: a ${allowed.whole ? "whole " : ""}number ${[from, to].filter(Boolean).join(" ")}`;
}

export function NumberField(props: Allowed & {
  label: string; name: string; value: number | null; onNumber: (value: number | null) => void; optional?: boolean; note?: string; changed?: string; wide?: boolean;
}) {
  const id = useId();
  const [text, setText] = useState<string | null>(null);
  const [wrong, setWrong] = useState("");
  useEffect(() => {
    setText(null);
    setWrong("");
  }, [props.value]);
  const put = (given: string) => {
    const empty = given.trim() === "" && props.optional;
    const refused = empty ? "" : refusal(given, props);
    setWrong(refused && `${refused}; ${props.value === null ? "none" : props.value} is kept`);
    if (refused) return;
    setText(null);
    const number = empty ? null : Number(given.trim().replace(",", "."));
    if (number !== props.value) props.onNumber(number);
  };
  const shown = text ?? (props.value === null ? "" : String(props.value));
  return (
    <div class={props.wide ? "field wide" : "field"}>
      <label for={id}>{props.label}{props.changed && <b> {props.changed}</b>}</label>
      <input id={id} name={props.name} inputMode="decimal" autocomplete="off" value={shown} placeholder={props.optional ? "none" : ""} aria-invalid={Boolean(wrong)} aria-describedby={`${id}-told`}
        onInput={(event) => setText(event.currentTarget.value)} onBlur={(event) => text !== null && put(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && put(event.currentTarget.value)} />
      <span id={`${id}-told`}>{wrong && <span class="wrong" role="alert">{wrong}</span>}{props.note && <span class="quiet">{props.note}</span>}</span>
    </div>
  );
}
