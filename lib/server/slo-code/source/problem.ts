import "server-only";

/** A place in a text, both from 1. */
export interface Place {
  line: number;
  column: number;
}

/** The way to a field of a document: `["spec", "objectives", 0, "target"]`. */
export type Path = readonly (string | number)[];

/** What is wrong with a text, and where. Errors stop an import; warnings say what is not taken over. */
export interface Problem extends Place {
  severity: "error" | "warning";
  /** The file it stands in; empty where there is only a text. */
  file: string;
  /** Dotted, as in `spec.objectives.0.target`; empty for the text as a whole. */
  path: string;
  message: string;
}

/** A text with the name people know it by. */
export interface SourceFile {
  name: string;
  text: string;
}
