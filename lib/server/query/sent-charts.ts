import "server-only";
import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { SeriesData, SeriesTail } from "#lib/contracts/series.ts";
import { tailOf } from "#lib/domain/series/tail.ts";
import { singleton } from "#lib/server/singleton.ts";
import { estimateBytes } from "./estimate-bytes.ts";

const MAX_BYTES = 32 * 1024 * 1024;

/** A chart as it is told: whole, or what is newer in it than in the one that the caller holds. */
export type ToldChart =
  { answerId: string; data: SeriesData } | { answerId: string; onto: string; data: SeriesTail };

const sent = () =>
  singleton(
    "query.sent-charts",
    () => new LRUCache<string, SeriesData>({ maxSize: MAX_BYTES, sizeCalculation: estimateBytes }),
  );

/**
 * Remembers a chart under the hash of what it shows, so that equal ones of all callers are one, and tells a caller who
 * holds an older one (`have`) its tail. One that is not remembered, as after a restart, costs a whole answer.
 */
export function tellChart(data: SeriesData, have: string | undefined): ToldChart {
  const answerId = createHash("sha256").update(JSON.stringify(data)).digest("base64url");
  const older = have === undefined ? undefined : sent().get(have);
  sent().set(answerId, data);
  const tail = older ? tailOf(older, data) : null;
  return have === undefined || tail === null ? { answerId, data } : { answerId, onto: have, data: tail };
}
