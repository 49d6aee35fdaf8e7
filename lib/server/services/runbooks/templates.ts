import "server-only";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { RunbookDocument } from "#lib/contracts/runbooks.ts";
import { singleton } from "#lib/server/singleton.ts";

const HEADING = /^# (.+)\n+/;
/** Names further alerts that the page is for. */
const ALSO_FOR = /^\*\*Also for:\*\* (.+)$/m;
/** Files link to the files beside them, pages to pages. */
const NEIGHBOUR = /\]\(([\w.-]+)\.md\)/g;

function readTemplate(text: string, name: string): RunbookDocument {
  const also = ALSO_FOR.exec(text)?.[1] ?? "";
  return RunbookDocument.parse({
    title: HEADING.exec(text)?.[1] ?? name,
    markdown: text.replace(HEADING, "").replaceAll(NEIGHBOUR, "](/alerts/runbooks/$1)"),
    alerts: also.split(/[\s,`.]+/).filter((word) => word !== ""),
  });
}

/**
 * The runbooks that come with Burnline, by name; they are read once. server.ts asks for them first: bundled code does not
 * know where the sources are.
 */
export function runbookTemplates(): ReadonlyMap<string, RunbookDocument> {
  return singleton("runbooks.templates", () => {
    const folder = path.resolve(import.meta.dirname, "../../../../docs/runbooks");
    const files = readdirSync(folder).filter((file) => file.endsWith(".md"));
    const templates = files.sort().map((file): [string, RunbookDocument] => {
      const name = file.slice(0, -".md".length);
      return [name, readTemplate(readFileSync(path.join(folder, file), "utf8"), name)];
    });
    return new Map(templates);
  });
}
