import { expect, test } from "vitest";
import { answersFor, tellingLabels } from "./rule-identity.ts";

const page = { name: "Slow", labels: { severity: "page", why: "{{ $labels.route }}" } };
const ticket = { name: "Slow", labels: { severity: "ticket" } };
const other = { name: "Gone", labels: { team: "shop" } };

test.each<[string, Record<string, string>, [boolean, boolean]]>([
  ["the page's", { alertname: "Slow", severity: "page", why: "/pay" }, [true, false]],
  ["the ticket's", { alertname: "Slow", severity: "ticket", instance: "a" }, [false, true]],
  ["another rule's", { alertname: "Gone", severity: "page" }, [false, false]],
])("an alert of %s", (_, alert, expected) => {
  expect([page, ticket].map((rule) => answersFor(rule, alert))).toEqual(expected);
});

test("only labels of rules that share a name tell anything", () => {
  expect(tellingLabels([page, ticket, other])).toEqual(["severity"]);
  expect(tellingLabels([page, other])).toEqual([]);
});
