import { expect, test } from "vitest";
import { fingerprint } from "./fingerprint.ts";

// Fingerprints that Alertmanager 0.25 gave to these labels.
test.each([
  ["00fab8c34ade898a", { alertname: "NodeDown", instance: "n1" }],
  ["00fab8c34ade898a", { instance: "n1", alertname: "NodeDown" }],
  ["15876aefa572b741", { alertname: "Flaky", i: "1" }],
  ["81cdfe10fde8cb56", { alertname: "Big", i: "3" }],
  ["d971d8b5339e7bbd", { alertname: "Disk", instance: "n1" }],
])("%s", (expected, labels) => expect(fingerprint(labels)).toBe(expected));
