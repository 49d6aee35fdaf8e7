import "server-only";
import { Document } from "yaml";

/** A definition in another format, and what that format cannot say of it. */
export interface WrittenSlo {
  text: string;
  warnings: string[];
}

/** A YAML document that begins with what it leaves out. */
export function writeDocument(value: unknown, warnings: readonly string[]): WrittenSlo {
  const document = new Document(value, { aliasDuplicateObjects: false });
  const lines = warnings.map((warning) => ` Not said here: ${warning.replace(/\s+/g, " ")}`);
  if (lines.length > 0) document.commentBefore = lines.join("\n");
  return { text: document.toString({ lineWidth: 0 }), warnings: [...warnings] };
}
