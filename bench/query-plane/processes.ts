import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import type { Load, LoadResult } from "./load.ts";

const REGISTER = ["--import", "./register.ts"];

/** Asks a process of ours for one thing; a process that ends instead is an error. */
async function answerOf<T>(child: ChildProcess, question?: object | string): Promise<T> {
  const answered = new AbortController();
  const { signal } = answered;
  const ended = once(child, "exit", { signal }).then(() => {
    throw new Error("a process of the bench ended before its time");
  });
  try {
    const message = once(child, "message", { signal });
    if (question !== undefined) child.send(question);
    const [answer] = await Promise.race([message, ended]);
    return answer as T;
  } finally {
    ended.catch(() => undefined);
    answered.abort();
  }
}

async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, "exit");
  child.disconnect();
  await exited;
}

/** CPU time so far, and memory. */
export interface Usage {
  cpuSeconds: number;
  rssBytes: number;
}

/** Burnline's listener in a process of its own. */
export interface Listener {
  port: number;
  tokens: string[];
  usage: () => Promise<Usage>;
  stop: () => Promise<void>;
}

export async function startListener(prometheusUrl: string): Promise<Listener> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "production",
    PROMETHEUS_URL: prometheusUrl,
    TRUSTED_PROXY: "127.0.0.1",
    LOG_LEVEL: "error",
  };
  const child = fork("bench/query-plane/listener.ts", { env, execArgv: REGISTER });
  const { port, tokens } = await answerOf<{ port: number; tokens: string[] }>(child);
  return {
    port,
    tokens,
    usage: () => answerOf<Usage>(child, "usage"),
    stop: () => end(child),
  };
}

/** A process that asks. */
export async function startLoad(): Promise<{
  run: (load: Load) => Promise<LoadResult>;
  stop: () => Promise<void>;
}> {
  const child = fork("bench/query-plane/load.ts", { execArgv: REGISTER });
  return { run: (load) => answerOf<LoadResult>(child, load), stop: () => end(child) };
}

/** One answer read in full: its body, and its length on the wire. */
export function askRaw(
  port: number,
  request: string,
): Promise<{ status: number; body: Buffer; wireBytes: number }> {
  const [line = "", ...lines] = request.trimEnd().split("\r\n");
  const headers = lines.map((one) => [
    one.slice(0, one.indexOf(":")),
    one.slice(one.indexOf(":") + 1).trim(),
  ]);
  const [method, path] = line.split(" ");
  return new Promise((resolve, reject) => {
    const target = {
      port,
      host: "127.0.0.1",
      method,
      path,
      headers: Object.fromEntries(headers) as Record<string, string>,
    };
    const agent = new http.Agent({ keepAlive: true });
    const asked = http.request({ ...target, agent }, (response) => {
      const chunks: Buffer[] = [];
      const { socket } = response;
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks),
          wireBytes: socket.bytesRead,
        });
        agent.destroy();
      });
    });
    asked.once("error", reject).end();
  });
}

/** One question to a process of its own. */
export async function askOnce<T>(file: string, execArgv: string[], question: object): Promise<T> {
  const child = fork(file, { execArgv: [...execArgv, ...REGISTER] });
  try {
    return await answerOf<T>(child, question);
  } finally {
    await end(child);
  }
}
