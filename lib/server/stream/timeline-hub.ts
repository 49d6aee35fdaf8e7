import "server-only";
import { read } from "#lib/server/db/client.ts";
import { newestEvent, TIMELINE_TOPIC } from "#lib/server/db/incident-event.repo.ts";
import { findIncident } from "#lib/server/db/incident.repo.ts";
import { listen } from "#lib/server/db/listen.ts";
import { AppError } from "#lib/server/errors.ts";
import { log } from "#lib/server/log.ts";
import { singleton } from "#lib/server/singleton.ts";

/** All browsers of a team many times over; each costs a socket. */
const MAX_STREAMS = 1_000;
/** One person's browsers, and those that have just gone without a word. */
export const MAX_STREAMS_EACH = 20;
const RETRY_SECONDS = 30;

/** What an incident is about, as far as deciding needs it who may hear of it. */
interface About {
  service: string | null;
}

/** Somebody who listens. */
export interface Follower {
  /** Whose streams are counted together. */
  countedAs: string;
  /** Null for whoever may see everything, so that nothing has to be looked up for them. */
  sees: ((incident: About) => boolean) | null;
  tell: (incidentId: string, seq: string) => void;
  /** Messages may have been lost. */
  greet: (head: string) => void;
  end: () => void;
}

/**
 * Tells every stream of this process what one connection to PostgreSQL hears. Messages go out in the order in which
 * the facts were committed.
 */
export class TimelineHub {
  private readonly followers = new Set<Follower>();
  private telling: Promise<void> = Promise.resolve();
  private closed = false;

  /** Listens until the signal aborts, then ends every stream, so that the listener can drain. */
  async run(url: string, signal: AbortSignal): Promise<void> {
    const close = () => {
      this.closed = true;
      for (const follower of [...this.followers]) follower.end();
    };
    if (signal.aborted) return close();
    signal.addEventListener("abort", close, { once: true });
    const onMessage = (payload: string) => this.enqueue(() => this.tell(payload));
    const onListening = () => this.enqueue(() => this.greetAll());
    await listen(url, { topic: TIMELINE_TOPIC, onMessage, onListening }, signal);
  }

  /**
   * Adds a follower, greets it and tells it everything from then on. @returns the way out
   * @throws `rate_limited` for too many of one person, `unavailable` for too many in all or when shutting down
   */
  async follow(follower: Follower): Promise<() => void> {
    this.refuseTooMany(follower);
    this.followers.add(follower);
    const leave = () => void this.followers.delete(follower);
    try {
      // Read once the follower is among those who are told: no fact falls between the head and what is told.
      follower.greet(String(await read(newestEvent)));
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }

  private refuseTooMany({ countedAs }: Follower): void {
    const retry = { retryAfterSeconds: RETRY_SECONDS };
    if (this.closed) throw new AppError("unavailable", "Burnline is shutting down", retry);
    if (this.followers.size >= MAX_STREAMS)
      throw new AppError("unavailable", "no more streams can be opened just now", retry);
    const own = [...this.followers].filter((one) => one.countedAs === countedAs).length;
    if (own >= MAX_STREAMS_EACH) throw new AppError("rate_limited", "you have too many streams open", retry);
  }

  private enqueue(work: () => Promise<void>): void {
    this.telling = this.telling.then(work).catch((error: unknown) => {
      // Whoever was to be told must not go on believing that nothing is missing.
      log().warn({ err: error }, "streams are ended: what is new could not be told");
      for (const follower of [...this.followers]) follower.end();
    });
  }

  private async tell(payload: string): Promise<void> {
    const [incidentId = "", seq = ""] = payload.split(" ");
    const confined = [...this.followers].some(({ sees }) => sees !== null);
    const about = confined ? await read((tx) => findIncident(tx, incidentId)) : null;
    for (const { sees, tell } of [...this.followers]) {
      if (sees === null || (about && sees(about))) tell(incidentId, seq);
    }
  }

  private async greetAll(): Promise<void> {
    if (this.followers.size === 0) return;
    const head = String(await read(newestEvent));
    for (const { greet } of [...this.followers]) greet(head);
  }
}

/** The process's own hub. */
export function timelineHub(): TimelineHub {
  return singleton("timeline-hub", () => new TimelineHub());
}
