import "server-only";
import http, { type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { SourceKindSetting, SourceSettings } from "#lib/server/env.ts";

/** What the server was asked; a POST form's fields are merged over those of the address. */
interface SeenRequest {
  method: string;
  path: string;
  params: Record<string, string>;
  headers: IncomingHttpHeaders;
  /** Set once the client hung up before the answer was complete. */
  hungUp: boolean;
}

export interface Reply {
  status?: number;
  contentType?: string;
  headers?: Record<string, string>;
  body: string;
}

type Answerer = (request: SeenRequest, response: ServerResponse) => Reply | Promise<Reply> | null;

/** A small HTTP server that stands in for a source; `answer` may be replaced at any time, null leaves it open. */
export interface FakeUpstream {
  readonly source: SourceSettings;
  readonly requests: SeenRequest[];
  answer: Answerer;
  close: () => Promise<void>;
}

let counter = 0;

/** Starts a stand-in on a free port; each has a name of its own, since records of sources outlive a test. */
export async function startFakeUpstream(kind: SourceKindSetting, answer: Answerer): Promise<FakeUpstream> {
  const requests: SeenRequest[] = [];
  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://fake");
    const chunks = await request.toArray();
    const form = new URLSearchParams(Buffer.concat(chunks as Buffer[]).toString("utf8"));
    const seen: SeenRequest = {
      method: request.method ?? "",
      path: url.pathname,
      params: { ...Object.fromEntries(url.searchParams), ...Object.fromEntries(form) },
      headers: request.headers,
      hungUp: false,
    };
    requests.push(seen);
    response.once("close", () => {
      seen.hungUp = !response.writableFinished;
    });
    const reply = await upstream.answer(seen, response);
    if (reply === null) return;
    const { status = 200, contentType = "application/json", headers = {}, body } = reply;
    response.writeHead(status, { "content-type": contentType, ...headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  counter += 1;
  const upstream: FakeUpstream = {
    source: { kind, name: `fake-${counter}`, url: `http://127.0.0.1:${port}` },
    requests,
    answer,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return upstream;
}

/** A Prometheus vector answer with one sample per value. */
export function vectorReply(value: string, timestampSeconds = 1_800_000_000): Reply {
  const result = [{ metric: { job: "node" }, value: [timestampSeconds, value] }];
  return { body: JSON.stringify({ status: "success", data: { resultType: "vector", result } }) };
}

/** A Prometheus error in its own envelope. */
export function errorReply(status: number, errorType: string, error: string): Reply {
  return { status, body: JSON.stringify({ status: "error", errorType, error }) };
}
