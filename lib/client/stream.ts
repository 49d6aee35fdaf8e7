import type { StreamMessage } from "#lib/contracts/stream.ts";

const PATH = "/api/v1/stream";
const NAME = "burnline-stream";
/** Three messages that every stream sends by itself, left out: the connection is dead, whatever the browser believes. */
const SILENCE_MS = 45_000;
const RETRY_MS = 3_000;
const RETRY_SPREAD_MS = 4_000;

/** What tabs say to each other: what the one that leads heard, and the question of one that is new. */
type TabMessage = { heard: StreamMessage } | { lost: true } | { anybody: true };

interface StreamListener {
  onMessage: (message: StreamMessage) => void;
  /** The connection is up, or gone: what is shown may be old from then on. */
  onLive: (live: boolean) => void;
}

type Parse = (data: string) => StreamMessage | null;

/** The contract comes before the stream is opened, so that messages are heard in their order. */
async function loadParser(): Promise<Parse> {
  const contract = (await import("#lib/contracts/stream.ts")).StreamMessage;
  return (data) => {
    try {
      return contract.safeParse(JSON.parse(data)).data ?? null;
    } catch {
      return null;
    }
  };
}

/** Keeps one EventSource open until the signal aborts, and opens it anew when it fails or falls silent. */
function keepOpen({ onMessage, onLive }: StreamListener, signal: AbortSignal): void {
  let source: EventSource | null = null;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const close = () => {
    clearTimeout(silence);
    clearTimeout(retry);
    source?.close();
    source = null;
  };
  const again = () => {
    close();
    onLive(false);
    // A server that was restarted is not stormed by everybody at once.
    if (!signal.aborted) retry = setTimeout(open, RETRY_MS + Math.random() * RETRY_SPREAD_MS);
  };
  const listenOn = () => {
    clearTimeout(silence);
    silence = setTimeout(again, SILENCE_MS);
  };
  let parse: Parse | null = null;
  const open = () => {
    if (parse) return follow(parse);
    loadParser().then((loaded) => {
      parse = loaded;
      if (!signal.aborted) follow(loaded);
    }, again);
  };
  const follow = (read: Parse) => {
    const opened = new EventSource(PATH);
    source = opened;
    listenOn();
    opened.onmessage = ({ data }: MessageEvent<string>) => {
      listenOn();
      const message = read(data);
      if (!message) return;
      onLive(true);
      onMessage(message);
    };
    opened.onerror = again;
  };
  signal.addEventListener("abort", close, { once: true });
  open();
}

/** Resolves when the page is hidden; a page without locks leads only while somebody looks at it. */
function leadWhileVisible(lead: (signal: AbortSignal) => void, signal: AbortSignal): void {
  let leading: AbortController | null = null;
  const look = () => {
    const visible = document.visibilityState === "visible" && !signal.aborted;
    if (visible === (leading !== null)) return;
    leading?.abort();
    leading = visible ? new AbortController() : null;
    if (leading) lead(leading.signal);
  };
  document.addEventListener("visibilitychange", look, { signal });
  signal.addEventListener("abort", look, { once: true });
  look();
}

/** Leads when no other tab does: locks are for secure origins, elsewhere the tabs in sight each have a stream. */
function takeTurns(lead: (signal: AbortSignal) => void, signal: AbortSignal): void {
  if (!("locks" in navigator)) return leadWhileVisible(lead, signal);
  const held = () =>
    new Promise<void>((resolve) => {
      // The lock may have been on its way while the page was left: then it is given back at once.
      if (signal.aborted) return resolve();
      lead(signal);
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
  navigator.locks.request(NAME, { signal }, held).catch(() => undefined);
}

/**
 * Follows what is new, on one connection for all tabs of the browser: the tab that holds the lock has it, and tells the
 * others. When that tab goes, another one takes over and greets everybody, so that nobody misses a thing.
 */
export function followStream(listener: StreamListener): () => void {
  const stop = new AbortController();
  const channel = new BroadcastChannel(NAME);
  const tell = (message: TabMessage) => channel.postMessage(message);
  let leads = false;
  let head: string | null = null;

  const lead = (signal: AbortSignal) => {
    leads = true;
    signal.addEventListener("abort", () => (leads = false), { once: true });
    const onMessage = (message: StreamMessage) => {
      if (message.topic === "hello") head = message.head;
      if (message.topic === "timeline") head = message.seq;
      listener.onMessage(message);
      if (!signal.aborted) tell({ heard: message });
    };
    const onLive = (live: boolean) => {
      if (!live) head = null;
      listener.onLive(live);
      if (!live && !stop.signal.aborted) tell({ lost: true });
    };
    keepOpen({ onMessage, onLive }, signal);
  };

  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    if ("anybody" in data) {
      if (leads && head !== null) tell({ heard: { topic: "hello", head } });
      return;
    }
    // With streams of their own, tabs have nothing to learn from each other.
    if (leads) return;
    if ("lost" in data) return listener.onLive(false);
    listener.onLive(true);
    listener.onMessage(data.heard);
  };
  takeTurns(lead, stop.signal);
  tell({ anybody: true });
  return () => {
    stop.abort();
    channel.close();
  };
}
