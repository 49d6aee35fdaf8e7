import { AppError } from "#lib/server/errors.ts";
import { handlePublic } from "#lib/server/handle.ts";

type Handler = ReturnType<typeof handlePublic>;

const refuse = handlePublic(() => Promise.reject(new AppError("not_found", "the API has no such address")));
/** Without its body, which is not worth reading and would be refused first. */
const answerUnknown: Handler = ({ url, headers, signal }, args) =>
  refuse(new Request(url, { headers, signal }), args);

export const GET = answerUnknown;
export const POST = answerUnknown;
export const PUT = answerUnknown;
export const PATCH = answerUnknown;
export const DELETE = answerUnknown;
