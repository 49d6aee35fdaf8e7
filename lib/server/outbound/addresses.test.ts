import { BlockList } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mayReach } from "./addresses.ts";

const NONE = new BlockList();
const LAN = new BlockList();
LAN.addSubnet("192.168.1.0", 24, "ipv4");
LAN.addSubnet("fd00:1::", 32, "ipv6");

describe("mayReach", () => {
  it.each([
    "1.1.1.1",
    "93.184.216.34",
    "172.15.0.1",
    "172.32.0.1",
    "100.63.0.1",
    "100.128.0.1",
    "192.0.3.1",
    "223.255.255.255",
  ])("lets %s through", (address) => expect(mayReach(address, NONE)).toBe(true));
  it.each([
    "2606:4700::1111",
    "2a00:1450:4001::1",
    "::ffff:1.1.1.1",
    "64:ff9b::101:101",
    "2001:200::1",
    "2003::1",
  ])("lets %s through", (address) => expect(mayReach(address, NONE)).toBe(true));

  it.each<[string, string[]]>([
    ["this host and network", ["0.0.0.0", "0.1.2.3", "::"]],
    ["loopback", ["127.0.0.1", "127.255.255.254", "::1", "0:0:0:0:0:0:0:1"]],
    [
      "private",
      ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "fc00::1", "fdff:ffff::1", "fec0::1"],
    ],
    ["link-local with the metadata address", ["169.254.169.254", "fe80::1", "fe80::1%eth0", "fd00:ec2::254"]],
    ["carrier-grade NAT", ["100.64.0.1", "100.127.255.255"]],
    ["multicast and broadcast", ["224.0.0.1", "239.255.255.255", "255.255.255.255", "240.0.0.1", "ff02::1"]],
    [
      "documentation and tests",
      ["192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "2001:db8::1", "3fff::1"],
    ],
    [
      "IPv4 in IPv6",
      [
        "::ffff:127.0.0.1",
        "::ffff:7f00:1",
        "::ffff:a9fe:a9fe",
        "::FFFF:10.0.0.1",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
      ],
    ],
    [
      "IPv4 behind NAT64",
      ["64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254", "64:ff9b:1::1.1.1.1"],
    ],
    ["IPv4 in tunnels", ["2002:7f00:1::", "2002:a00:1::1", "2002:101:101::1", "2001::1", "2001:0:7f00:1::"]],
    ["what is no address", ["", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "1.1.1.1 "]],
  ])("refuses %s", (_, addresses) => {
    expect(addresses.filter((address) => mayReach(address, NONE))).toEqual([]);
  });

  it("judges an IPv4 address and its IPv6 forms alike, whatever networks are allowed", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.constantFrom(NONE, LAN), (address, allowed) => {
        const expected = mayReach(address, allowed);
        const hex = address.split(".").map((part) => Number(part).toString(16).padStart(2, "0"));
        const groups = `${hex[0]}${hex[1]}:${hex[2]}${hex[3]}`;
        for (const form of [
          `::ffff:${address}`,
          `::ffff:${groups}`,
          `64:ff9b::${groups}`,
          `0:0:0:0:0:FFFF:${groups}`,
        ]) {
          expect(mayReach(form, allowed)).toBe(expected);
        }
      }),
    );
  });

  it("lets through the networks that the operator names and no others", () => {
    expect(
      ["192.168.1.7", "::ffff:192.168.1.7", "fd00:1::5"].filter((address) => mayReach(address, LAN)),
    ).toHaveLength(3);
    expect(["192.168.2.7", "127.0.0.1", "fd00:2::5"].filter((address) => mayReach(address, LAN))).toEqual([]);
  });
});
