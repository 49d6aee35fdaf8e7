import { handle } from "#lib/server/handle.ts";
import { listReleases } from "#lib/server/services/releases/list.ts";
import { requestRelease } from "#lib/server/services/releases/request.ts";

export const GET = handle(listReleases);
export const POST = handle(requestRelease);
