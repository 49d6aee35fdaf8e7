import { handle } from "#lib/server/handle.ts";
import { patchActionItem } from "#lib/server/services/action-items/patch.ts";

export const PATCH = handle(patchActionItem);
