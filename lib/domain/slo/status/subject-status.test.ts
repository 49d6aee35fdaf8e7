import { expect, test } from "vitest";
import { type Status, STATUSES } from "#lib/domain/status/status.ts";
import { SLO_STATUSES, type SloStatus } from "./axes.ts";
import { statusOfNode, statusOfService, statusOfSlo } from "./subject-status.ts";

test.each(SLO_STATUSES)("%s is a status of services, and green only as itself", (status) => {
  expect(STATUSES).toContain(statusOfSlo(status));
  expect(statusOfSlo(status) === "healthy").toBe(status === "healthy");
});

test.each<[SloStatus[], Status, Status]>([
  [[], "critical", "critical"],
  [["healthy"], "critical", "healthy"],
  [["healthy", "attention"], "healthy", "attention"],
  [["healthy", "no_traffic"], "healthy", "no_data"],
  [["critical", "exhausted"], "healthy", "exhausted"],
])("a service with the SLOs %j and signals that say %s is %s", (slos, signals, status) => {
  expect(statusOfService(slos, signals)).toBe(status);
});

test.each<[SloStatus[], Status, Status]>([
  [[], "warning", "warning"],
  [["healthy"], "critical", "critical"],
  [["exhausted"], "healthy", "exhausted"],
  [["no_data", "healthy"], "healthy", "no_data"],
])("a node with the SLOs %j and gauges that say %s is %s", (slos, gauges, status) => {
  expect(statusOfNode(slos, gauges)).toBe(status);
});
