import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

const KEPT = 500;
const MAX_BODY_BYTES = 1024 * 1024;

/** A message as it arrived. */
export interface Caught {
  at: string;
  /** The last part of the address it was sent to. */
  room: string;
  /** The same for every attempt to tell one thing. */
  idempotencyKey: string | null;
  body: string;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

async function answer(request: IncomingMessage, response: ServerResponse, caught: Caught[]): Promise<void> {
  const [, room] = /^\/hook\/([a-z0-9-]{1,40})$/.exec(request.url ?? "") ?? [];
  if (request.method === "POST" && room !== undefined) {
    const key = request.headers["idempotency-key"];
    const body = await readBody(request);
    caught.unshift({
      at: new Date().toISOString(),
      room,
      idempotencyKey: typeof key === "string" ? key : null,
      body,
    });
    caught.splice(KEPT);
    response.writeHead(200, { "content-type": "text/plain" }).end("caught\n");
    return;
  }
  if (request.method === "GET" && request.url === "/messages") {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(caught, null, 2));
    return;
  }
  response.writeHead(404, { "content-type": "text/plain" }).end("POST /hook/<room>, GET /messages\n");
}

/** Where the demo's notifications go: keeps the newest ones and shows them at `/messages`. */
export function createCatcher(): Server {
  const caught: Caught[] = [];
  return createServer((request, response) => {
    answer(request, response, caught).catch(() => response.destroy());
  });
}
