import "server-only";
import { isIPv6 } from "node:net";

const GROUPS = 8;
const PREFIX_GROUPS = 4;

/** The first 64 bits of an IPv6 address, written in one form only. */
function prefix64(address: string): string {
  // URL writes lower case, without leading zeros and with an embedded IPv4 address in hexadecimal.
  const canonical = new URL(`http://[${address.replace(/%.*$/, "")}]`).hostname.slice(1, -1);
  const [head = "", tail] = canonical.split("::");
  const left = head.split(":").filter(Boolean);
  const right = (tail ?? "").split(":").filter(Boolean);
  const zeros = Array<string>(GROUPS - left.length - right.length).fill("0");
  return [...left, ...zeros, ...right].slice(0, PREFIX_GROUPS).join(":");
}

/**
 * What counts as one client in a limit: an IPv4 address, or the /64 network of an IPv6 one, since whoever has
 * one address of it has them all. Null (Burnline's own jobs) counts as one client, too.
 */
export function networkKey(address: string | null): string {
  if (address === null) return "none";
  return isIPv6(address) ? `${prefix64(address)}::/64` : address;
}
