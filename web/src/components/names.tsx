// Names of the record, for lists to choose from and for keys to be read as names.
import { useEffect, useMemo, useState } from "preact/hooks";
import { once } from "../api";

export interface Named {
  key: string;
  name: string;
  from?: string | null;
  to?: string | null;
}

export function useNames(what: "states" | "organizations" | "treaties" | "texts" | "deployments"): Named[] {
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

export function NameList(props: { id: string; names: Named[]; more?: string[] }) {
  return (
    <datalist id={props.id}>
      {props.more?.map((one) => <option key={one} value={one} />)}
      {props.names.map((one) => <option key={one.key} value={one.key}>{one.name}</option>)}
    </datalist>
  );
}
