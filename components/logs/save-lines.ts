import type { LogLine } from "#lib/contracts/logs.ts";
import { logFile } from "#lib/format/log-file.ts";

const TYPES = { txt: "text/plain", jsonl: "application/jsonl" };

/** Hands lines to the browser as a file of their own. */
export function saveLines(lines: readonly LogLine[], format: "txt" | "jsonl"): void {
  const file = new Blob([logFile(lines, format)], { type: `${TYPES[format]};charset=utf-8` });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `logs-${new Date().toISOString().slice(0, 19).replaceAll(":", "")}Z-${lines.length}.${format}`;
  link.click();
  // The browser reads the file after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
