import { handle } from "#lib/server/handle.ts";
import { testChannel } from "#lib/server/services/notifications/test-channel.ts";

export const POST = handle(testChannel);
