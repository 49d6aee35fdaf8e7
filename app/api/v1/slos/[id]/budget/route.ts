import { handle } from "#lib/server/handle.ts";
import { getBudget } from "#lib/server/services/slos/budget.ts";

export const GET = handle(getBudget);
