import "server-only";
import type { Labels } from "../types.ts";

const OFFSET_BASIS = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;
const SEPARATOR = 0xff;

/**
 * The fingerprint Alertmanager gives to an alert with these labels: 64-bit FNV-1a over the sorted names
 * and values, each followed by 0xFF; 16 hexadecimal digits.
 */
export function fingerprint(labels: Labels): string {
  let hash = OFFSET_BASIS;
  const names = Object.keys(labels).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  for (const text of names.flatMap((name) => [name, labels[name] ?? ""])) {
    for (const byte of [...Buffer.from(text), SEPARATOR]) {
      hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
    }
  }
  return hash.toString(16).padStart(16, "0");
}
