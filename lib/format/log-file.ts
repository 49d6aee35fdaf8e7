import type { LogLine } from "#lib/contracts/logs.ts";

/** The lines as a file, in their order: `txt` is time, level and text, `jsonl` all there is. Nothing is cut. */
export function logFile(lines: readonly LogLine[], format: "txt" | "jsonl"): string {
  const write = format === "jsonl" ? (line: LogLine) => JSON.stringify(line) : asText;
  return lines.map((line) => `${write(line)}\n`).join("");
}

function asText({ timestampNs, level, line }: LogLine): string {
  const ms = Number(BigInt(timestampNs) / 1_000_000n);
  const second = new Date(ms).toISOString().slice(0, 19);
  return `${second}.${timestampNs.slice(-9).padStart(9, "0")}Z ${level} ${line}`;
}
