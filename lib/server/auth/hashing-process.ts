import "server-only";
import { scryptSync } from "node:crypto";
import os from "node:os";
import type { HashAnswer, HashRequest } from "./hasher.ts";

// The hasher's own process: one hash after the other, at a lower priority. It ends with its parent.
const MAX_MEMORY_BYTES = 64 * 1024 * 1024;

os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
process.on("disconnect", () => process.exit(0));
process.on("message", ({ id, password, salt, keyBytes, cost }: HashRequest) => {
  const options = { ...cost, maxmem: MAX_MEMORY_BYTES };
  const key = scryptSync(password, Buffer.from(salt, "base64url"), keyBytes, options);
  const answer: HashAnswer = { id, key: key.toString("base64url") };
  process.send?.(answer);
});
