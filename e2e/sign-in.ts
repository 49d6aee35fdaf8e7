import { readFileSync } from "node:fs";
import path from "node:path";
import type { APIRequestContext } from "@playwright/test";

/** State folder of the demo that all journeys share. */
export const DEMO_HOME =
  process.env.E2E_HOME ?? path.join(import.meta.dirname, "..", "test-results", "demo-home");

/** Where the administrator's session is kept for all journeys. */
export const ADMIN_STATE = path.join(import.meta.dirname, "..", "test-results", "admin-session.json");

/** What the journeys need of the running demo's own file. */
export interface DemoFile {
  url: string;
  accounts: { email: string; password: string; roles: string[] }[];
  token: string;
}

export function demoFile(): DemoFile {
  return JSON.parse(readFileSync(path.join(DEMO_HOME, "demo.json"), "utf8")) as DemoFile;
}

/** Signs a browser context in as the demo's person with this role, without a page. */
export async function signInAs(
  request: APIRequestContext,
  role: string,
  demo: Pick<DemoFile, "accounts"> = demoFile(),
): Promise<void> {
  const account = demo.accounts.find(({ roles }) => roles.includes(role));
  if (!account) throw new Error(`the demo has nobody with the role ${role}`);
  const { email, password } = account;
  const response = await request.post("/api/v1/session", { data: { email, password } });
  if (!response.ok()) throw new Error(`signing in as ${role}: ${response.status()} ${await response.text()}`);
}
