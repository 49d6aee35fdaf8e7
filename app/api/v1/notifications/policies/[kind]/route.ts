import { handle } from "#lib/server/handle.ts";
import { getPolicy, putPolicy } from "#lib/server/services/notifications/policies.ts";

export const GET = handle(getPolicy);
export const PUT = handle(putPolicy);
