import { membersOf } from "#lib/client/read-unknown.ts";
import type { DecisionRecord } from "#lib/contracts/decisions.ts";

/** Why, in a record's own words; empty where it says nothing. */
export function becauseOf({ body }: DecisionRecord): string {
  const { verdict, reason, because, note } = membersOf(body);
  const { rationale } = membersOf(verdict);
  const told = [Array.isArray(rationale) ? rationale[0] : undefined, reason, because, note];
  return told.find((one): one is string => typeof one === "string") ?? "";
}
