import "server-only";
import http, { type ServerResponse } from "node:http";
import net, { type AddressInfo, BlockList } from "node:net";
import type { Actor } from "#lib/server/auth/actor.ts";
import type { SourceSettings } from "#lib/server/env.ts";
import { AppError } from "#lib/server/errors.ts";
import { pathOf } from "#lib/server/listener/path-of.ts";
import { respondProblem } from "#lib/server/listener/respond.ts";
import { vouchFor } from "#lib/server/listener/vouch-for.ts";
import { handleForeign } from "../handle-foreign.ts";
import { isForeign } from "../find-target.ts";

/** A request as it came in, nothing tidied up. */
interface Seen {
  method: string;
  url: string;
  headers: string[];
  body: string;
}

type Answerer = (response: ServerResponse, seen: Seen) => void;

/** A source that keeps every byte it was asked with. */
export interface RecordingSource {
  source: SourceSettings;
  seen: Seen[];
  answer: Answerer;
  close: () => Promise<void>;
}

export const EMPTY_VECTOR = '{"status":"success","data":{"resultType":"vector","result":[]}}';
let counter = 0;

async function listen(server: http.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

async function close(server: http.Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** Starts a recording source with credentials and a tenant of its own. */
export async function recordingSource(kind: "prometheus" | "loki"): Promise<RecordingSource> {
  const seen: Seen[] = [];
  const server = http.createServer(async (request, response) => {
    const body = Buffer.concat((await request.toArray()) as Buffer[]).toString("utf8");
    const one = { method: request.method ?? "", url: request.url ?? "", headers: request.rawHeaders, body };
    seen.push(one);
    recording.answer(response, one);
  });
  const port = await listen(server);
  counter += 1;
  const recording: RecordingSource = {
    source: {
      kind,
      name: `foreign-${counter}`,
      url: `http://127.0.0.1:${port}/base`,
      bearerToken: "of-the-source",
      tenant: "of-the-source",
    },
    seen,
    answer: (response) => response.writeHead(200, { "content-type": "application/json" }).end(EMPTY_VECTOR),
    close: () => close(server),
  };
  return recording;
}

/** A listener in front of the foreign APIs, with the same first steps as the real one. */
export async function foreignListener(options: {
  sources: readonly SourceSettings[];
  actor: () => Actor;
}): Promise<{ port: number; url: string; close: () => Promise<void> }> {
  const server = http.createServer(async (request, response) => {
    try {
      const path = pathOf(request);
      vouchFor(request, "request-under-test", new BlockList());
      if (!isForeign(path)) throw new AppError("not_found", "not a foreign path");
      await handleForeign(request, response, path, {
        requestId: "request-under-test",
        address: String(request.headers["x-forwarded-for"]),
        actorOf: async () => options.actor(),
        sources: options.sources,
      });
    } catch (error) {
      respondProblem(response, error, "request-under-test");
    }
  });
  const port = await listen(server);
  return { port, url: `http://127.0.0.1:${port}`, close: () => close(server) };
}

/** Sends bytes as they are and answers all that comes back until the connection ends or falls silent. */
export function sendRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, "127.0.0.1", () => socket.write(bytes, "latin1"));
    let text = "";
    socket.setTimeout(300, () => socket.destroy());
    socket.on("data", (chunk) => (text += chunk.toString("latin1")));
    socket.on("error", reject);
    socket.on("close", () => resolve(text));
  });
}
