import { handle } from "#lib/server/handle.ts";
import { deleteChannel, putChannel } from "#lib/server/services/notifications/channels.ts";

export const PUT = handle(putChannel);
export const DELETE = handle(deleteChannel);
