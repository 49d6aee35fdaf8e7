import { handle } from "#lib/server/handle.ts";
import { createPerson } from "#lib/server/services/people/create.ts";
import { listPeople } from "#lib/server/services/people/list.ts";

export const GET = handle(listPeople);
export const POST = handle(createPerson);
