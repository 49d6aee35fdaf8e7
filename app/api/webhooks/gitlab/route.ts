import { handlePublic } from "#lib/server/handle.ts";
import { readSigned, receiveFrom } from "#lib/server/services/forges/receive.ts";

export const POST = handlePublic(receiveFrom("gitlab"), readSigned);
