import "server-only";
import { AppError } from "#lib/server/errors.ts";

/** A change on what is no longer so: it is refused with what is so by now. */
export class StaleError extends Error {}

/**
 * Does a change and answers what `show` reads after it. Both that and what a refusal shows are read once nothing is locked
 * any more: figures of an incident are sums over the windows of its SLOs. @throws `conflict` with the current state
 */
export async function changeThenShow<T>(change: () => Promise<void>, show: () => Promise<T>): Promise<T> {
  try {
    await change();
  } catch (error) {
    if (!(error instanceof StaleError)) throw error;
    throw new AppError("conflict", error.message, { current: await show() });
  }
  return show();
}
