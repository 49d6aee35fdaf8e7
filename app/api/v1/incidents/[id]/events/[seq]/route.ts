import { handle } from "#lib/server/handle.ts";
import { editEvent } from "#lib/server/services/incidents/timeline/edit.ts";

export const PATCH = handle(editEvent);
