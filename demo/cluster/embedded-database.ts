import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const Connection = z.object({ url: z.string() });

/** The address of the app's embedded PostgreSQL, from the file the app keeps beside its data. */
export function embeddedDatabaseUrl(home: string): string {
  const file = path.join(home, "postgres", "connection.json");
  return Connection.parse(JSON.parse(readFileSync(file, "utf8"))).url;
}
