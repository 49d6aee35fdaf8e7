import { handlePublic } from "#lib/server/handle.ts";
import { getReadiness } from "#lib/server/services/health/readiness.ts";

export const GET = handlePublic(getReadiness);
