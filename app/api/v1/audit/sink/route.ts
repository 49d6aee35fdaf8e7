import { handle } from "#lib/server/handle.ts";
import { deleteAuditSink, getAuditSink, putAuditSink } from "#lib/server/services/audit/sink.ts";

export const GET = handle(getAuditSink);
export const PUT = handle(putAuditSink);
export const DELETE = handle(deleteAuditSink);
