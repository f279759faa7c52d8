// The address of the page holds the whole question: which page, and every choice made on it.
import { useCallback, useEffect, useState } from "preact/hooks";
import { read, write, type Choices, type Where } from "./written_address";

export { write };
export type { Choices, Where };

const listeners = new Set<(where: Where) => void>();
let now = read(location.pathname, location.search, location.hash);
let timer = 0;

function tell(): void {
  for (const one of listeners) one(now);
}

addEventListener("popstate", () => {
  now = read(location.pathname, location.search, location.hash);
  tell();
});

/** A new page is a new entry of the browser's history; another choice on the same page is not. */
export function go(page: string, choices: Choices): void {
  now = { page, choices };
  history.pushState(null, "", write(page, choices));
  tell();
  scrollTo(0, 0);
  document.getElementById("content")?.focus({ preventScroll: true });
}

export function choose(patch: Choices): void {
  now = { page: now.page, choices: { ...now.choices, ...patch } };
  clearTimeout(timer);
  timer = window.setTimeout(() => history.replaceState(null, "", write(now.page, now.choices)), 120);
  tell();
}

/** A choice that puts others aside: what was there before is an entry of the browser's history, one step back. */
export function turn(patch: Choices): void {
  clearTimeout(timer);
  history.replaceState(null, "", write(now.page, now.choices));
  now = { page: now.page, choices: { ...now.choices, ...patch } };
  history.pushState(null, "", write(now.page, now.choices));
  tell();
}

export function useWhere(): [Where, (patch: Choices) => void] {
  const [where, setWhere] = useState(now);
  useEffect(() => {
    listeners.add(setWhere);
    setWhere(now);
    return () => void listeners.delete(setWhere);
  }, []);
  return [where, useCallback(choose, [])];
}
