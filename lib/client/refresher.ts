import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type { StreamMessage } from "#lib/contracts/stream.ts";
import { INCIDENTS_KEY, incidentIdOf } from "./incidents.queries.ts";
import { isNewer } from "./merge-timeline.ts";

/**
 * Has queries ask again for what the stream tells of. One round ends before the next begins, so that in a storm of news
 * answers still arrive; what is told meanwhile is asked for in the next.
 */
export class Refresher {
  private readonly client: Pick<QueryClient, "invalidateQueries">;
  private head: string | null = null;
  private waiting: Set<string> | "all" | null = null;
  private running = false;

  constructor(client: Pick<QueryClient, "invalidateQueries">) {
    this.client = client;
  }

  /** Takes a message. What was heard of before is left alone. */
  hear(message: StreamMessage): void {
    if (message.topic === "alive") return;
    const seq = message.topic === "hello" ? message.head : message.seq;
    if (this.head !== null && !isNewer(seq, this.head)) return;
    this.head = seq;
    // A hello that is ahead says that something was missed, but not of which incident.
    if (message.topic === "hello" || this.waiting === "all") this.waiting = "all";
    else this.waiting = (this.waiting ?? new Set()).add(message.incidentId);
    if (!this.running) void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.waiting !== null) {
      const wanted = this.waiting;
      this.waiting = null;
      await this.client.invalidateQueries({
        predicate: ({ queryKey }) => isTouched(queryKey, wanted),
      });
    }
    this.running = false;
  }
}

/** Lists may show any incident; what is of one incident is asked for again only when that one was told of. */
function isTouched(key: QueryKey, wanted: Set<string> | "all"): boolean {
  if (key[0] !== INCIDENTS_KEY) return false;
  const id = incidentIdOf(key);
  return wanted === "all" || id === null || wanted.has(id);
}
