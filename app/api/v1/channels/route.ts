import { handle } from "#lib/server/handle.ts";
import { listChannels, makeChannel } from "#lib/server/services/notifications/channels.ts";

export const GET = handle(listChannels);
export const POST = handle(makeChannel);
