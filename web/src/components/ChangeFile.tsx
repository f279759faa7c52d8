// A change as a file: read here, pasted, or taken from this machine; YAML, or the same as JSON.
import { useState } from "preact/hooks";
import { post, type Mistake, type Schemas } from "../api";
import type { Written } from "../change";
import { Refusal } from "./Refusal";

const MOST = 900_000;

export function ChangeFile(props: { text: string; onWritten: (written: Written) => void }) {
  const [text, setText] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [errors, setErrors] = useState<Mistake[]>([]);
  const [said, setSaid] = useState("");
  const read = async (given: string) => {
    setProblem(null);
    setErrors([]);
    setSaid("");
    try {
      const found = await post<Schemas["Checked"]>("change/check", { text: given });
      const data = found.data as Written | null;
      const whole = data !== null && Array.isArray(data.steps) && typeof data.name === "string" && typeof data.title === "string";
      if (!whole || found.errors.some((one) => one.step === null && one.kind === "file")) return setErrors(found.errors);
      const { schema: _, ...rest } = data as Written & { schema?: string };
      props.onWritten(rest);
      setText(null);
      setSaid(`${data.steps.length} ${data.steps.length === 1 ? "step is" : "steps are"} read${found.ok ? "" : "; what is wrong with them stands at their fields"}.`);
    } catch (wrong) {
      setProblem(wrong);
    }
  };
  const upload = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > MOST) return setProblem(new Error(`${file.name} has ${file.size.toLocaleString("en")} bytes, and at most ${MOST.toLocaleString("en")} are allowed here`));
    const given = await file.text();
    setText(given);
    await read(given);
  };
  return (
    <details class="behind"><summary>The change as a file, to read, to paste or to upload</summary>
      <label>Change file (YAML, or JSON)
        <textarea name="change-file" rows={12} spellcheck={false} value={text ?? props.text} aria-invalid={errors.length > 0 || problem !== null} aria-describedby="change-file-told"
          onInput={(event) => setText(event.currentTarget.value)} /></label>
      <div id="change-file-told">
        <Refusal problem={problem} />
        {errors.length > 0 && <div class="refusal" role="alert">{errors.map((one) => <p key={one.error}><strong>{one.line ? `Line ${one.line}: ` : ""}{one.error}</strong>{one.do ? ` (${one.do})` : ""}</p>)}</div>}
        {said && <p role="status">{said}</p>}
      </div>
      <p class="under">
        <button type="button" disabled={text === null} onClick={() => void read(text ?? props.text)}>Read this text into the steps</button>
        {text !== null && <button type="button" onClick={() => { setText(null); setErrors([]); setProblem(null); }}>Leave the steps as they are</button>}
        <label>Or a file <input type="file" accept=".yml,.yaml,.json" onChange={(event) => { void upload(event.currentTarget.files?.[0]); event.currentTarget.value = ""; }} /></label>
      </p>
    </details>
  );
}
