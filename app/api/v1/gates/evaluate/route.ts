import { handleAnew } from "#lib/server/handle.ts";
import { evaluateGate } from "#lib/server/services/gate/evaluate.ts";

export const POST = handleAnew(evaluateGate);
