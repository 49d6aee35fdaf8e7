import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** `demo.json`: where the running demo is, for tools, tests and `npm run demo:break`. */
export const DemoFile = z.object({
  url: z.url(),
  prometheusUrl: z.url(),
  alertmanagerUrl: z.url(),
  lokiUrl: z.url(),
  databaseUrl: z.string(),
  accounts: z.array(z.object({ email: z.string(), password: z.string(), roles: z.array(z.string()) })),
  /** An API token with the admin role. */
  token: z.string(),
  simulatorUrl: z.url(),
  /** Where the demo's notifications arrive; `/messages` shows them. */
  catcherUrl: z.url(),
  /** Stops and starts parts of the demo; `key` is the bearer token it asks for. */
  control: z.object({ url: z.url(), key: z.string() }),
});
export type DemoFile = z.infer<typeof DemoFile>;

const fileIn = (home: string) => path.join(home, "demo.json");

/** The file of the demo that runs on this home, or of one that was killed; null where there is none. */
export function readDemoFile(home: string): DemoFile | null {
  try {
    return DemoFile.parse(JSON.parse(readFileSync(fileIn(home), "utf8")));
  } catch {
    return null;
  }
}

/** Written whole or not at all, and for this user alone: it names a key. */
export function writeDemoFile(home: string, content: DemoFile): void {
  const aside = `${fileIn(home)}.${process.pid}`;
  writeFileSync(aside, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(aside, fileIn(home));
}

export function removeDemoFile(home: string): void {
  rmSync(fileIn(home), { force: true });
}
