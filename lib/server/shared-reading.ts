import "server-only";
import { singleton } from "./singleton.ts";

/** One reading answers all who ask for so long: every panel of every page asks for the same few tables. */
const FRESH_MS = 1_000;

interface Reading<T> {
  value: Promise<T>;
  /** Infinite while the reading is under way; of the monotonic clock. */
  freshUntilMs: number;
}

/** A table that is read once for all who ask at once or within a second. */
export interface SharedReading<T> {
  /** What is read is shared between callers, who must not change it. A failed reading is not kept. */
  read(): Promise<T>;
  /** Has the next caller read anew: this process changed the table. */
  forget(): void;
}

/**
 * @param name unique among all shared readings
 * @param freshMs for what changes slowly, or is dear to read
 */
export function sharedReading<T>(name: string, load: () => Promise<T>, freshMs = FRESH_MS): SharedReading<T> {
  const shared = (): { reading: Reading<T> | null } => singleton(name, () => ({ reading: null }));
  const begin = () => {
    const reading: Reading<T> = { value: load(), freshUntilMs: Infinity };
    shared().reading = reading;
    reading.value.then(
      () => (reading.freshUntilMs = performance.now() + freshMs),
      () => (reading.freshUntilMs = 0),
    );
    return reading.value;
  };
  return {
    read() {
      const { reading } = shared();
      return reading && performance.now() < reading.freshUntilMs ? reading.value : begin();
    },
    forget() {
      shared().reading = null;
    },
  };
}
