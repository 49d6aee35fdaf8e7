export type SortValue = number | string | null;
export interface Sort {
  key: string;
  direction: "ascending" | "descending";
}

/** Rows in the order of a value; equal ones keep their place, null is last either way. */
export function sortRows<T>(
  rows: readonly T[],
  sortBy: (row: T) => SortValue,
  direction: Sort["direction"],
): T[] {
  const sign = direction === "ascending" ? 1 : -1;
  return [...rows].sort((a, b) => {
    const [x, y] = [sortBy(a), sortBy(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * compare(x, y);
  });
}

/** A click on a header: descending first, for the greatest is what one looks for, then the other way. */
export function nextSort(sort: Sort | null, key: string): Sort {
  const flip = sort?.key === key && sort.direction === "descending";
  return { key, direction: flip ? "ascending" : "descending" };
}

function compare(x: number | string, y: number | string): number {
  if (typeof x === "number" && typeof y === "number") return x - y;
  return String(x).localeCompare(String(y), "en", { numeric: true });
}
