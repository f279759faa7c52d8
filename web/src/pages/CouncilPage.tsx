// A council's vote: votes are set by click, and what carries or defeats the proposal is seen at once.
import { useMemo } from "preact/hooks";
import { get, post, Refused, type Row, type Schemas } from "../api";
import { useAnswer } from "../components/asking";
import { CaseFacts, factMeant } from "../components/CaseFacts";
import { DayField } from "../components/DayField";
import { useStateNames } from "../components/names";
import { Outcome, type Decision } from "../components/Outcome";
import { PowerBars } from "../components/PowerBars";
import { Refusal } from "../components/Refusal";
import { cycleOf, factsOf, membersOf, sorted, votesOf, votesText, type Body, type Member } from "../council";
import { FALLBACK } from "../slide";
import { turn, useWhere } from "../where";

const said = (vote: string) => vote.replaceAll("_", " ");
const LETTERS: Record<string, string> = { y: "yes", n: "no", a: "abstain", u: "unknown" };

export default function CouncilPage() {
  const [where, choose] = useWhere();
  const { choices } = where;
  const day = choices.on || FALLBACK;
  const key = choices.body || "UNSC";
  const viewpoint = choices.viewpoint ?? "";
  const name = useStateNames();
  const bodies = useAnswer(`${day}|${viewpoint}`, (signal) => get<{ on: string; bodies: Body[] }>("bodies", { on: day, viewpoint }, signal), 200);
  const listed = useMemo(() => [...(bodies.answer?.bodies ?? [])].sort((a, b) => a.name.localeCompare(b.name)), [bodies.answer]);
  const body = listed.find((one) => one.key === key);
  const procedure = body?.procedures.find((one) => one.name === choices.procedure) ?? body?.procedures[0];
  const members = useMemo(() => membersOf(body), [body]);
  const [cast, left] = useMemo(() => sorted(votesOf(choices.votes ?? ""), members, procedure), [choices.votes, members, procedure]);
  const others = choices.others || "yes";
  const rest = procedure?.votes.includes(others) || others === "unknown" ? others : procedure?.votes.at(-1) ?? "yes";
  const facts = useMemo(() => factsOf(choices.facts ?? "", procedure?.facts ?? []), [choices.facts, procedure]);
  const asked = bodies.answer?.on === day && procedure && members.length > 0;
  const question: Row | null = asked ? { body: key, on: day, procedure: procedure.name, votes: cast, others: rest, facts } : null;
  const decided = useAnswer(question ? `${JSON.stringify(question)}|${viewpoint}` : null, (signal) => post<Decision>("decide", question, { viewpoint }, signal), 120);
  const problem = decided.problem instanceof Refused ? decided.problem : null;
  const atFact = problem && procedure && factMeant(problem, procedure.facts) ? problem : null;
  const putVotes = (votes: Record<string, string>) => choose({ votes: votesText(votes) });
  const setVote = (who: string, vote: string) => {
    const { [who]: _, ...next } = cast;
    putVotes(vote === rest ? next : { ...next, [who]: vote });
  };
  const cycle = cycleOf(procedure);
  return (
    <>
      <div class="choices">
        <DayField label="Day" value={day} onDay={(on) => choose({ on, known: "" })} />
        <label>Body
          <select name="body" value={key} onChange={(event) => turn({ body: event.currentTarget.value, procedure: "", votes: "", facts: "", others: "", known: "" })}>
            {!body && <option value={key}>{key}</option>}
            {listed.map((one) => <option key={one.key} value={one.key}>{one.name} ({one.key.replaceAll("_", " ")})</option>)}
          </select></label>
        {procedure && (
          <label>Procedure
            <select name="procedure" value={procedure.name} onChange={(event) => choose({ procedure: event.currentTarget.value, facts: "", known: "" })}>
              {body!.procedures.map((one) => <option key={one.name} value={one.name}>{one.title}</option>)}
            </select></label>
        )}
        {procedure && (
          <label>All others
            <select name="others" value={rest} onChange={(event) => {
              const next = event.currentTarget.value;
              choose({ others: next, votes: votesText(Object.fromEntries(Object.entries(cast).filter(([, vote]) => vote !== next))) });
            }}>
              {cycle.map((vote) => <option key={vote} value={vote}>{said(vote)}</option>)}
            </select></label>
        )}
      </div>
      <Known body={key} viewpoint={viewpoint} />
      <Refusal problem={bodies.problem} />
      {bodies.answer && !body && <Refusal problem={new Error(`no body whose rules are known is called ${key}; choose one above`)} />}
      {body && !members.length && <p>On {day} the record has no members of this body; choose another day.</p>}
      {members.length > 0 && !procedure && <p>On {day} no procedure of this body is known; choose another day.</p>}
      {procedure && choices.procedure && procedure.name !== choices.procedure && <p role="status">The procedure of the link ({choices.procedure}) did not hold on {day}: this is {procedure.title}.</p>}
      {members.length > 0 && left.length > 0 && <p role="status">Left out, for want of a seat on {day} or of such a vote under this procedure: {left.map(name).join(", ")}.</p>}
      {procedure && members.length > 0 && <p>{procedure.rule} <span class="quiet">({procedure.basis}; confidence {procedure.confidence})</span></p>}
      {procedure && members.length > 0 && procedure.facts.length > 0 && <CaseFacts every key={`${key}${procedure.name}`} facts={procedure.facts} given={facts} problem={atFact}
        onFacts={(next) => choose({ facts: Object.keys(next).length ? JSON.stringify(next) : "" })} />}
      {procedure && members.length > 0 && <Votes members={members} cast={cast} rest={rest} cycle={cycle} onVote={setVote} onNone={() => putVotes({})} />}
      {!atFact && <Refusal problem={decided.problem} />}
      {decided.answer && question && <Outcome decision={decided.answer} name={name} question={question} viewpoint={viewpoint} waiting={decided.waiting} />}
      {question && procedure && <PowerBars key={`${key}${procedure.name}`} title={`${body!.name}, ${procedure.title}, ${day}`} question={{ body: key, on: day, procedure: procedure.name, facts }} viewpoint={viewpoint} name={name} />}
    </>
  );
}

