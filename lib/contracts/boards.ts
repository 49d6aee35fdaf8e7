import { z } from "zod";
import { MAX_PANELS, PANEL_KINDS, PANEL_WIDTHS } from "#lib/domain/boards/board.ts";
import { Unit } from "./series.ts";
import { Person } from "./slos.ts";
import { visibleText } from "./text.ts";

const moment = z.iso.datetime();
/** Control characters, beside those that a query may be laid out with, and halves of characters. */
const UNWRITABLE = /(?![\n\r\t])[\p{Cc}\p{Cs}]/u;
const MAX_QUERY_LENGTH = 5_000;

export const BoardId = z.uuid("must be the id of a board");
export const BoardName = visibleText(100);
export const PanelKind = z.enum(PANEL_KINDS);

/** A panel of a board. `$service` and `$node` in the matchers of its query stand for what is chosen on the page. */
export const BoardPanel = z.strictObject({
  kind: PanelKind,
  title: visibleText(100),
  query: z
    .string()
    .trim()
    .min(1, "is needed")
    .max(MAX_QUERY_LENGTH)
    .refine((text) => !UNWRITABLE.test(text), "has characters that cannot be written"),
  /** How the values of `series` are written; the others count. */
  unit: Unit.default("count"),
  width: z.enum(PANEL_WIDTHS).default("half"),
});
export type BoardPanel = z.infer<typeof BoardPanel>;

const chosen = visibleText(253).nullable().default(null);

export const BoardDocument = z.strictObject({
  /** What the variables stand for where the address names nothing. */
  variables: z.strictObject({ service: chosen, node: chosen }).default({ service: null, node: null }),
  panels: z.array(BoardPanel).max(MAX_PANELS),
});
export type BoardDocument = z.infer<typeof BoardDocument>;

/** What people write of a board. */
export const BoardFields = z.strictObject({
  name: BoardName,
  description: visibleText(500).nullable().default(null),
  ...BoardDocument.shape,
});
export type BoardFields = z.infer<typeof BoardFields>;

export const Board = BoardFields.extend({
  id: BoardId,
  version: z.int().min(1),
  createdAt: moment,
  createdBy: Person,
  updatedAt: moment,
  updatedBy: Person,
});
export type Board = z.infer<typeof Board>;

/** A board without its panels. */
export const BoardSummary = Board.pick({
  id: true,
  name: true,
  description: true,
  version: true,
  updatedAt: true,
  updatedBy: true,
}).extend({ panels: z.int() });
export type BoardSummary = z.infer<typeof BoardSummary>;
