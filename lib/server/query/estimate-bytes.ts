import "server-only";

/** What keeps it: its place in the cache, and the objects around it. Measured in `npm run bench`. */
const ENTRY_BYTES = 500;
const OBJECT_BYTES = 56;

/** About what a JSON-like value holds in memory; good enough to bound a cache. */
export function estimateBytes(value: unknown): number {
  return ENTRY_BYTES + sizeOf(value);
}

function sizeOf(value: unknown): number {
  if (typeof value === "string") return 16 + 2 * value.length;
  if (typeof value !== "object" || value === null) return 8;
  if (Array.isArray(value)) return arraySize(value);
  let bytes = OBJECT_BYTES;
  for (const [key, item] of Object.entries(value)) bytes += sizeOf(key) + sizeOf(item);
  return bytes;
}

/** Arrays of numbers are by far the most: no call for each of them. */
function arraySize(items: readonly unknown[]): number {
  const plain = items.every((item) => typeof item === "number" || item === null);
  // A number that is no small integer stands outside of its array, which holds the way to it.
  if (plain) return items.reduce<number>((bytes, item) => bytes + (isSmall(item) ? 8 : 24), OBJECT_BYTES);
  return items.reduce<number>((bytes, item) => bytes + 8 + sizeOf(item), OBJECT_BYTES);
}

function isSmall(item: unknown): boolean {
  return item === null || Number.isInteger(item);
}
