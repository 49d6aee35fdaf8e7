const two = (value: number) => String(value).padStart(2, "0");

/** "INC-20261120-143005" of an instant in UTC, with "-2" and so on for the next ones of the same second. */
export function incidentId(atMs: number, nth = 1): string {
  const at = new Date(atMs);
  const day = `${at.getUTCFullYear()}${two(at.getUTCMonth() + 1)}${two(at.getUTCDate())}`;
  const time = `${two(at.getUTCHours())}${two(at.getUTCMinutes())}${two(at.getUTCSeconds())}`;
  return `INC-${day}-${time}${nth > 1 ? `-${nth}` : ""}`;
}
