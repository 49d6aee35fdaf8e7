import "server-only";
import { z } from "zod";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import { AppError } from "#lib/server/errors.ts";
import { type AlertmanagerCall, read } from "./client.ts";

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

const GettableSilence = z.object({
  id: z.string(),
  matchers: z.array(
    z.object({
      name: z.string(),
      value: z.string(),
      isRegex: z.boolean(),
      /** Older ones do not say: they know no negative matchers. */
      isEqual: z.boolean().default(true),
    }),
  ),
  startsAt: instant,
  endsAt: instant,
  createdBy: z.string(),
  comment: z.string(),
  status: z.object({ state: z.enum(["active", "pending", "expired"]) }),
});

/** A silence as Alertmanager keeps it. */
export interface SourceSilence {
  id: string;
  matchers: LabelMatcher[];
  startsAt: string;
  endsAt: string;
  author: string;
  reason: string;
  state: "active" | "pending" | "expired";
}

const OPERATORS = { equal: { plain: "=", regex: "=~" }, unequal: { plain: "!=", regex: "!~" } } as const;

function toSilence({ status, createdBy, comment, matchers, ...silence }: z.infer<typeof GettableSilence>) {
  return {
    ...silence,
    author: createdBy,
    reason: comment,
    state: status.state,
    matchers: matchers.map(({ name, value, isRegex, isEqual }) => ({
      label: name,
      operator: OPERATORS[isEqual ? "equal" : "unequal"][isRegex ? "regex" : "plain"],
      value,
    })),
  };
}

/** All silences that an Alertmanager still knows, expired ones among them. */
export async function getSilences(call: AlertmanagerCall): Promise<SourceSilence[]> {
  return (await read(call, { path: "/api/v2/silences" }, z.array(GettableSilence))).map(toSilence);
}

function one(id: string) {
  return { path: `/api/v2/silence/${encodeURIComponent(id)}`, refusable: true } as const;
}

/** Alertmanager answers 404 without words, and 422 for an id that is none. */
function asUnknown(id: string): (error: unknown) => never {
  return (error) => {
    const known = error instanceof AppError && (error.code === "invalid" || error.code === "not_found");
    if (!known) throw error;
    throw new AppError("not_found", `there is no silence with the id ${JSON.stringify(id)}`);
  };
}

/** One silence. @throws AppError `not_found` */
export function getSilence(call: AlertmanagerCall, id: string): Promise<SourceSilence> {
  return read(call, one(id), GettableSilence).then(toSilence, asUnknown(id));
}

/** What a silence is to say; with the id of one that lasts, that one is changed. */
export interface WantedSilence extends Omit<SourceSilence, "id" | "state"> {
  id?: string;
}

/**
 * Writes a silence and answers its id. Equal matchers keep the id; other matchers end the silence and begin another.
 * @throws UpstreamError `invalid` in Alertmanager's words, as for matchers that would match everything
 */
export async function putSilence(call: AlertmanagerCall, wanted: WantedSilence): Promise<string> {
  const { author, reason, matchers, ...silence } = wanted;
  const json = {
    ...silence,
    createdBy: author,
    comment: reason,
    matchers: matchers.map(({ label, operator, value }) => ({
      name: label,
      value,
      isRegex: operator.endsWith("~"),
      isEqual: operator.startsWith("="),
    })),
  };
  const Written = z.object({ silenceID: z.string() });
  return (await read(call, { path: "/api/v2/silences", json, refusable: true }, Written)).silenceID;
}

/** Ends a silence now. @throws AppError `not_found` */
export async function expireSilence(call: AlertmanagerCall, id: string): Promise<void> {
  await read(call, { ...one(id), delete: true }, z.unknown()).catch(asUnknown(id));
}
