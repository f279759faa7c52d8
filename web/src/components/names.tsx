// Names of the record, for lists to choose from and for keys to be read as names.
import { useEffect, useMemo, useState } from "preact/hooks";
import { once } from "../api";

export interface Named {
  key: string;
  name: string;
  from?: string | null;
  to?: string | null;
  also?: string | null; // other names, parted by semicolons
}
export type NameKind = "states" | "organizations" | "treaties" | "texts" | "deployments";

export function useNames(what: NameKind): Named[] {
  const [rows, setRows] = useState<Named[]>([]);
  useEffect(() => {
    let here = true;
    once<{ rows: Named[] }>(`list/${what}`).then((found) => here && setRows(found.rows), () => undefined);
    return () => void (here = false);
  }, [what]);
  return rows;
}

/** A key as its name, for states; the key itself where the record has no name for it. */
export function useStateNames(): (key: string) => string {
  const rows = useNames("states");
  return useMemo(() => {
    const names = new Map(rows.map((one) => [one.key, one.name]));
    return (key: string) => names.get(key) ?? key;
  }, [rows]);
}

const plain = (text: string) => text.normalize("NFKD").replace(/\p{Diacritic}/gu, "").toLowerCase().trim();

function others(one: Named): string[] {
  return one.also ? one.also.split(";").map((each) => each.trim()) : [];
}

/** The key that a name, an alias or a key stands for, as it was typed in any case; null where there is none. */
export function keyOf(names: readonly Named[], text: string): string | null {
  const word = plain(text);
  if (!word) return null;
  const by = (test: (one: Named) => boolean) => names.find(test)?.key;
  return by((one) => plain(one.key) === word) ?? by((one) => plain(one.name) === word) ?? by((one) => others(one).some((each) => plain(each) === word)) ?? null;
}

export interface Match extends Named {
  by: string; // the alias by which it was found, empty for its own name
}

/** The names that may be meant by what was typed so far, the likeliest first. */
export function matching(names: readonly Named[], text: string, most: number): Match[] {
  const word = plain(text);
  const found: [number, Match][] = [];
  for (const one of names) {
    const own = plain(one.name);
    if (!word || plain(one.key) === word || own === word) found.push([0, { ...one, by: "" }]);
    else if (own.startsWith(word) || plain(one.key).startsWith(word)) found.push([1, { ...one, by: "" }]);
    else if (own.includes(` ${word}`)) found.push([2, { ...one, by: "" }]);
    else {
      const alias = others(one).find((each) => plain(each).startsWith(word)) ?? others(one).find((each) => plain(each).includes(word));
      if (alias) found.push([3, { ...one, by: alias }]);
      else if (own.includes(word)) found.push([4, { ...one, by: "" }]);
    }
  }
  return found.sort(([a, one], [b, other]) => a - b || one.name.localeCompare(other.name)).slice(0, most).map(([, one]) => one);
}

export function NameList(props: { id: string; names: Named[]; more?: string[] }) {
  return (
    <datalist id={props.id}>
      {props.more?.map((one) => <option key={one} value={one} />)}
      {props.names.map((one) => <option key={one.key} value={one.key}>{one.name}</option>)}
    </datalist>
  );
}
