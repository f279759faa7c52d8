// An address as page and choices, and back.
export type Choices = Record<string, string>;
export interface Where {
  page: string;
  choices: Choices;
}
const LONG = 1500; // letters; longer choices stand behind the #, which no server sees and none cuts short

/** What stands before the # counts where both parts name a choice. */
export function read(path: string, search: string, behind = ""): Where {
  const choices: Choices = {};
  for (const part of [behind.replace(/^#/, ""), search]) for (const [name, value] of new URLSearchParams(part)) choices[name] = value;
  return { page: path.replace(/^\/+|\/+$/g, "") || "map", choices };
}

function written(choices: [string, string][]): string {
  return new URLSearchParams(choices).toString().replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%2F", "/");
}

/** Empty choices are left out, so that a plain question has a plain address. */
export function write(page: string, choices: Choices): string {
  const kept = Object.entries(choices).filter(([, value]) => value !== "");
  const [search, behind] = [written(kept.filter(([, value]) => value.length <= LONG)), written(kept.filter(([, value]) => value.length > LONG))];
  return `/${page}${search ? `?${search}` : ""}${behind ? `#${behind}` : ""}`;
}
