import "server-only";
import { retryAfterMs } from "#lib/domain/notifications/backoff.ts";
import { fit } from "#lib/domain/notifications/message.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { AppError } from "#lib/server/errors.ts";
import type { Means } from "#lib/server/notify/channel.ts";
import type { Told } from "./forge.ts";

const TIMEOUT_MS = 10_000;
const MOST_WORDS = 300;
/** What may pass: the clock, the credentials that somebody mends, the limits. */
const PASSING: ReadonlySet<number> = new Set([401, 408, 423, 425, 429]);

/** What a forge answered; without a status nothing came back. */
export type Answer =
  { ok: true; text: string } | ({ ok: false; status: number | null } & Exclude<Told, { outcome: "told" }>);

/** The forge's own words: its errors hold a `message`. */
function wordsOf(text: string): string {
  let said: unknown = text;
  try {
    const { message, error } = JSON.parse(text) as { message?: unknown; error?: unknown };
    said = message ?? error ?? text;
  } catch {
    // No JSON: a proxy's page, of which the beginning says enough.
  }
  const line = typeof said === "string" ? said : JSON.stringify(said);
  return fit(harmlessText(line.replace(/\s+/g, " ").trim()), MOST_WORDS);
}

function refusedWith(status: number, text: string, retryAfter: string | null, nowMs: number): Answer {
  const words = wordsOf(text);
  const detail = `it answered HTTP ${status}${words === "" ? "" : `: ${words}`}`;
  // GitHub says 403 as well for too many requests, and then when to come again.
  const passes = PASSING.has(status) || status >= 500 || (status === 403 && retryAfter !== null);
  if (!passes) return { ok: false, status, outcome: "dead", detail };
  return { ok: false, status, outcome: "again", detail, afterMs: retryAfterMs(retryAfter, nowMs) };
}

/** An address that we do not go to, and a redirect, do not mend themselves. */
function failedWith(error: unknown): Answer {
  if (!(error instanceof AppError) || error.code === "cancelled") throw error;
  const { code, message: detail } = error;
  if (code === "invalid" || code === "upstream_error")
    return { ok: false, status: null, outcome: "dead", detail };
  return { ok: false, status: null, outcome: "again", detail, afterMs: null };
}

/** Posts JSON to a forge. @throws AppError `cancelled` when the signal fires; no other failure */
export async function callForge(
  post: { url: string; headers: Readonly<Record<string, string>>; body: object },
  { way, signal, nowMs }: Means,
): Promise<Answer> {
  try {
    const { status, text, retryAfter } = await way.fetch({
      url: post.url,
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8", ...post.headers },
      body: JSON.stringify(post.body),
      timeoutMs: TIMEOUT_MS,
      signal,
    });
    return status < 300 ? { ok: true, text } : refusedWith(status, text, retryAfter, nowMs);
  } catch (error) {
    return failedWith(error);
  }
}

/** What came of telling, by what was answered. */
export function toldBy(answer: Answer): Told {
  if (answer.ok) return { outcome: "told" };
  const { ok: _ok, status: _status, ...told } = answer;
  return told;
}
