import { handle } from "#lib/server/handle.ts";
import { readTimeline } from "#lib/server/services/incidents/timeline/read.ts";
import { writeEvent } from "#lib/server/services/incidents/timeline/write.ts";

export const GET = handle(readTimeline);
export const POST = handle(writeEvent);
