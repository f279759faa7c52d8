// A field for a name of the record: names and aliases are offered while one types, by mouse or by arrow keys.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { keyOf, matching, type Named } from "./names";

const MOST = 10;

interface Pick {
  id: string;
  name: string; // of the input
  value: string;
  names: readonly Named[];
  onValue: (value: string) => void;
  wrong?: boolean;
  describedBy?: string;
  placeholder?: string;
  label?: string; // where no label points at the field
}

/** One name. What is no name of the record is kept as typed, so that it can be said what is wrong with it. */
export function NamePick(props: Pick) {
  const { names, value } = props;
  const list = useId();
  const shownAs = names.find((one) => one.key === value)?.name ?? value;
  const [text, setText] = useState<string | null>(null); // null: nothing is being typed
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const box = useRef<HTMLUListElement>(null);
  const found = open ? matching(names, text ?? "", MOST) : [];
  useEffect(() => box.current?.children[at]?.scrollIntoView({ block: "nearest" }), [at]);
  const close = () => {
    setOpen(false);
    setAt(-1);
  };
  const take = (given: string) => {
    setText(null);
    close();
    if (given !== value) props.onValue(given);
  };
  const leave = () => {
    if (text === null) return close();
    take(keyOf(names, text) ?? text.trim());
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return setOpen(true);
      const by = event.key === "ArrowDown" ? 1 : -1;
      setAt(found.length ? (at + by + found.length + (at < 0 && by < 0 ? 1 : 0)) % found.length : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (open && found[at]) take(found[at].key);
      else leave();
    } else if (event.key === "Escape" && (open || text !== null)) {
      event.preventDefault();
      setText(null);
      close();
    }
  };
  return (
    <div class="pick">
      <input id={props.id} name={props.name} value={text ?? shownAs} role="combobox" autocomplete="off" spellcheck={false} placeholder={props.placeholder} aria-label={props.label}
        aria-expanded={open && found.length > 0} aria-controls={open && found.length > 0 ? list : undefined} aria-autocomplete="list" aria-activedescendant={found[at] ? `${list}-${at}` : undefined}
        aria-invalid={props.wrong} aria-describedby={props.describedBy} onKeyDown={keys} onBlur={leave}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setOpen(true);
          setAt(-1);
        }} />
      {open && found.length > 0 && (
        <ul class="offers" role="listbox" id={list} ref={box} aria-label="Names of the record">
          {found.map((one, place) => (
            <li key={one.key} id={`${list}-${place}`} role="option" aria-selected={place === at} onMouseDown={(event) => { event.preventDefault(); take(one.key); }}>
              {one.name}{one.by && <i> {one.by}</i>}{one.key !== one.name && <span> {one.key}</span>}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Several names, each with a button that takes it out, and a field for the next. */
export function NamesPick(props: Omit<Pick, "value" | "onValue"> & { values: readonly string[]; onValues: (values: string[]) => void }) {
  const { values, names, onValues } = props;
  const called = (key: string) => names.find((one) => one.key === key)?.name ?? key;
  const add = (text: string) => {
    const more = text.split(/[,;]/).map((one) => keyOf(names, one) ?? one.trim()).filter((one) => one && !values.includes(one));
    if (more.length) onValues([...values, ...more]);
  };
  return (
    <div class="several">
      {values.map((one, place) => (
        <span class="chip" key={one}>{called(one)}
          <button type="button" aria-label={`Take ${called(one)} out`} onClick={(event) => {
            const field = event.currentTarget.closest(".several")?.querySelector("input");
            onValues(values.filter((_, at) => at !== place));
            field?.focus();
          }}>×</button></span>
      ))}
      <NamePick {...props} value="" onValue={add} placeholder={values.length ? "another" : props.placeholder ?? "type a name"} />
    </div>
  );
}
