// By whose viewpoint an answer is given: the server's own sentence, printed beside it and taken along in every file.
export function Viewed(props: { of: unknown }) {
  const says = (props.of as { viewpoint?: { says: string } | null } | null | undefined)?.viewpoint?.says;
  return says ? <p class="quiet viewed">{says}</p> : null;
}

/** The sentence that is printed nearest to a figure or a table; empty where there is none. */
export function viewedBeside(element: Element | null): string {
  for (let at = element; at; at = at.parentElement) {
    const found = at.querySelector(".viewed");
    if (found) return found.textContent ?? "";
  }
  return "";
}

/** What is said in a file, with the viewpoint last where it is not said already. */
export function withViewpoint(says: readonly string[], element: Element | null): string[] {
  const viewed = viewedBeside(element);
  return viewed && !says.some((one) => one.includes(viewed)) ? [...says, viewed] : [...says];
}
