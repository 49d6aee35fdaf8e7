import "server-only";
import { SloDefinition as DefinitionShape } from "#lib/contracts/slo-definition.ts";
import { checkDefinition } from "#lib/domain/slo/definition/check-definition.ts";
import { type SloDefinition, sloKey } from "#lib/domain/slo/definition/definition.ts";
import { BURNLINE_VERSION, readBurnline } from "./formats/burnline/read.ts";
import type { Draft, Origin } from "./formats/draft.ts";
import { Library } from "./formats/openslo/library.ts";
import { readOpenSlo } from "./formats/openslo/read.ts";
import { OPENSLO_VERSION } from "./formats/openslo/shapes.ts";
import { readPyrra } from "./formats/pyrra/read.ts";
import { readSloDev } from "./formats/slo-dev/read.ts";
import { readSloth } from "./formats/sloth/read.ts";
import { readDocuments, type SourceDocument } from "./source/document.ts";
import type { Path, Problem, SourceFile } from "./source/problem.ts";
import { valueAt } from "./source/shape.ts";

const MAX_PROBLEMS = 200;

/** A definition and where it was found. */
export interface FoundDefinition {
  definition: SloDefinition;
  file: string;
  line: number;
  /** What its file says and it does not take over. */
  warnings: Problem[];
  /** An error of the definition as one of the file, at the field it is about. */
  problemAt: (field: Path, message: string) => Problem;
}

/** What SLO files say: nothing of it may be used while a problem is an error. */
export interface SloCode {
  definitions: FoundDefinition[];
  problems: Problem[];
}

type Reader = (document: SourceDocument, library: Library) => Draft[];

/** Parts of OpenSLO that an SLO refers to, read from there. */
const reference: Reader = () => [];
/** Parts of OpenSLO that Burnline has no use for. */
const unused: Reader = (document) => {
  document.note("warning", ["kind"], "Not taken over: sources and notifications are set up elsewhere.");
  return [];
};

const READERS: Readonly<Record<string, Reader>> = {
  "prometheus/v1": (document) => readSloth(document, false),
  "sloth.slok.dev/v1 PrometheusServiceLevel": (document) => readSloth(document, true),
  "pyrra.dev/v1alpha1 ServiceLevelObjective": readPyrra,
  "slo.dev/v1 ServiceLevelObjective": readSloDev,
  [`${BURNLINE_VERSION} SLO`]: readBurnline,
  [`${OPENSLO_VERSION} SLO`]: readOpenSlo,
  [`${OPENSLO_VERSION} SLI`]: reference,
  [`${OPENSLO_VERSION} AlertPolicy`]: reference,
  [`${OPENSLO_VERSION} AlertCondition`]: reference,
  [`${OPENSLO_VERSION} Service`]: reference,
  [`${OPENSLO_VERSION} DataSource`]: unused,
  [`${OPENSLO_VERSION} AlertNotificationTarget`]: unused,
};

function readerOf(document: SourceDocument): Reader | null {
  const text = (field: string) => {
    const value = valueAt(document.value, [field]);
    return typeof value === "string" ? value : "";
  };
  const apiVersion = text("apiVersion");
  const name = apiVersion === "" ? text("version") : `${apiVersion} ${text("kind")}`;
  if (Object.hasOwn(READERS, name)) return READERS[name] ?? null;
  const known = "OpenSLO v1, Sloth, Pyrra, slo.dev/v1 and burnline.dev/v1";
  document.note("error", ["apiVersion"], `"${name.trim()}" is no format read here; known are ${known}.`);
  return null;
}

/** Where a field of the definition was read; fields without a counterpart stand where the whole does. */
function originOf({ origins }: Draft, field: Path): { origin: Origin; rest: Path } {
  const covers = (origin: Origin) => origin.field.every((step, at) => field[at] === step);
  const [whole] = origins;
  // Later ones are more precise, or overwrote the earlier.
  const origin = origins.reduce(
    (best, one) => (covers(one) && one.field.length >= best.field.length ? one : best),
    whole,
  );
  return { origin, rest: field.slice(origin.field.length) };
}

/** An issue at the field it is about, or at the nearest one around it that the file has. */
function locate(draft: Draft, field: Path, message: string): { origin: Origin; path: Path; words: string } {
  const { origin, rest } = originOf(draft, field);
  const { document, path } = origin;
  let depth = rest.length;
  while (depth > 0 && valueAt(document.value, [...path, ...rest.slice(0, depth)]) === undefined) depth -= 1;
  const beyond = rest.slice(depth).join(".");
  const words = beyond === "" ? message : `${beyond}: ${message}`;
  return { origin, path: [...path, ...rest.slice(0, depth)], words };
}

/** The definition, when nothing is wrong with it. */
function checked(draft: Draft): SloDefinition | null {
  const shaped = DefinitionShape.safeParse(draft.definition);
  const issues = shaped.success ? checkDefinition(shaped.data) : shaped.error.issues;
  for (const { path, message } of issues) {
    const field = path.map((step) => (typeof step === "symbol" ? String(step) : step));
    const { origin, path: place, words } = locate(draft, field, message);
    origin.document.note("error", place, words);
  }
  return shaped.success && issues.length === 0 ? shaped.data : null;
}

function find(draft: Draft, keys: Set<string>): FoundDefinition[] {
  const definition = checked(draft);
  const { document, path } = draft.origins[0];
  if (definition === null) return [];
  const key = sloKey(definition);
  if (keys.has(key)) document.note("error", path, `There is another SLO called ${key}.`);
  keys.add(key);
  const problemAt = (field: Path, message: string): Problem => {
    const { origin, path: place, words } = locate(draft, field, message);
    return origin.document.problemAt("error", place, words);
  };
  const { line } = document.placeOf(path);
  return [{ definition, file: document.file, line, warnings: [], problemAt }];
}

function readDocument(document: SourceDocument, library: Library, keys: Set<string>): FoundDefinition[] {
  const reader = document.isReadable ? readerOf(document) : null;
  const found = (reader?.(document, library) ?? []).flatMap((draft) => find(draft, keys));
  const warnings = document.problems.filter(({ severity }) => severity === "warning");
  return found.map((one) => ({ ...one, warnings }));
}

/**
 * The SLO definitions of YAML files, several to a file, in any of the formats that are read: OpenSLO v1, Sloth, Pyrra,
 * slo.dev/v1 and our own. All that is wrong, also with the definitions themselves, is a problem with its line, column and
 * field; nothing throws. OpenSLO objects may refer to those of another file.
 */
export function readSloCode(files: readonly SourceFile[]): SloCode {
  const read = files.map(readDocuments);
  const documents = read.flatMap((one) => one.documents);
  const library = new Library(documents.filter(({ isReadable }) => isReadable));
  const keys = new Set<string>();
  const definitions = documents.flatMap((document) => readDocument(document, library, keys));
  const unreadable = read.flatMap((one) => (one.documents.length === 0 ? one.problems : []));
  const problems = [...unreadable, ...documents.flatMap((one) => one.problems)];
  const errorsFirst = problems.toSorted((a, b) =>
    a.severity < b.severity ? -1 : Number(a.severity > b.severity),
  );
  return { definitions, problems: errorsFirst.slice(0, MAX_PROBLEMS) };
}
