import type { Checkpoints } from "./timeline.ts";

/** For tests that count everything up from the beginning. */
export const noCheckpoints = (): Checkpoints => ({ before: () => null, save: () => undefined });
