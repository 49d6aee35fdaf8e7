import "server-only";
import type { ForeignKind } from "./endpoint.ts";

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};
const DURATION = /^(?:\d+(?:ms|[smhdwy]))+$/;

/**
 * Unix seconds of a time in seconds or RFC 3339, or to Loki alone in nanoseconds (whole numbers of more than ten
 * digits); NaN for none.
 */
export function timeSeconds(text: string | null, kind: ForeignKind): number {
  if (text === null) return NaN;
  if (kind === "loki" && /^\d{11,}$/.test(text)) return Number(text) / 1e9;
  return /^[-+]?[\d.]+(?:e[-+]?\d+)?$/i.test(text) ? Number(text) : Date.parse(text) / 1000;
}

/** Seconds of a step written as a number of them or as a duration such as `1h30m`; NaN for none. */
export function stepSeconds(text: string | null): number {
  if (text === null || text === "") return NaN;
  if (!DURATION.test(text)) return Number(text);
  const parts = text.matchAll(/(\d+)(ms|[smhdwy])/g);
  return [...parts].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNIT_SECONDS[unit ?? ""] ?? NaN),
    0,
  );
}
