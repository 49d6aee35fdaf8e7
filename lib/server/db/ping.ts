import "server-only";
import { read } from "./client.ts";

/** Resolves when the database answers. @throws `unavailable` when it is out of reach. */
export async function pingDatabase(): Promise<void> {
  await read((tx) => tx.$queryRaw`select 1`);
}
