import { handlePublic } from "#lib/server/handle.ts";
import { openapiDocument } from "#lib/server/openapi/document.ts";

export const GET = handlePublic(async () => openapiDocument());
