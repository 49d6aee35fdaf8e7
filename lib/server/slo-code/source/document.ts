import "server-only";
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseAllDocuments,
} from "yaml";
import { odditiesOf } from "./expansion.ts";
import { whyTooMuch } from "./limits.ts";
import type { Path, Place, Problem, SourceFile } from "./problem.ts";

const MAX_DOCUMENTS = 1_000;
const START: Place = { line: 1, column: 1 };

/** One YAML document of a file: its plain value, where each part of it stands, and what is wrong with it. */
export class SourceDocument {
  readonly file: string;
  readonly value: unknown;
  readonly problems: Problem[] = [];
  readonly #document: Document;
  readonly #lines: LineCounter;

  constructor(file: string, document: Document, lines: LineCounter) {
    this.file = file;
    this.#document = document;
    this.#lines = lines;
    for (const { pos, message } of document.errors) this.#noteAt(pos[0], message, "error");
    for (const { pos, message } of document.warnings) this.#noteAt(pos[0], message, "warning");
    if (document.errors.length === 0)
      for (const { offset, message } of odditiesOf(document)) this.#noteAt(offset, message, "error");
    this.value = this.isReadable ? document.toJS({ maxAliasCount: -1 }) : null;
  }

  /** Whether nothing keeps its value from being used. */
  get isReadable(): boolean {
    return !this.problems.some(({ severity }) => severity === "error");
  }

  /** Where a field stands, or the nearest part around it that is there. */
  placeOf(path: Path): Place {
    let node: unknown = this.#document.contents;
    let offset = offsetOf(node) ?? 0;
    for (const step of path) {
      if (isAlias(node)) node = node.resolve(this.#document);
      const child = childOf(node, step);
      if (child === null) break;
      node = child.value;
      offset = child.offset ?? offset;
    }
    return this.#placeAt(offset);
  }

  /** Something wrong with a field, with its place. */
  problemAt(severity: Problem["severity"], path: Path, message: string): Problem {
    return { severity, file: this.file, ...this.placeOf(path), path: path.join("."), message };
  }

  /** Notes what is wrong with a field, once. */
  note(severity: Problem["severity"], path: Path, message: string): void {
    const dotted = path.join(".");
    if (this.problems.some((one) => one.path === dotted && one.message === message)) return;
    this.problems.push(this.problemAt(severity, path, message));
  }

  #noteAt(offset: number, message: string, severity: Problem["severity"]): void {
    this.problems.push({ severity, file: this.file, ...this.#placeAt(offset), path: "", message });
  }

  #placeAt(offset: number): Place {
    const { line, col } = this.#lines.linePos(offset);
    return line === 0 ? START : { line, column: col };
  }
}

function offsetOf(node: unknown): number | null {
  return isNode(node) ? (node.range?.[0] ?? null) : null;
}

/** A part of a collection, and where a reader looks for it: the value of a plain field, the name of a larger one. */
function childOf(node: unknown, step: string | number): { value: unknown; offset: number | null } | null {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
    if (!pair) return null;
    const isPlain = isScalar(pair.value) && pair.value.range !== null && pair.value.source !== "";
    return { value: pair.value, offset: offsetOf(isPlain ? pair.value : pair.key) };
  }
  if (!isCollection(node)) return null;
  const value = node.get(step, true);
  return value === undefined ? null : { value, offset: offsetOf(value) };
}

function isNothing(contents: unknown): boolean {
  return contents === null || (isScalar(contents) && contents.value === null);
}

function unreadable(file: string, message: string): { documents: SourceDocument[]; problems: Problem[] } {
  return { documents: [], problems: [{ severity: "error", file, ...START, path: "", message }] };
}

/** The YAML documents of a file; whatever cannot be read is a problem, never a throw, and takes linear time. */
export function readDocuments(file: SourceFile): { documents: SourceDocument[]; problems: Problem[] } {
  const tooMuch = whyTooMuch(file.text);
  if (tooMuch !== null) return unreadable(file.name, tooMuch);
  const lines = new LineCounter();
  const parsed = parseAllDocuments(file.text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: "silent",
  });
  if (parsed.length > MAX_DOCUMENTS)
    return unreadable(file.name, `It has more than ${MAX_DOCUMENTS} documents; split it.`);
  const documents = parsed
    .filter(({ contents, errors }) => errors.length > 0 || !isNothing(contents))
    .map((document) => new SourceDocument(file.name, document, lines));
  return { documents, problems: documents.flatMap(({ problems }) => problems) };
}
