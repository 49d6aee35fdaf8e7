import "server-only";
import { randomUUID } from "node:crypto";
import pg from "pg";

/** Makes an empty database, or a copy of `template`, beside the one at `url`; answers its address. */
export async function createDatabase(url: string, template = "template1"): Promise<string> {
  const name = `burnline_${randomUUID()}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`create database "${name}" template ${client.escapeIdentifier(template)}`);
  } finally {
    await client.end();
  }
  const made = new URL(url);
  made.pathname = `/${name}`;
  return made.href;
}
