import { z } from "zod";
import { Severity } from "./incident-events.ts";
import { Person } from "./slos.ts";
import { visibleText } from "./text.ts";

const moment = z.iso.datetime();
const id = z.string().min(1).max(64);
const version = z.int().min(1);
const flag = z.enum(["true", "false"]).transform((text) => text === "true");
const text = visibleText(500);
const due = moment.nullable();
/** Where it is tracked: an address that a browser opens, and nothing that it would run. */
const link = z
  .url({ protocol: /^https?$/, hostname: /./ })
  .max(2_000)
  .nullable();

/** Something to be done after an incident, so that it does not happen again, or hurts less. */
export const ActionItem = z.object({
  id,
  incident: z.object({ id, title: z.string(), severity: Severity }),
  text: z.string(),
  owner: Person.nullable(),
  dueAt: moment.nullable(),
  link: z.string().nullable(),
  doneAt: moment.nullable(),
  /** Due, and not done. */
  overdue: z.boolean(),
  /** When the timeline was told that it is overdue. */
  remindedAt: moment.nullable(),
  version,
});
export type ActionItem = z.infer<typeof ActionItem>;

export const ListActionItems = z.strictObject({
  incident: id.optional(),
  owner: id.optional(),
  open: flag.optional(),
  overdue: flag.optional(),
});
export type ListActionItems = z.infer<typeof ListActionItems>;

export const CreateActionItem = z.strictObject({
  incident: id,
  text,
  ownerId: id.nullable().default(null),
  dueAt: due.default(null),
  link: link.default(null),
});
export type CreateActionItem = z.input<typeof CreateActionItem>;

/** `version` is the one that the change was made on. */
export const PatchActionItem = z.strictObject({
  item: id,
  version,
  text: text.optional(),
  ownerId: id.nullable().optional(),
  dueAt: due.optional(),
  link: link.optional(),
  done: z.boolean().optional(),
});
export type PatchActionItem = z.infer<typeof PatchActionItem>;
