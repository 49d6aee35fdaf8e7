import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { until } from "#lib/server/testing/real-servers.ts";
import { freePort } from "../demo-run.ts";

const run = promisify(execFile);

/** One worker, as Burnline is one process; what is asked for once is kept for an hour, compressed as it came. */
function config(folder: string, port: number, prometheusUrl: string): string {
  return `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; worker_processes 1;
user root;
events { worker_connections 1024; }
http {
  access_log off; keepalive_requests 1000000000;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/temp;
  fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  proxy_cache_path ${folder}/cache keys_zone=all:10m;
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass ${prometheusUrl}; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_cache all; proxy_cache_lock on; proxy_cache_valid 200 1h; proxy_cache_key $request_uri;
    }
  }
}`;
}

/** nginx with proxy_cache in front of a Prometheus; null where there is none. */
export async function startNginx(
  prometheusUrl: string,
): Promise<{ port: number; stop: () => Promise<void> } | null> {
  const binary = await run("sh", ["-c", "command -v nginx || command -v /usr/sbin/nginx"]).then(
    ({ stdout }) => stdout.trim(),
    () => null,
  );
  if (binary === null) return null;
  const folder = mkdtempSync(path.join(tmpdir(), "burnline-nginx-"));
  const port = await freePort();
  writeFileSync(path.join(folder, "nginx.conf"), config(folder, port, prometheusUrl));
  const child = spawn(binary, ["-c", path.join(folder, "nginx.conf")], { stdio: "ignore" });
  const exited = once(child, "exit");
  await until(async () => (await fetch(`http://127.0.0.1:${port}/-/ready`)).ok);
  return {
    port,
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
