// The address of the page holds the whole question: which page, and every choice made on it.
import { useCallback, useEffect, useState } from "preact/hooks";

export type Choices = Record<string, string>;
export interface Where {
  page: string;
  choices: Choices;
}

export function read(path: string, search: string): Where {
  const choices: Choices = {};
  for (const [name, value] of new URLSearchParams(search)) choices[name] = value;
  return { page: path.replace(/^\/+|\/+$/g, "") || "map", choices };
}

/** Empty choices are left out, so that a plain question has a plain address. */
export function write(page: string, choices: Choices): string {
  const kept = Object.entries(choices).filter(([, value]) => value !== "");
  const text = new URLSearchParams(kept).toString().replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%2F", "/");
  return `/${page}${text ? `?${text}` : ""}`;
}

const listeners = new Set<(where: Where) => void>();
let now = read(location.pathname, location.search);
let timer = 0;

function tell(): void {
  for (const one of listeners) one(now);
}

addEventListener("popstate", () => {
  now = read(location.pathname, location.search);
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

export function useWhere(): [Where, (patch: Choices) => void] {
  const [where, setWhere] = useState(now);
  useEffect(() => {
    listeners.add(setWhere);
    setWhere(now);
    return () => void listeners.delete(setWhere);
  }, []);
  return [where, useCallback(choose, [])];
}
