import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { createCatcher } from "./catcher.ts";
import { Restarter } from "./restart.ts";

const { CATCHER_PORT, SIM_URL, CATCHER_KEY_FILE } = z
  .object({
    CATCHER_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
    SIM_URL: z.url(),
    CATCHER_KEY_FILE: z.string().min(1),
  })
  .parse(process.env);

const server = createCatcher(new Restarter({ simulatorUrl: SIM_URL, keyFile: CATCHER_KEY_FILE }));
server.listen(CATCHER_PORT, "127.0.0.1");
await once(server, "listening");
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => process.exit(0));
process.stdout.write(`${JSON.stringify({ event: "ready", port: (server.address() as AddressInfo).port })}\n`);
