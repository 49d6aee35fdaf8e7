import type { TailMessage as Message } from "#lib/contracts/log-routes.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import { fetchOk, problemOf } from "./fetch-json.ts";

const RETRY_MS = 3_000;
const RETRY_SPREAD_MS = 2_000;
/** Two messages that every tail sends by itself, left out: the connection is dead. */
const SILENCE_MS = 35_000;
/** Refusals that asking again does not change. */
const FINAL = ["bad_query", "invalid", "forbidden", "unauthenticated", "query_too_expensive"];

/** Who follows a tail: what arrives, and how the connection stands. */
export interface TailFollower {
  onMessage: (message: Message) => void;
  onState: (state: TailState) => void;
}

/** `lost` is tried again by itself, `refused` is not. */
export type TailState =
  | { state: "connecting" }
  | { state: "live" }
  | { state: "lost"; reason: string }
  | { state: "refused"; problem: Problem };

/** Follows a query until the signal aborts, and again whenever the connection is lost. */
export async function followTail(query: string, follower: TailFollower, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    follower.onState({ state: "connecting" });
    const reason = await followOnce(query, follower, signal);
    if (signal.aborted || reason === null) return;
    follower.onState({ state: "lost", reason });
    await pause(RETRY_MS + Math.random() * RETRY_SPREAD_MS, signal);
  }
}

/** Why it ended; null when there is no use in asking again. */
async function followOnce(
  query: string,
  { onMessage, onState }: TailFollower,
  signal: AbortSignal,
): Promise<string | null> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  try {
    const path = `/api/v1/logs/tail?${new URLSearchParams({ query }).toString()}`;
    const [{ TailMessage }, response] = await Promise.all([
      import("#lib/contracts/log-routes.ts"),
      fetchOk(path, { signal: AbortSignal.any([signal, silence.signal]) }),
    ]);
    for await (const data of response.body ? readEvents(response.body) : []) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      const message = TailMessage.safeParse(JSON.parse(data)).data;
      if (message?.topic === "ended") return message.detail;
      if (message?.topic === "open") onState({ state: "live" });
      if (message) onMessage(message);
    }
    return "Burnline ended the connection";
  } catch (error) {
    if (signal.aborted) return null;
    const problem = problemOf(error);
    if (!FINAL.includes(problem.code)) return silence.signal.aborted ? "nothing was heard" : problem.detail;
    onState({ state: "refused", problem });
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** The data of server-sent events, one by one, of a stream whose events are a line of data each. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const events = (rest + value).split("\n\n");
      rest = events.pop() ?? "";
      for (const event of events) if (event.startsWith("data: ")) yield event.slice(6);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener("abort", stop, { once: true });
  });
}
