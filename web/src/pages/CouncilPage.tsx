// A council's vote: votes are set by click, and what carries or defeats the proposal is seen at once.
import { useMemo } from "preact/hooks";
import { get, post, takeAway, type Row, type Schemas } from "../api";
import { useAnswer } from "../components/asking";
import { useStateNames } from "../components/names";
import { Refusal } from "../components/Refusal";
import { Table, figure, type Column } from "../components/Table";
import { FALLBACK, useRested } from "../slide";
import { useWhere } from "../where";

interface Fact {
  name: string;
  type: string;
  meaning: string;
  choices: string[];
}
interface Procedure {
  name: string;
  title: string;
  rule: string;
  basis: string;
  votes: string[];
  facts: Fact[];
  confidence: string;
  without: string | null;
}
interface Body {
  key: string;
  name: string;
  members: { sure: { key: string; name: string }[]; unsure: { key: string; name: string }[] } | null;
  procedures: Procedure[];
}
type Decision = Schemas["Decide"] & {
  rule: string; defeated_by: string | null; flips: string[][] | null; flips_proven: boolean | null; counts: Record<string, number>;
  votes: Record<string, string>; follows: string | null; notes: string[]; unsure: string[]; confidence: string;
  steps: { rule: string; article: string; found: string; passed: boolean | null }[];
};
const OUTCOMES: Record<string, string> = { adopted: "Adopted", rejected: "Rejected", no_decision: "No decision is taken" };
const MOST_NAMED = 8;

export default function CouncilPage() {
  const [where, choose] = useWhere();
  const { choices } = where;
  const day = choices.on || FALLBACK;
  const key = choices.body || "UNSC";
  const name = useStateNames();
  const bodies = useAnswer(day, (signal) => get<{ bodies: Body[] }>("bodies", { on: day }, signal), 200);
  const body = bodies.answer?.bodies.find((one) => one.key === key);
  const procedure = body?.procedures.find((one) => one.name === choices.procedure) ?? body?.procedures[0];
  const votes = useMemo(() => votesOf(choices.votes ?? ""), [choices.votes]);
  const others = choices.others ?? "yes";
  const rest = procedure?.votes.includes(others) || others === "unknown" ? others : procedure?.votes.at(-1) ?? "yes";
  const facts = useMemo(() => factsOf(choices.facts ?? "", procedure?.facts ?? []), [choices.facts, procedure]);
  const members = [...(body?.members?.sure ?? []), ...(body?.members?.unsure ?? [])];
  const cast = Object.fromEntries(Object.entries(votes).filter(([who, vote]) => members.some((one) => one.key === who) && (vote === "unknown" || procedure?.votes.includes(vote))));
  const question = procedure && body?.members ? { body: key, on: day, procedure: procedure.name, votes: cast, others: rest, facts } : null;
  const decided = useAnswer(question ? JSON.stringify(question) : null, (signal) => post<Decision>("decide", question, {}, signal), 120);
  const setVote = (who: string, vote: string) => {
    const next = { ...cast };
    if (vote === rest) delete next[who];
    else next[who] = vote;
    choose({ votes: Object.entries(next).map(([one, said]) => `${one}=${said}`).join(";") });
  };
  const strongest = procedure ? [procedure.votes.at(-1)!, procedure.votes[0]!] : []; // one press leads from most for to most against
  const cycle = procedure ? [...new Set([...strongest, ...procedure.votes, "unknown"])] : [];
  const after = (vote: string) => cycle[(cycle.indexOf(vote) + 1) % cycle.length] ?? "yes";
  return (
    <>
      <div class="choices">
        <label>Day<input type="date" value={day} min="1945-01-01" onChange={(event) => event.currentTarget.value && choose({ on: event.currentTarget.value })} /></label>
        <label>Body
          <select value={key} onChange={(event) => choose({ body: event.currentTarget.value, procedure: "", votes: "", facts: "", others: "" })}>
            {!body && <option value={key}>{key}</option>}
            {bodies.answer?.bodies.map((one) => <option key={one.key} value={one.key}>{one.name}</option>)}
          </select></label>
        {procedure && (
          <label>Procedure
            <select value={procedure.name} onChange={(event) => choose({ procedure: event.currentTarget.value, facts: "" })}>
              {body!.procedures.map((one) => <option key={one.name} value={one.name}>{one.title}</option>)}
            </select></label>
        )}
        {procedure && (
          <label>All others
            <select value={rest} onChange={(event) => choose({ others: event.currentTarget.value, votes: "" })}>
              {cycle.map((vote) => <option key={vote} value={vote}>{vote.replaceAll("_", " ")}</option>)}
            </select></label>
        )}
      </div>
      <Refusal problem={bodies.problem} />
      {body && !body.members && <p>On {day} the record has no members of this body; choose another day.</p>}
      {procedure && <p>{procedure.rule} <span class="quiet">({procedure.basis}; confidence {procedure.confidence})</span></p>}
      {procedure && procedure.facts.length > 0 && <Facts facts={procedure.facts} text={choices.facts ?? ""} onText={(text) => choose({ facts: text })} />}
      {procedure && members.length > 0 && (
        <section aria-label="Votes">
          <h2>Votes</h2>
          <p class="quiet">Press a member to change its vote: {cycle.map((one) => one.replaceAll("_", " ")).join(", then ")}.</p>
          <ul class="votes">
            {members.map((one) => {
              const vote = cast[one.key] ?? rest;
              return (
                <li key={one.key}><button type="button" data-member={one.key} class={`vote-${vote}`} onClick={() => setVote(one.key, after(vote))} aria-label={`${one.name}: ${vote.replaceAll("_", " ")}`}>
                  {one.name}: <b>{vote.replaceAll("_", " ")}</b></button></li>
              );
            })}
          </ul>
        </section>
      )}
      <Refusal problem={decided.problem} />
      {decided.answer && <Outcome decision={decided.answer} name={name} question={question!} />}
      {procedure && body?.members && <Power key={`${key}${procedure.name}`} body={key} on={day} procedure={procedure.name} facts={facts} name={name} />}
    </>
  );
}

