// Asking the server: one function for each way of asking, and a mistake as an object that can be shown in its place.
import type { components } from "./api_types";

export type Schemas = components["schemas"];
export type Day = Schemas["Day"];
export type Layer = Schemas["Layer"];
export type Shaded = Schemas["ShadedState"];
export type Mistake = Schemas["Mistake"];
export type Row = Record<string, unknown>;

export class Refused extends Error {
  constructor(
    readonly told: { error: string; where?: string; do?: string; kind?: string; near?: string[] },
    readonly status: number,
  ) {
    super(told.error);
  }
}

export type Query = Record<string, string | number | boolean | string[] | undefined>;

export function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) for (const one of value) search.append(name, one);
    else if (value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `/api/${path}?${text}` : `/api/${path}`;
}

async function checked(response: Response): Promise<Response> {
  if (response.ok) return response;
  let told = { error: `the server answered ${response.status}` };
  try {
    told = await response.json();
  } catch {
    // what came was no JSON: the status has to do
  }
  throw new Refused(told, response.status);
}

const UNREACHED = { error: "the server does not answer", do: "what you entered is kept: see whether `indivisible serve` still runs, and ask again" };

const BROKEN_OFF = { error: "the answer broke off before it was whole", do: "what you entered is kept: see whether `indivisible serve` still runs, and ask again" };

async function fetched(path: string, init?: RequestInit): Promise<Response> {
  try {
    return await checked(await fetch(path, init));
  } catch (problem) {
    if (problem instanceof Refused || (problem as Error).name === "AbortError") throw problem;
    throw new Refused(UNREACHED, 0);
  }
}

export async function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return (await fetched(address(path, query), { signal })).json();
}

function sent(body: unknown, signal?: AbortSignal): RequestInit {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal };
}

export async function post<T>(path: string, body: unknown, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return (await fetched(address(path, query), sent(body, signal))).json();
}

export type Event = { event: string } & Row;

/** Lines of JSON as they come. The last is `done`; an `error` line is thrown. */
export async function streamed(
  path: string, query: Query, body: unknown | undefined, each: (event: Event) => void, signal: AbortSignal,
): Promise<void> {
  const response = await fetched(address(path, query), body === undefined ? { signal } : sent(body, signal));
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let ended = false;
  const take = (line: string) => {
    if (!line.trim()) return;
    const event = JSON.parse(line) as Event;
    if (event.event === "error") throw new Refused(event as unknown as Refused["told"], Number(event.status ?? 500));
    ended ||= event.event === "done";
    each(event);
  };
  for (;;) {
    const { done, value } = await reader.read().catch((problem: unknown) => {
      if (signal.aborted) throw problem;
      throw new Refused(BROKEN_OFF, 0);
    });
    rest += value ?? "";
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(take);
    if (done) break;
  }
  take(rest);
  if (!ended) throw new Refused(BROKEN_OFF, 0);
}

/** A file made by the server, saved by the browser. */
export async function takeAway(path: string, name: string, body?: unknown, query: Query = {}): Promise<void> {
  const response = await fetched(address(path, query), body === undefined ? undefined : sent(body));
  const given = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
  save(await response.blob(), given ?? name);
}

export function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const kept = new Map<string, Promise<unknown>>();
/** What does not change while the page is open is asked for once. */
export function once<T>(path: string, query: Query = {}): Promise<T> {
  const key = address(path, query);
  let found = kept.get(key);
  if (!found) {
    found = get<T>(path, query);
    found.catch(() => kept.delete(key));
    kept.set(key, found);
  }
  return found as Promise<T>;
}
