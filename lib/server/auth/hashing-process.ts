import "server-only";
import { scrypt } from "node:crypto";
import os from "node:os";
import type { HashAnswer, HashRequest } from "./hasher.ts";

// The hasher's own process, at the lowest priority (its threads inherit it). It ends with its parent.
const MAX_MEMORY_BYTES = 64 * 1024 * 1024;

os.setPriority(os.constants.priority.PRIORITY_LOW);
process.on("disconnect", () => process.exit(0));
process.on("message", ({ id, password, salt, keyBytes, cost }: HashRequest) => {
  const options = { ...cost, maxmem: MAX_MEMORY_BYTES };
  scrypt(password, Buffer.from(salt, "base64url"), keyBytes, options, (error, key) => {
    // Whoever asked may be gone by now; then so is this process.
    if (error) throw error;
    if (process.connected) process.send?.({ id, key: key.toString("base64url") } satisfies HashAnswer);
  });
});
