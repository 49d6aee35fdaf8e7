import { mkdtempSync, rmSync } from "node:fs";
import { request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { LogStore } from "./log-store.ts";
import { SegmentFiles, type Bounds } from "./segment-files.ts";
import { logStoreServer } from "./server.ts";

/** The moment at which Loki answered the recorded pushes, which it judged by its clock. */
export const RECORDED_PUSH_MS = 1_795_213_111_095;

export interface TestStore {
  port: number;
  store: LogStore;
  /** What the store's clock says, Unix milliseconds. */
  nowMs: number;
  ask: (method: string, target: string, options?: AskOptions) => Promise<TestAnswer>;
  close: () => Promise<void>;
}

interface AskOptions {
  headers?: Record<string, string>;
  body?: Buffer | string;
}

export interface TestAnswer {
  status: number;
  contentType: string | null;
  body: string;
}

/** A store on a free port over a folder of its own, for tests. */
export async function startTestStore(bounds?: Bounds): Promise<TestStore> {
  const folder = mkdtempSync(path.join(tmpdir(), "burnline-logstore-"));
  const files = new SegmentFiles(folder, () => test.nowMs, bounds);
  const store = new LogStore(files);
  const server = logStoreServer(store, () => BigInt(test.nowMs) * 1_000_000n);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const test: TestStore = {
    port,
    store,
    nowMs: RECORDED_PUSH_MS,
    ask: (method, target, options = {}) => send(port, method, target, options),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      files.close();
      rmSync(folder, { recursive: true });
    },
  };
  return test;
}

/** Not `fetch`: it adds headers of its own, and what a missing content type does is part of the contract. */
function send(
  port: number,
  method: string,
  target: string,
  { headers = {}, body }: AskOptions,
): Promise<TestAnswer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: "127.0.0.1", port, method, path: target, headers }, (response) => {
      response.toArray().then((chunks) => {
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers["content-type"] ?? null,
          body: Buffer.concat(chunks as Buffer[]).toString("utf8"),
        });
      }, reject);
    });
    request.on("error", reject);
    request.end(body);
  });
}
