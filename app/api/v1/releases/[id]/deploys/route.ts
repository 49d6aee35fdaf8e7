import { handle } from "#lib/server/handle.ts";
import { reportDeploy } from "#lib/server/services/releases/deploy.ts";

export const POST = handle(reportDeploy);
