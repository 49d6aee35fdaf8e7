/** What names a line among all of a source. */
interface Addressed {
  timestampNs: string;
  labels: Readonly<Record<string, string>>;
  line: string;
}

const ADDRESS = /^(\d{1,20})-([0-9a-f]{8})$/;

/** The address of a line: its time in nanoseconds and a hash of its stream and its text, as in `179…999-0a1b2c3d`. */
export function lineAddress({ timestampNs, labels, line }: Addressed): string {
  const stream = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `${timestampNs}-${fnv1a(`${JSON.stringify(stream)}\n${line}`)}`;
}

/** The time that a line's address names; null for what is none. */
export function timeOfAddress(address: string): string | null {
  return ADDRESS.exec(address)?.[1] ?? null;
}

/** FNV-1a over UTF-16 units, 32 bits in hexadecimal: enough among the lines of one nanosecond. */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
