import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";

const READY_LIMIT_MS = 60_000;
export const PASSWORD = "a password for the bench";
const ADMIN = "admin@bench.example";

export interface Answer {
  status: number;
  text: string;
  cookies: string;
}
type Headers = Record<string, string>;

/** A production server with an empty database of its own; whom the bench says it comes from is believed. */
export class BareServer {
  private readonly child: ChildProcess;
  private readonly home = mkdtempSync(path.join(tmpdir(), "burnline-bench-"));
  // A kept connection may be closed by the server at the very moment it is used again.
  private readonly agent = new http.Agent({ keepAlive: false });
  private readonly port: number;

  constructor(port: number) {
    this.port = port;
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      NODE_ENV: "production",
      PORT: String(port),
      BURNLINE_HOME: this.home,
      BURNLINE_ADMIN_EMAIL: ADMIN,
      BURNLINE_ADMIN_PASSWORD: PASSWORD,
      TRUSTED_PROXY: "127.0.0.1",
      LOG_LEVEL: "error",
    };
    const args = ["--import", "./register.ts", "server.ts"];
    this.child = spawn(process.execPath, args, { stdio: ["ignore", 2, 2], env });
  }

  ask(method: string, url: string, headers: Headers = {}, body?: object): Promise<Answer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const json = text === undefined ? {} : { "content-type": "application/json" };
    return new Promise((resolve, reject) => {
      const target = { host: "127.0.0.1", port: this.port, path: url, method, agent: this.agent };
      const request = http.request({ ...target, headers: { ...headers, ...json } }, (response) => {
        const cookies = (response.headers["set-cookie"] ?? []).map((line) => line.split(";", 1)[0]);
        const answered = { status: response.statusCode ?? 0, cookies: cookies.join("; ") };
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => (text += part));
        response.once("end", () => resolve({ ...answered, text }));
      });
      request.once("error", reject).end(text);
    });
  }

  private async ready(): Promise<void> {
    const deadlineMs = performance.now() + READY_LIMIT_MS;
    const isUp = () =>
      this.ask("GET", "/api/v1/me").then(
        ({ status }) => status === 200,
        () => false,
      );
    while (!(await isUp())) {
      if (performance.now() > deadlineMs) throw new Error("the server was not ready in time");
      await sleep(200);
    }
  }

  /** Waits until it is ready and answers the cookie of its administrator's session. */
  async signIn(): Promise<string> {
    await this.ready();
    const account = { email: ADMIN, password: PASSWORD };
    return (await this.ask("POST", "/api/v1/session", {}, account)).cookies;
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    const exited = once(this.child, "exit");
    this.child.kill("SIGTERM");
    await exited;
    rmSync(this.home, { recursive: true, force: true });
  }
}
