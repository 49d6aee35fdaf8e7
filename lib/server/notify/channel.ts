import "server-only";
import type { ChannelConfig, ChannelKind, ChannelSecret } from "#lib/contracts/notifications.ts";
import type { Message } from "#lib/domain/notifications/message.ts";
import { retryAfterMs } from "#lib/domain/notifications/backoff.ts";
import { AppError } from "#lib/server/errors.ts";
import type { Outbound } from "#lib/server/outbound/fetch.ts";

/** What came of an attempt: it arrived, may arrive another time, never will as things are set, or needs not. */
export type Delivery =
  | { outcome: "sent" }
  | { outcome: "again"; detail: string; afterMs: number | null }
  | { outcome: "dead"; detail: string }
  /** There is nothing that the channel could do with it. */
  | { outcome: "dropped"; detail: string };

/** What a channel sends with. */
export interface Means {
  way: Outbound;
  signal: AbortSignal;
  nowMs: number;
}

/** The settings of a channel, its secret opened. */
export interface ChannelSettings<K extends ChannelKind> {
  config: ChannelConfig<K>;
  secret: ChannelSecret<K>;
}

/** How one kind of channel is told. */
export interface ChannelSender<K extends ChannelKind> {
  /** Whether a message may tell of several incidents. */
  bundles: boolean;
  /** The addresses that it goes to, by the field that sets each. */
  addresses: (settings: ChannelSettings<K>) => Readonly<Record<string, string>>;
  send: (settings: ChannelSettings<K>, message: Message, means: Means) => Promise<Delivery>;
}

const SEND_TIMEOUT_MS = 10_000;
/** Statuses of the 4xx that say nothing against the request itself. */
const PASSING: ReadonlySet<number> = new Set([408, 409, 423, 425, 429]);

/** What a status means for a message: 2xx arrived, 4xx are refused as they stand, the rest may pass. */
export function deliveryOf(status: number, retryAfter: string | null, nowMs: number): Delivery {
  if (status >= 200 && status < 300) return { outcome: "sent" };
  const detail = `it answered HTTP ${status}`;
  if (status >= 400 && status < 500 && !PASSING.has(status)) return { outcome: "dead", detail };
  return { outcome: "again", detail, afterMs: retryAfterMs(retryAfter, nowMs) };
}

/** What a failure on the way means: an address that we do not go to, and a redirect, do not mend themselves. */
function deliveryOfFailure(error: unknown): Delivery {
  if (!(error instanceof AppError) || error.code === "cancelled") throw error;
  const settled = error.code === "invalid" || error.code === "upstream_error";
  if (settled) return { outcome: "dead", detail: error.message };
  return { outcome: "again", detail: error.message, afterMs: null };
}

interface Post {
  url: string;
  body: string;
  headers?: Readonly<Record<string, string>>;
  key: string;
}

/** Posts JSON under the message's key. @throws AppError `cancelled` when the signal fires; no other failure */
export async function post(
  { url, body, headers, key }: Post,
  { way, signal, nowMs }: Means,
  read: (text: string) => Delivery | null = () => null,
): Promise<Delivery> {
  try {
    const { status, text, retryAfter } = await way.fetch({
      url,
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8", ...headers, "idempotency-key": key },
      body,
      timeoutMs: SEND_TIMEOUT_MS,
      signal,
    });
    const delivery = deliveryOf(status, retryAfter, nowMs);
    return delivery.outcome === "sent" ? (read(text) ?? delivery) : delivery;
  } catch (error) {
    return deliveryOfFailure(error);
  }
}
