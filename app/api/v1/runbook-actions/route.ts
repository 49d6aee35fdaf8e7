import { handle } from "#lib/server/handle.ts";
import { listOffers } from "#lib/server/services/runbook-actions/offers.ts";

export const GET = handle(listOffers);
