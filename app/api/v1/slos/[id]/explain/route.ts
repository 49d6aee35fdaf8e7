import { handle } from "#lib/server/handle.ts";
import { explainBudget } from "#lib/server/services/slos/explain.ts";

export const GET = handle(explainBudget);
