import "server-only";
import { BlockList, isIP } from "node:net";

/** IPv4 that is not the public internet (IANA special-purpose registry, RFC 6890), multicast and reserved. */
const SPECIAL_IPV4: readonly [string, number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];
/** Parts of 2000::/3 that are not: protocol assignments with Teredo, documentation, 6to4. */
const SPECIAL_IPV6: readonly [string, number][] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];
/** Leading 96 bits of the forms that stand for an IPv4 address: mapped, and NAT64 (RFC 6052). */
const STANDS_FOR_IPV4 = new Set(["0:0:0:0:0:ffff", "64:ff9b:0:0:0:0"]);

function subnets(networks: readonly [string, number][], family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of networks) list.addSubnet(address, prefix, family);
  return list;
}

const NOT_PUBLIC_IPV4 = subnets(SPECIAL_IPV4, "ipv4");
const NOT_PUBLIC_IPV6 = subnets(SPECIAL_IPV6, "ipv6");
const GLOBAL_IPV6 = subnets([["2000::", 3]], "ipv6");

/** The eight groups of an IPv6 address, each in its shortest form; null for one with a zone. */
function groupsOf(address: string): string[] | null {
  const url = URL.parse(`http://[${address}]`);
  if (!url) return null;
  const [head = "", tail] = url.hostname.slice(1, -1).split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<string>(zeros).fill("0"), ...after];
}

/** The IPv4 address that an IPv6 one leads to; null where it leads to none. */
function ipv4Within(groups: readonly string[]): string | null {
  if (!STANDS_FOR_IPV4.has(groups.slice(0, 6).join(":"))) return null;
  const [high = 0, low = 0] = groups.slice(6).map((group) => parseInt(group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/**
 * Whether Burnline may connect to an address on somebody's behalf: one of the public internet, or of a network
 * that the operator allows. IPv6 forms of an IPv4 address are judged as that address.
 */
export function mayReach(address: string, allowed: BlockList): boolean {
  const version = isIP(address);
  if (version === 4) return allowed.check(address, "ipv4") || !NOT_PUBLIC_IPV4.check(address, "ipv4");
  const groups = version === 6 ? groupsOf(address) : null;
  if (groups === null) return false;
  const ipv4 = ipv4Within(groups);
  if (ipv4 !== null) return mayReach(ipv4, allowed);
  if (allowed.check(address, "ipv6")) return true;
  return GLOBAL_IPV6.check(address, "ipv6") && !NOT_PUBLIC_IPV6.check(address, "ipv6");
}
