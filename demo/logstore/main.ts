import type { AddressInfo } from "node:net";
import { LogStore } from "./log-store.ts";
import { SegmentFiles } from "./segment-files.ts";
import { logStoreServer } from "./server.ts";

const EXPIRE_MS = 60_000;

function say(event: object): void {
  console.log(JSON.stringify(event));
}

const directory = process.env.LOGSTORE_DIR;
const port = Number(process.env.LOGSTORE_PORT ?? 0);
if (!directory || !Number.isInteger(port)) {
  console.error("the log store needs LOGSTORE_DIR, and LOGSTORE_PORT must be a port number");
  process.exit(2);
}

const files = new SegmentFiles(directory, Date.now);
const store = new LogStore(files);
store.expire(Date.now());
const server = logStoreServer(store, () => BigInt(Date.now()) * 1_000_000n);
server.listen(port, "127.0.0.1", () => {
  say({ event: "listening", port: (server.address() as AddressInfo).port });
  say({ event: "ready" });
});

const expiry = setInterval(() => store.expire(Date.now()), EXPIRE_MS);
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => {
    clearInterval(expiry);
    server.close(() => files.close());
    server.closeAllConnections();
  });
}
