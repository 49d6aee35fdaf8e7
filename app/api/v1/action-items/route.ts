import { handle } from "#lib/server/handle.ts";
import { createActionItem } from "#lib/server/services/action-items/create.ts";
import { listActionItems } from "#lib/server/services/action-items/list.ts";

export const GET = handle(listActionItems);
export const POST = handle(createActionItem);
