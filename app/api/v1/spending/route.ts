import { handle } from "#lib/server/handle.ts";
import { agreeSpending, listSpending } from "#lib/server/services/spending/spending.ts";

export const GET = handle(listSpending);
export const POST = handle(agreeSpending);
