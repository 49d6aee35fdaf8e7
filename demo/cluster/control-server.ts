import { timingSafeEqual } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";

/** What may be done to one part of the running demo. */
export interface Controls {
  stop(): Promise<void>;
  start(): Promise<void>;
}

function hasKey(request: http.IncomingMessage, key: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? "");
  const wanted = Buffer.from(`Bearer ${key}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function answer(
  request: http.IncomingMessage,
  parts: Readonly<Record<string, Controls>>,
  key: string,
): Promise<[number, string]> {
  if (!hasKey(request, key)) return [401, "the key of demo.json is needed"];
  const [, name = "", verb] = /^\/parts\/([a-z-]+)\/(stop|start)$/.exec(request.url ?? "") ?? [];
  const controls = Object.hasOwn(parts, name) ? parts[name] : undefined;
  if (request.method !== "POST" || !controls) return [404, "POST /parts/<name>/stop or /start"];
  try {
    await (verb === "stop" ? controls.stop() : controls.start());
    return [200, "done"];
  } catch (error) {
    return [500, (error as Error).message];
  }
}

/**
 * Listens on loopback for `POST /parts/<name>/stop` and `/start`. The key keeps out web pages, which can
 * post to loopback as well.
 */
export async function startControlServer(
  parts: Readonly<Record<string, Controls>>,
  key: string,
): Promise<{ url: string; close(): void }> {
  const server = http.createServer((request, response) => {
    request.resume();
    void answer(request, parts, key).then(([status, text]) => {
      response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
