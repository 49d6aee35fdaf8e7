import "server-only";
import { stringify } from "yaml";
import type { SloDefinition } from "#lib/domain/slo/definition/definition.ts";
import type { WrittenSlo } from "../written.ts";
import { BURNLINE_VERSION } from "./read.ts";

/** A definition in our own format, which says all of it. */
export function writeBurnline({ name, ...spec }: SloDefinition): WrittenSlo {
  const resource = { apiVersion: BURNLINE_VERSION, kind: "SLO", metadata: { name }, spec };
  return { text: stringify(resource, { lineWidth: 0 }), warnings: [] };
}
