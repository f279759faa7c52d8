// What went wrong, where, and what to do: the server's own words.
import { Refused } from "../api";

export function Refusal(props: { problem: unknown; onNear?: (name: string) => void }) {
  const { problem } = props;
  if (!problem) return null;
  const told = problem instanceof Refused ? problem.told : { error: String((problem as Error).message ?? problem) };
  const near = told.near ?? [];
  return (
    <div class="refusal" role="alert">
      <p><strong>{sentence(told.error)}</strong>{told.where ? ` (${told.where})` : ""}</p>
      {told.do && !(props.onNear && near.length > 0) && <p>{sentence(told.do)}</p>}
      {props.onNear && near.length > 0 && (
        <p>Near names: {near.map((name) => <button type="button" key={name} onClick={() => props.onNear!(name)}>{name}</button>)}</p>
      )}
    </div>
  );
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? "" : "."}`;
}
