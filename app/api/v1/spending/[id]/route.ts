import { handle } from "#lib/server/handle.ts";
import { takeSpendingBack } from "#lib/server/services/spending/spending.ts";

export const DELETE = handle(takeSpendingBack);
