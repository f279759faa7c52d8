// An address as page and choices, and back.
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
