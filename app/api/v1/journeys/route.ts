import { handle } from "#lib/server/handle.ts";
import { listJourneys } from "#lib/server/services/slos/journeys/list.ts";

export const GET = handle(listJourneys);
