import { handle } from "#lib/server/handle.ts";
import { getCluster } from "#lib/server/services/cluster/get.ts";

export const GET = handle(getCluster);
