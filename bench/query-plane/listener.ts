// A process of its own: Burnline's listener over the Prometheus of PROMETHEUS_URL, with a database and tokens, no pages.
import http from "node:http";
import type { AddressInfo } from "node:net";
import { hashToken, newTokenSecret } from "#lib/server/auth/token-secret.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { startTemporaryPostgres } from "#lib/server/db/embedded/temporary.ts";
import { AppError } from "#lib/server/errors.ts";
import { letHeapGrow } from "#lib/server/heap.ts";
import { answer } from "#lib/server/listener/answer.ts";
import { migrate } from "../../prisma/migrate.ts";

const TOKENS = 800;
const OWNER = "bench";

/** Tokens that may ask queries, each within a limit of its own. */
async function makeTokens(): Promise<string[]> {
  await db().user.create({
    data: { id: OWNER, name: OWNER, email: "bench@bench.example", roles: ["viewer"] },
  });
  const secrets = Array.from({ length: TOKENS }, newTokenSecret);
  const data = secrets.map((secret, nth) => {
    const common = { ownerId: OWNER, role: "viewer", scopes: ["query", "read"] };
    return { ...common, id: `token-${nth}`, name: `${nth}`, hash: hashToken(secret), hint: secret.slice(-4) };
  });
  await db().apiToken.createMany({ data });
  return secrets;
}

letHeapGrow();
const postgres = await startTemporaryPostgres();
await migrate(postgres.url);
const disconnect = connectDatabase(postgres.url);
const tokens = await makeTokens();
const server = http.createServer((request, response) => {
  void answer(request, response, () => Promise.reject(new AppError("not_found", "there are no pages here")));
});
// Connections of the bench rest while other arms run.
server.keepAliveTimeout = 600_000;
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

process.on("message", (wanted) => {
  if (wanted !== "usage") return;
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuSeconds: (user + system) / 1e6, rssBytes: process.memoryUsage().rss });
});
process.once("disconnect", async () => {
  server.closeAllConnections();
  await disconnect();
  await postgres.stop();
  process.exit(0);
});
process.send?.({ port: (server.address() as AddressInfo).port, tokens });
