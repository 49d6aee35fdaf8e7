import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { z } from "zod";
import { EXPOSITION_CONTENT_TYPE, expositionText } from "./exposition.ts";
import { factsAt } from "./facts.ts";
import { heal, inject, openFaults, UnknownFault } from "./fault-requests.ts";
import { isNodeUp } from "./pod-state.ts";
import { momentAt } from "./moment.ts";
import { SERVICES } from "./services.ts";
import type { Simulation } from "./simulation.ts";
import { truth } from "./truth.ts";

interface ServerOptions {
  simulation: Simulation;
  now(): number;
  /** Called after a fault began or ended, before the answer is sent. */
  onWorldChanged(): void;
}

interface Answer {
  status: number;
  body: string;
  contentType: string;
}

const MAX_BODY_BYTES = 10_000;
const json = (body: unknown, status = 200): Answer => ({
  status,
  body: JSON.stringify(body),
  contentType: "application/json; charset=utf-8",
});
const problem = (status: number, detail: string, rest: object = {}): Answer =>
  json({ status, detail, ...rest }, status);

/** The simulator's HTTP interface; the caller binds it to loopback. */
export function createSimulatorServer(options: ServerOptions): Server {
  return createServer((request, response) => {
    answer(options, request).then(
      (result) => send(response, result),
      (error: unknown) => send(response, problemOf(error)),
    );
  });
}

function send(response: ServerResponse, { status, body, contentType }: Answer): void {
  response.writeHead(status, { "content-type": contentType }).end(body);
}

function problemOf(error: unknown): Answer {
  if (error instanceof UnknownFault)
    return problem(422, error.message, { field: error.field, known: error.known });
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    return problem(422, `${issue?.path.join(".")}: ${issue?.message}`, { field: issue?.path.join(".") });
  }
  return problem(500, error instanceof Error ? error.message : String(error));
}

type Verb = (options: ServerOptions, url: URL, request: IncomingMessage) => Answer | Promise<Answer>;

const VERBS: Record<string, Verb> = {
  "GET /truth": ({ simulation, now }, url) => {
    const { service, from, to } = truthQuery(simulation.world.startMs, now()).parse(
      Object.fromEntries(url.searchParams),
    );
    return json(truth(simulation, service, from, to));
  },
  "GET /facts": ({ simulation, now }) => json(factsAt(simulation.world, now())),
  "GET /world": ({ simulation }) => json(simulation.world),
  "GET /faults": ({ simulation }) => json(openFaults(simulation.world)),
  "POST /faults": async ({ simulation, now, onWorldChanged }, _url, request) => {
    const fault = inject(simulation.world, await readObject(request), now());
    onWorldChanged();
    return json(fault, 201);
  },
  "DELETE /faults": ({ simulation, now, onWorldChanged }, url) => {
    const healed = heal(simulation.world, now(), url.searchParams.get("target"));
    onWorldChanged();
    return json(healed);
  },
};

async function answer(options: ServerOptions, request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? "/", "http://localhost");
  if (request.method === "GET" && url.pathname.startsWith("/scrape/")) return scrape(options, url.pathname);
  if (request.method === "GET" && url.pathname.startsWith("/runbooks/")) return runbook(url.pathname);
  const verb = VERBS[`${request.method} ${url.pathname}`];
  return verb
    ? verb(options, url, request)
    : problem(404, `${request.method} ${url.pathname} is not known here`);
}

function scrape({ simulation, now }: ServerOptions, path: string): Answer {
  const found = simulation.targets.find(({ target }) => target.path === path);
  if (!found) return problem(404, `${path} is no target`);
  const tMs = now();
  const { node } = found.target;
  if (node && !isNodeUp(node, momentAt(simulation.world, tMs))) return problem(503, `${node} is down`);
  const body = expositionText(found, simulation.timeline.valuesAt(tMs));
  return { status: 200, body, contentType: EXPOSITION_CONTENT_TYPE };
}

const RUNBOOK = /^\/runbooks\/(\w+\.md)$/;

/** The demo's runbooks, so that the links of its SLOs lead somewhere without a network. */
async function runbook(path: string): Promise<Answer> {
  const file = RUNBOOK.exec(path)?.[1];
  const text =
    file &&
    (await readFile(new URL(`../../docs/runbooks/${file}`, import.meta.url), "utf8").catch(() => null));
  return text
    ? { status: 200, body: text, contentType: "text/plain; charset=utf-8" }
    : problem(404, `${path} is no runbook`);
}

/** Times in milliseconds since 1970, inside the world's past. */
function truthQuery(startMs: number, nowMs: number) {
  const time = z.coerce.number().min(startMs).max(nowMs);
  return z
    .object({ service: z.enum(SERVICES.map(({ name }) => name)), from: time, to: time })
    .refine(({ from, to }) => from <= to, { path: ["from"], message: "is after `to`" });
}

async function readObject(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > MAX_BODY_BYTES) throw bodyError("is too long");
  }
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw bodyError("is not a JSON object");
  }
}

function bodyError(message: string): z.ZodError {
  return new z.ZodError([{ code: "custom", path: ["body"], message, input: undefined }]);
}