function Votes(props: { members: Member[]; cast: Record<string, string>; rest: string; cycle: string[]; onVote: (who: string, vote: string) => void; onNone: () => void }) {
  const { members, cast, rest, cycle, onVote } = props;
  const after = (vote: string) => cycle[(cycle.indexOf(vote) + 1) % cycle.length] ?? rest;
  const keys = (event: KeyboardEvent, who: string) => {
    const vote = LETTERS[event.key.toLowerCase()];
    if (!vote || !cycle.includes(vote) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onVote(who, vote);
  };
  return (
    <section aria-label="Votes">
      <h2>Votes</h2>
      <p class="quiet">Press a member to change its vote: {cycle.map(said).join(", then ")}. On the keyboard also by letter: {Object.entries(LETTERS).filter(([, vote]) => cycle.includes(vote)).map(([letter, vote]) => `${letter} ${said(vote)}`).join(", ")}.</p>
      <ul class="votes">
        {members.map((one) => {
          const vote = cast[one.key] ?? rest;
          return (
            <li key={one.key}><button type="button" data-member={one.key} class={`vote-${vote}`} title={one.why ? `whether it has a vote is not known: ${one.why}` : undefined} onClick={() => onVote(one.key, after(vote))}
              onKeyDown={(event) => keys(event, one.key)} aria-label={`${one.name}${one.why ? ", seat not known" : ""}: ${said(vote)}`}>
              {one.name}{one.why ? "?" : ""}: <b>{said(vote)}</b></button></li>
          );
        })}
      </ul>
      {Object.keys(cast).length > 0 && <p class="under"><button type="button" onClick={props.onNone}>All as the others ({said(rest)})</button></p>}
    </section>
  );
}

/** Votes that the body is known to have taken: opened as they were cast, to be changed. */
function Known(props: { body: string; viewpoint: string }) {
  const [where] = useWhere();
  const found = useAnswer(`${props.body}|${props.viewpoint}`, (signal) => get<Schemas["Decisions"]>("decisions", { body: props.body, viewpoint: props.viewpoint }, signal));
  const listed = found.answer?.body === props.body ? found.answer.decisions : [];
  if (!listed.length) return null;
  const one = listed.find((each) => each.case === where.choices.known);
  return (
    <div class="choices">
      <label>A vote that was taken
        <select name="known" value={one?.case ?? ""} onChange={(event) => {
          const next = listed.find((each) => each.case === event.currentTarget.value);
          if (next) turn({ known: next.case, on: next.on, procedure: next.procedure, votes: votesText(next.votes), others: next.others, facts: Object.keys(next.facts).length ? JSON.stringify(next.facts) : "" });
        }}>
          <option value="">choose one, to begin with the votes as they were cast</option>
          {listed.map((each) => <option key={each.case} value={each.case}>{each.on}: {each.title}</option>)}
        </select></label>
      {one && <p class="quiet">{one.title}, {one.on}: it was {one.outcome === "no_decision" ? "left without a decision" : one.outcome}. Source: {one.source}{one.recalled ? "; the votes were not looked up when the case was written: check them before use" : ""}.</p>}
    </div>
  );
}
