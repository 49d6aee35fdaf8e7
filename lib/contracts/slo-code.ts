import { z } from "zod";
import type { ApiRoute } from "./api-route.ts";
import { ExportSlo, ImportAnswer, ImportSlos } from "./slos.ts";

const moment = z.iso.datetime();

/** Something that a file of the folder says and that cannot be, or is not, taken over. */
export const SloFileProblem = z.object({
  /** Below the folder; empty where it is about the folder itself. */
  file: z.string(),
  line: z.int(),
  column: z.int(),
  path: z.string(),
  message: z.string(),
});
export type SloFileProblem = z.infer<typeof SloFileProblem>;

/** How the folder stands that is the source of the SLOs of files. */
export const SloFolder = z.object({
  /** Null when no folder is watched. */
  folder: z.string().nullable(),
  checkedAt: moment.nullable(),
  /** When its SLOs were last brought in line with it. */
  appliedAt: moment.nullable(),
  files: z.int(),
  slos: z.int(),
  /** What keeps it from being applied; while there are any, the SLOs stay as they were. */
  problems: z.array(SloFileProblem),
  warnings: z.array(SloFileProblem),
});
export type SloFolder = z.infer<typeof SloFolder>;

const NoInput = z.strictObject({});

/** The addresses of SLOs as code. */
export const SLO_CODE_ROUTES: readonly ApiRoute[] = [
  {
    method: "POST",
    path: "/api/v1/slos/import",
    access: "slos:draft",
    summary: "Import the SLOs of a YAML text by their keys, all or nothing; dryRun tells what would change",
    input: ImportSlos,
    output: ImportAnswer,
  },
  {
    method: "GET",
    path: "/api/v1/slos/{id}/export",
    access: "slos:read",
    summary: "An SLO as a file in another format; what that cannot say stands in a comment",
    input: ExportSlo,
    output: z.string(),
    contentType: "application/yaml",
  },
  {
    method: "GET",
    path: "/api/v1/slos/folder",
    access: "slos:read",
    summary: "How the folder stands that is the source of the SLOs of files",
    input: NoInput,
    output: SloFolder,
  },
];
