import { handle } from "#lib/server/handle.ts";
import { listRunbookVersions } from "#lib/server/services/runbooks/read.ts";

export const GET = handle(listRunbookVersions);
