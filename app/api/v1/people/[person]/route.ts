import { handle } from "#lib/server/handle.ts";
import { erasePerson } from "#lib/server/services/people/erase.ts";
import { updatePerson } from "#lib/server/services/people/update.ts";

export const PATCH = handle(updatePerson);
export const DELETE = handle(erasePerson);
