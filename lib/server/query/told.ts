import "server-only";

/** Data with what its source said about it; `partial` when some of it is missing. */
export interface Told<T> {
  data: T;
  warnings: string[];
  partial: boolean;
}
