import "server-only";
import { z } from "zod";
import { SloDefinition } from "#lib/contracts/slo-definition.ts";
import type { SourceDocument } from "../../source/document.ts";
import { readShape, valueAt } from "../../source/shape.ts";
import { type Draft, foreignDefinition } from "../draft.ts";
import { readQuery } from "../queries.ts";

export const BURNLINE_VERSION = "burnline.dev/v1";

const { name, sli, objectives, ...others } = SloDefinition.shape;
const Resource = z.strictObject({
  apiVersion: z.literal(BURNLINE_VERSION),
  kind: z.literal("SLO"),
  metadata: z.strictObject({ name }),
  spec: z.strictObject({ sli, objectives, ...z.object(others).partial().shape }),
});

/** The SLO of our own format: a definition as it is, in which what has a default may be left out. */
export function readBurnline(document: SourceDocument): Draft[] {
  const resource = readShape(document, [], Resource);
  if (resource === null) return [];
  const { metadata, spec } = resource;
  for (const field of ["numerator", "total", "expression"]) {
    const text = valueAt(spec.sli, [field]);
    if (typeof text === "string") readQuery({ document, path: ["spec", "sli", field], text });
  }
  const given = Object.entries(spec).filter(([, value]) => value !== undefined);
  const definition = { ...foreignDefinition(metadata.name, spec.sli), ...Object.fromEntries(given) };
  return [
    {
      definition,
      origins: [
        { field: [], document, path: ["spec"] },
        { field: ["name"], document, path: ["metadata", "name"] },
      ],
    },
  ];
}
