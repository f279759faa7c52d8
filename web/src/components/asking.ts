// A question whose answer is awaited: the last one asked counts, and what was asked before is given up.
import { useEffect, useState } from "preact/hooks";

export interface Awaited<T> {
  answer: T | null;
  problem: unknown;
  waiting: boolean;
}

/** Asks when `key` changes, after `pause` milliseconds; the former answer stays until the new one is there. */
export function useAnswer<T>(key: string | null, ask: (signal: AbortSignal) => Promise<T>, pause = 0): Awaited<T> {
  const [state, setState] = useState<Awaited<T>>({ answer: null, problem: null, waiting: key !== null });
  useEffect(() => {
    if (key === null) {
      setState({ answer: null, problem: null, waiting: false });
      return;
    }
    const given = new AbortController();
    setState((was) => ({ ...was, waiting: true }));
    const timer = setTimeout(() => {
      ask(given.signal).then(
        (answer) => !given.signal.aborted && setState({ answer, problem: null, waiting: false }),
        (problem) => !given.signal.aborted && setState({ answer: null, problem, waiting: false }),
      );
    }, pause);
    return () => {
      clearTimeout(timer);
      given.abort();
    };
  }, [key]);
  return state;
}
