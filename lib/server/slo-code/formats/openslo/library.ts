import "server-only";
import type { z } from "zod";
import type { SourceDocument } from "../../source/document.ts";
import type { Path } from "../../source/problem.ts";
import { readShape, valueAt } from "../../source/shape.ts";

/** A part of an object and where it stands: within the SLO, or in a document of its own. */
export interface Part<T> {
  value: T;
  document: SourceDocument;
  path: Path;
}

function keyOf(kind: unknown, name: unknown): string {
  return JSON.stringify([kind, name]);
}

/** The OpenSLO objects of all files, to be found by kind and name. */
export class Library {
  readonly #objects = new Map<string, SourceDocument>();

  constructor(documents: readonly SourceDocument[]) {
    for (const document of documents) {
      const key = keyOf(valueAt(document.value, ["kind"]), valueAt(document.value, ["metadata", "name"]));
      if (!this.#objects.has(key)) this.#objects.set(key, document);
    }
  }

  /** The spec of the object that a field names; null, and noted there, when it is nowhere. */
  find<S extends z.ZodType<{ spec: unknown }>>(
    schema: S,
    kind: string,
    name: string,
    from: { document: SourceDocument; path: Path },
  ): Part<z.infer<S>["spec"]> | null {
    const document = this.#objects.get(keyOf(kind, name));
    if (document === undefined) {
      from.document.note("error", from.path, `There is no ${kind} called "${name}" in these files.`);
      return null;
    }
    const object = readShape(document, [], schema);
    return object && { value: object.spec, document, path: ["spec"] };
  }
}
