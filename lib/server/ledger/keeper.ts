import "server-only";
import { slotAt } from "#lib/domain/slo/slots/slot.ts";
import { read, transaction } from "#lib/server/db/client.ts";
import type { Leadership } from "#lib/server/db/leadership.ts";
import { findMeasuresInUse, type MeasureRecord } from "#lib/server/db/measure.repo.ts";
import { findSlos, sloStamp } from "#lib/server/db/slo.repo.ts";
import { findEntries } from "#lib/server/db/slo-entry.repo.ts";
import {
  appendSnapshots,
  findHeld,
  saveStates,
  type SnapshotRecord,
  stateKey,
  type StateRecord,
} from "#lib/server/db/slo-state.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import { backfillChunk, isWaiting, type Resting } from "./backfill.ts";
import { LedgerBook } from "./book.ts";
import { evaluateSlos } from "./evaluate.ts";
import { fetchNewSlots, isRetryLook } from "./fetch.ts";
import { evaluationTime, type SloInForce } from "./in-force.ts";
import { openSource } from "./source.ts";

const HOUR_MS = 3_600_000;

/** What the keeper knows while it leads; another may have worked before it does. */
interface Term {
  book: LedgerBook;
  held: Map<string, StateRecord["held"]>;
  lastSlot: number | null;
  lastHour: number | null;
  resting: Resting;
  /** What people had changed when SLOs were last evaluated. */
  stamp: string | null;
}

const NEW_TERM = { lastSlot: null, lastHour: null, stamp: null } as const;

/** The SLOs in force. */
async function findSlosInForce(): Promise<SloInForce[]> {
  const slos = await read(findSlos);
  return slos.flatMap(({ definition, ...slo }) => (definition ? [{ ...slo, definition }] : []));
}

function snapshotsOf(
  states: readonly StateRecord[],
  { held, lastHour }: Term,
  nowMs: number,
): SnapshotRecord[] {
  const hourly = lastHour !== null && Math.floor(nowMs / HOUR_MS) !== lastHour;
  return states.flatMap((state): SnapshotRecord[] => {
    const before = held.get(stateKey(state))?.shown ?? null;
    const changed = before !== state.status;
    if (!changed && !hourly) return [];
    const { sloId, objective, groupKey, version, status, evaluated } = state;
    return [
      {
        sloId,
        objective,
        groupKey,
        version,
        status,
        at: new Date(nowMs),
        previousStatus: changed ? before : null,
        remainingRatio: evaluated.budget.budgetRemainingRatio,
        burnRate6h: evaluated.budget.burnRate["6h"] ?? null,
      },
    ];
  });
}

/**
 * Keeps the ledger: one replica at a time fetches new slots, evaluates all SLOs and fetches history. What the
 * others know of it they read from the database.
 */
export class LedgerKeeper {
  readonly #leadership: Leadership;
  #term: Term | null = null;
  #evaluating: Promise<unknown> = Promise.resolve();

  constructor(leadership: Leadership) {
    this.#leadership = leadership;
  }

  /** The term of office; null while another replica leads. */
  async #lead(): Promise<Term | null> {
    if (!(await this.#leadership.hold())) {
      this.#term = null;
      return null;
    }
    this.#term ??= { ...NEW_TERM, book: new LedgerBook(), held: await read(findHeld), resting: new Map() };
    return this.#term;
  }

  async #inTerm<T>(work: (term: Term) => Promise<T>): Promise<T | null> {
    const term = await this.#lead();
    if (!term) return null;
    try {
      return await work(term);
    } catch (error) {
      // What is in memory may differ from the database now, and is read anew; a source that is down changes neither.
      if (this.#term === term && !(error instanceof AppError)) this.#term = null;
      throw error;
    }
  }

  async #measures(term: Term): Promise<MeasureRecord[]> {
    const measures = await read(findMeasuresInUse);
    await term.book.open(measures.map(({ id }) => id));
    return measures;
  }

  /** One look: new slots, then the status of every SLO. @returns how many SLOs were evaluated; null where another leads */
  look(nowMs: number, signal: AbortSignal): Promise<number | null> {
    return this.#inTerm(async (term) => {
      const openSlot = slotAt(nowMs);
      const retriesGaps = isRetryLook(openSlot, term.lastSlot);
      const measures = await this.#measures(term);
      await fetchNewSlots(term.book, measures, { nowMs, signal, retriesGaps });
      term.lastSlot = openSlot;
      return this.#evaluate(term, measures, nowMs);
    });
  }

  /** Evaluations follow each other: each holds the status that the one before has left. */
  #evaluate(term: Term, measures: readonly MeasureRecord[], nowMs: number): Promise<number> {
    const done = this.#evaluating.then(() => this.#evaluateNow(term, measures, nowMs));
    this.#evaluating = done.catch(() => undefined);
    return done;
  }

  async #evaluateNow(term: Term, measures: readonly MeasureRecord[], nowMs: number): Promise<number> {
    term.stamp = await read(sloStamp);
    const [slos, entries] = await Promise.all([findSlosInForce(), read((tx) => findEntries(tx))]);
    const time = evaluationTime(nowMs);
    const bySlo = Map.groupBy(entries, ({ sloId }) => sloId);
    const source = await openSource(term.book, slos, bySlo, time);
    const fetching = new Set(measures.filter(isWaiting).map(({ id }) => id));
    const states = evaluateSlos(slos, source, term.held, time, fetching);
    const snapshots = snapshotsOf(states, term, nowMs);
    await transaction(async (tx) => {
      await saveStates(tx, states, new Date(nowMs));
      await appendSnapshots(tx, snapshots);
    });
    term.held = new Map(states.map((state) => [stateKey(state), state.held]));
    term.lastHour = Math.floor(nowMs / HOUR_MS);
    return slos.length;
  }

  /**
   * Catches up with people: one chunk of history, and an evaluation when the last one is there or when an SLO was
   * changed. @returns whether there is more to fetch; null where another leads
   */
  catchUp(nowMs: number, signal: AbortSignal): Promise<boolean | null> {
    return this.#inTerm(async (term) => {
      const { book, resting } = term;
      const fetched = await backfillChunk(book, await this.#measures(term), { nowMs, signal, resting });
      const measures = await this.#measures(term);
      const more = measures.some((one) => isWaiting(one) && (resting.get(one.id) ?? 0) <= nowMs);
      const changed = term.stamp !== null && term.stamp !== (await read(sloStamp));
      if (changed || (fetched && !more)) await this.#evaluate(term, measures, nowMs);
      return more;
    });
  }

  /** Gives the lead away. */
  close(): Promise<void> {
    this.#term = null;
    return this.#leadership.close();
  }
}
