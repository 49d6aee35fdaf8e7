import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Answer, Restarter } from "./restart.ts";

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

interface Kept {
  messages: Caught[];
  restarter: Restarter;
}

async function keepMessage(request: IncomingMessage, room: string, messages: Caught[]): Promise<Answer> {
  const key = request.headers["idempotency-key"];
  const body = await readBody(request);
  const idempotencyKey = typeof key === "string" ? key : null;
  messages.unshift({ at: new Date().toISOString(), room, idempotencyKey, body });
  messages.splice(KEPT);
  return { status: 200, text: "caught\n" };
}

async function answer(request: IncomingMessage, { messages, restarter }: Kept): Promise<Answer | object[]> {
  const asked = `${request.method} ${request.url}`;
  const [, room] = /^POST \/hook\/([a-z0-9-]{1,40})$/.exec(asked) ?? [];
  if (room !== undefined) return keepMessage(request, room, messages);
  if (asked === "POST /actions/restart") return restarter.take(request.headers, await readBody(request));
  if (asked === "GET /messages") return messages;
  if (asked === "GET /actions") return restarter.calls;
  return { status: 404, text: "POST /hook/<room>, POST /actions/restart, GET /messages, GET /actions\n" };
}

function send(response: ServerResponse, answered: Answer | object[]): void {
  if (Array.isArray(answered)) {
    const json = JSON.stringify(answered, null, 2);
    response.writeHead(200, { "content-type": "application/json" }).end(json);
    return;
  }
  response.writeHead(answered.status, { "content-type": "text/plain" }).end(answered.text);
}

/**
 * Where the demo's notifications and actions go: keeps the newest messages and shows them at `/messages`, does what a
 * signed call asks for and shows the calls at `/actions`.
 */
export function createCatcher(restarter: Restarter): Server {
  const kept = { messages: [], restarter };
  return createServer((request, response) => {
    answer(request, kept).then(
      (answered) => send(response, answered),
      (error: unknown) => send(response, { status: 500, text: `${(error as Error).message}\n` }),
    );
  });
}