function votesOf(text: string): Record<string, string> {
  return Object.fromEntries(text.split(";").filter((one) => one.includes("=")).map((one) => one.split("=") as [string, string]));
}

function factsOf(text: string, known: readonly Fact[]): Row {
  const found: Row = {};
  for (const [name, value] of Object.entries(votesOf(text))) {
    const fact = known.find((one) => one.name === name);
    if (!fact || value === "") continue;
    if (fact.type === "names") found[name] = value === "nobody" ? [] : value.split(",").map((one) => one.trim()).filter(Boolean);
    else if (fact.type === "number") found[name] = Number(value);
    else if (fact.type === "yes or no") found[name] = value === "yes";
    else found[name] = value;
  }
  return found;
}

function Facts(props: { facts: Fact[]; text: string; onText: (text: string) => void }) {
  const now = votesOf(props.text);
  const put = (name: string, value: string) => {
    const next = { ...now, [name]: value };
    props.onText(Object.entries(next).filter(([, one]) => one !== "").map(([key, one]) => `${key}=${one}`).join(";"));
  };
  return (
    <fieldset><legend>Facts that the rule turns on</legend>
      <div class="fields">
        {props.facts.filter((one) => one.type !== "table").map((fact) => (
          <label key={fact.name} class="wide">{fact.name.replaceAll("_", " ")}
            {fact.type === "yes or no" || fact.type === "one of" ? (
              <select value={now[fact.name] ?? ""} onChange={(event) => put(fact.name, event.currentTarget.value)}>
                <option value="">not given</option>
                {(fact.type === "one of" ? fact.choices : ["yes", "no"]).map((one) => <option key={one} value={one}>{one}</option>)}
              </select>
            ) : (
              <input type={fact.type === "day" ? "date" : fact.type === "number" ? "number" : "text"} value={now[fact.name] ?? ""} list={fact.type.startsWith("name") ? "states" : undefined}
                placeholder={fact.type === "names" ? "names with commas; nobody for none" : ""} onChange={(event) => put(fact.name, event.currentTarget.value)} />
            )}
            <span class="quiet">{fact.meaning}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Outcome(props: { decision: Decision; name: (key: string) => string; question: unknown }) {
  const { decision: one, name } = props;
  const says = one.outcome ? OUTCOMES[one.outcome] ?? one.outcome : `Open: ${one.possible.map((each) => (OUTCOMES[each] ?? each).toLowerCase()).join(" or ")}`;
  const flips = one.flips ?? [];
  return (
    <section class="panel" aria-label="Outcome">
      <p class="outcome" role="status" data-outcome={one.outcome ?? "open"}>{says}{one.defeated_by ? `, defeated by ${one.defeated_by}` : ""}</p>
      <p>{Object.entries(one.counts).map(([vote, count]) => `${count} ${vote.replaceAll("_", " ")}`).join(", ")}. Rule: {one.rule}.</p>
      <Table plain all caption="Every condition of the rule" rows={one.steps} columns={[
        { head: "Condition", value: (row) => row.rule }, { head: "Article", value: (row) => row.article }, { head: "Found", value: (row) => row.found },
        { head: "Met", value: (row) => row.passed, show: (row) => <span class={`verdict v-${row.passed === null ? "unknown" : row.passed ? "yes" : "no"}`}>{row.passed === null ? "not known" : row.passed ? "yes" : "no"}</span> },
      ]} />
      <h3>Who could turn it</h3>
      {one.flips === null ? <p>Not asked while votes are not known.</p> : flips.length === 0 ? <p>No set of members.</p> : (
        <>
          <p>{flips.length === 1 ? "One set" : `${flips.length} sets`} of the smallest size, {flips[0]!.length} {flips[0]!.length === 1 ? "member" : "members"}{one.flips_proven === false ? ", not proven to be the smallest" : ""}:</p>
          <p data-flips={flips.map((set) => set.join("+")).join(" ")}>{flips.slice(0, MOST_NAMED).map((set) => set.map(name).join(" with ")).join("; ")}{flips.length > MOST_NAMED ? "; and" : "."}</p>
          {flips.length > MOST_NAMED && <details><summary>{flips.length - MOST_NAMED} more</summary><ul class="summary">{flips.slice(MOST_NAMED).map((set) => <li key={set.join()}>{set.map(name).join(" with ")}</li>)}</ul></details>}
        </>
      )}
      {one.follows && <p>{one.follows}</p>}
      {one.notes.map((note) => <p key={note} class="quiet">{note}</p>)}
      <p class="actions">{(["json", "csv", "pdf"] as const).map((form) => <button type="button" key={form} onClick={() => void takeAway("decide", `decide.${form}`, props.question, { form })}>As {form.toUpperCase()}</button>)}</p>
    </section>
  );
}

const INDICES: [string, string][] = [
  ["shapley_shubik", "Shapley-Shubik"], ["normalised", "Banzhaf, shares"], ["banzhaf", "Banzhaf"], ["prevent", "power to prevent"],
  ["initiate", "power to initiate"], ["johnston", "Johnston"], ["deegan_packel", "Deegan-Packel"], ["holler", "Holler"],
];
type PowerRow = { member: string } & Record<string, { exact: string; value: number } | string>;

function Power(props: { body: string; on: string; procedure: string; facts: Row; name: (key: string) => string }) {
  const [where, choose] = useWhere();
  const wanted = where.choices.power === "yes";
  const index = where.choices.index || "shapley_shubik";
  const given = useRested(JSON.stringify({ body: props.body, on: props.on, procedure: props.procedure, facts: props.facts }), 300);
  const { answer, problem, waiting } = useAnswer(wanted ? given : null, (signal) => post<Row & { members: PowerRow[]; method: string; rule: string }>("power", JSON.parse(given), {}, signal));
  const rows = answer?.members ?? [];
  const value = (row: PowerRow, which: string) => {
    const found = row[which];
    return typeof found === "object" && found ? found.value : null;
  };
  const most = Math.max(1e-9, ...rows.map((row) => value(row, index) ?? 0));
  const known = INDICES.filter(([one]) => rows.some((row) => value(row, one) !== null));
  const columns: Column<PowerRow>[] = [
    { head: "Member", value: (row) => props.name(row.member) },
    { head: "Bar", value: (row) => value(row, index), show: (row) => <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect x="0" y="0" width={(100 * (value(row, index) ?? 0)) / most} height="8" /></svg> },
    ...known.map(([one, head]): Column<PowerRow> => ({ head, number: true, value: (row) => value(row, one), show: (row) => figure(value(row, one)) })),
  ];
  return (
    <section aria-label="Power" class="panel">
      <h2>How much power each member has under this rule</h2>
      {!wanted && <button type="button" onClick={() => choose({ power: "yes" })}>Show power</button>}
      {wanted && waiting && !answer && <p role="status">One moment.</p>}
      <Refusal problem={problem} />
      {answer && (
        <>
          <label class="quiet">Bars show<select value={index} onChange={(event) => choose({ index: event.currentTarget.value })}>{known.map(([one, head]) => <option key={one} value={one}>{head}</option>)}</select></label>
          <p class="quiet">{String(answer.rule)}; method: {String(answer.method)}. An index says what a rule gives, not what a member does with it.</p>
          <Table caption={`Power of the members, ${props.on}`} rows={rows} columns={columns} name={`power-${props.body}-${props.on}`} all={rows.length < 60} />
        </>
      )}
    </section>
  );
}
