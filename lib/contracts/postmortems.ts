import { z } from "zod";
import { SECTION_KEYS } from "#lib/domain/postmortems/sections.ts";
import { Phase, Severity } from "./incident-events.ts";
import { IncidentDetail } from "./incidents.ts";
import { ActionItem } from "./postmortems-action-items.ts";
import { SeriesData } from "./series.ts";
import { Person } from "./slos.ts";
import { visibleText } from "./text.ts";

const moment = z.iso.datetime();
const id = z.string().min(1).max(64);
const section = z.string().max(20_000);

/** Markdown by section. */
export const Sections = z.strictObject(
  Object.fromEntries(SECTION_KEYS.map((key) => [key, section])) as Record<
    (typeof SECTION_KEYS)[number],
    typeof section
  >,
);

/** "none": nobody has saved it yet; "review": its writers ask a second person to read it. */
export const PostmortemState = z.enum(["none", "draft", "review", "published"]);
export type PostmortemState = z.infer<typeof PostmortemState>;

export const Postmortem = z.object({
  incident: z.object({
    id,
    title: z.string(),
    severity: Severity,
    phase: Phase,
    service: z.string().nullable(),
    node: z.string().nullable(),
    startedAt: moment.nullable(),
    detectedAt: moment,
    resolvedAt: moment.nullable(),
    closedAt: moment.nullable(),
  }),
  state: PostmortemState,
  /** 0 while nobody has saved it: the sections are those of the draft then. */
  version: z.int().min(0),
  by: Person.nullable(),
  at: moment.nullable(),
  sections: Sections,
  /** What the facts would write now, for sections that are to be filled again. */
  draft: Sections,
  /** It spent more than a fifth of a budget: it has to have a post-mortem. */
  required: z.boolean(),
  waiver: z.object({ by: Person, at: moment, reason: z.string() }).nullable(),
  spent: IncidentDetail.shape.slos,
  /** The charts that are pinned on the timeline, as they were then. */
  charts: z.array(
    z.object({ seq: z.string(), at: moment, title: z.string(), query: z.string(), data: SeriesData }),
  ),
  actionItems: z.array(ActionItem),
  versions: z.array(z.object({ version: z.int(), by: Person, at: moment, publishedAt: moment.nullable() })),
});
export type Postmortem = z.infer<typeof Postmortem>;

/** `version`: an earlier one, as it was saved; without it the newest. */
export const ReadPostmortem = z.strictObject({ id, version: z.coerce.number().int().min(1).optional() });
export const ExportPostmortem = z.strictObject({ id });
/** `version` is the one that was edited, 0 for the draft; a stale one answers 409 with the current text. */
export const SavePostmortem = z.strictObject({
  id,
  version: z.int().min(0),
  sections: Sections,
  ready: z.boolean().default(false),
});
export const PublishPostmortem = z.strictObject({ id, version: z.int().min(1) });
export const WaivePostmortem = z.strictObject({ id, reason: visibleText(500) });
