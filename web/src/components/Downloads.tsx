// Files of an answer, made by the server when they are asked for, and the link that asks the same again.
import { useState } from "preact/hooks";
import { takeAway } from "../api";
import { Refusal } from "./Refusal";

/** A button a form. A file that cannot be made says why in place of the file. */
export function Downloads(props: { says: string; forms: readonly string[]; path: string; name: string; body: unknown; viewpoint?: string }) {
  const [busy, setBusy] = useState("");
  const [problem, setProblem] = useState<unknown>(null);
  const take = (form: string) => {
    setBusy(form);
    setProblem(null);
    takeAway(props.path, `${props.name}.${form}`, props.body, { form, viewpoint: props.viewpoint }).catch(setProblem).finally(() => setBusy(""));
  };
  return (
    <>
      {props.forms.map((form) => (
        <button type="button" key={form} disabled={busy === form} onClick={() => take(form)}>{props.says} {form.toUpperCase()}{busy === form ? " ..." : ""}</button>
      ))}
      <Refusal problem={problem} />
    </>
  );
}

export function ShareLink() {
  const [said, setSaid] = useState("");
  const copy = () => {
    const write = async () => (navigator.clipboard as Clipboard | undefined)?.writeText(location.href) ?? Promise.reject(new Error("no clipboard on this address"));
    setTimeout(() => void write().then(() => setSaid("The link is copied"), () => setSaid("Copy it from the address bar")), 150); // the address is written with a little delay
    setTimeout(() => setSaid(""), 4000);
  };
  return <button type="button" onClick={copy} aria-live="polite">{said || "Copy the link to this question"}</button>;
}
