import { handle } from "#lib/server/handle.ts";
import { testSource } from "#lib/server/services/sources/test-source.ts";

export const POST = handle(testSource);
