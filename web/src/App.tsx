// The frame of every page: where one is, where one can go, and by whose viewpoint things are shown.
import { useEffect, useState } from "preact/hooks";
import type { ComponentType } from "preact";
import { Patterns } from "./components/Patterns";
import { NameList, useNames } from "./components/names";
import { Refusal } from "./components/Refusal";
import { MapPage } from "./pages/MapPage";
import { go, useWhere, write, type Choices } from "./where";

/** A page whose script is fetched when it is first opened. */
function page(load: () => Promise<{ default: ComponentType }>): ComponentType {
  let loaded: ComponentType | null = null;
  return function Later() {
    const [Found, setFound] = useState<ComponentType | null>(() => loaded);
    const [problem, setProblem] = useState<unknown>(null);
    useEffect(() => {
      if (!loaded) void load().then((module) => setFound(() => (loaded = module.default)), setProblem);
    }, []);
    if (problem) return <Refusal problem={problem} />;
    return Found ? <Found /> : <p class="quiet" role="status">One moment.</p>;
  };
}
const PAGES: Record<string, [string, ComponentType]> = {
  map: ["Map", MapPage],
  change: ["Change", page(() => import("./pages/ChangePage"))],
  council: ["Council", page(() => import("./pages/CouncilPage"))],
  bargaining: ["Bargaining", page(() => import("./pages/BargainingPage"))],
  compliance: ["Compliance", page(() => import("./pages/CompliancePage"))],
  network: ["Network", page(() => import("./pages/NetworkPage"))],
  matrix: ["Matrix", page(() => import("./pages/MatrixPage"))],
  timeline: ["Timeline", page(() => import("./pages/TimelinePage"))],
  history: ["History", page(() => import("./pages/HistoryPage"))],
  design: ["Design", page(() => import("./pages/DesignPage"))],
};

export function App() {
  const [where, choose] = useWhere();
  const [title, Page] = PAGES[where.page] ?? PAGES.map!;
  const states = useNames("states");
  useEffect(() => void (document.title = `${title} - indivisible workbench`), [title]);
  const shared: Choices = { on: where.choices.on ?? "", viewpoint: where.choices.viewpoint ?? "" };
  const viewpoint = where.choices.viewpoint ?? "";
  const known = states.some((one) => one.key === viewpoint);
  return (
    <>
      <svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><Patterns /></svg>
      <a class="skip" href="#content" onClick={(event) => { event.preventDefault(); document.getElementById("content")?.focus(); }}>To the content</a>
      <header class="top">
        <p class="mark"><img src="/mark.svg" alt="" width="26" height="26" /> indivisible <span>workbench</span></p>
        <nav aria-label="Pages">
          {Object.entries(PAGES).map(([key, [name]]) => (
            <a key={key} href={write(key, shared)} aria-current={where.page === key ? "page" : undefined}
              onClick={(event) => { if (!event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); go(key, shared); } }}>{name}</a>
          ))}
        </nav>
      </header>
      <main id="content" tabIndex={-1}>
        <div class="heading">
          <h1>{title}</h1>
          <label class="viewpoint">Viewpoint
            <select value={viewpoint} onChange={(event) => choose({ viewpoint: event.currentTarget.value })}>
              <option value="">none: disputes are shown as disputes</option>
              {viewpoint && !known && <option value={viewpoint}>{viewpoint}</option>}
              {states.map((one) => <option key={one.key} value={one.key}>{one.name}</option>)}
            </select>
          </label>
        </div>
        <Page key={where.page} />
      </main>
      <NameList id="states" names={states} />
      <footer>
        <p>Models are rivals: nothing is averaged across them, and none is right. Who claims what is taken from the record, which names its sources. Nothing leaves this machine. <a href="/api/openapi.json">The same answers as JSON</a>. <a href="/licences.txt">What the page is built from</a>.</p>
      </footer>
    </>
  );
}
