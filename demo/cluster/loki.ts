import path from "node:path";
import { stringify } from "yaml";
import type { Part } from "./part.ts";

/** A single Loki that keeps everything below `folder` and listens on loopback only. */
export function lokiConfig(folder: string, port: number): string {
  return stringify({
    auth_enabled: false,
    server: {
      http_listen_address: "127.0.0.1",
      http_listen_port: port,
      grpc_listen_address: "127.0.0.1",
      grpc_listen_port: 0,
    },
    common: {
      path_prefix: folder,
      replication_factor: 1,
      instance_addr: "127.0.0.1",
      ring: { kvstore: { store: "inmemory" } },
      storage: {
        filesystem: {
          chunks_directory: path.join(folder, "chunks"),
          rules_directory: path.join(folder, "rules"),
        },
      },
    },
    schema_config: {
      configs: [
        {
          from: "2024-01-01",
          store: "tsdb",
          object_store: "filesystem",
          schema: "v13",
          index: { prefix: "index_", period: "24h" },
        },
      ],
    },
    limits_config: { reject_old_samples: false, allow_structured_metadata: true, volume_enabled: true },
    analytics: { reporting_enabled: false },
  });
}

/** A real Loki as a part of the demo. */
export function lokiPart(options: { binary: string; configFile: string; port: number }): Part {
  return {
    name: "log-store",
    command: options.binary,
    args: [`-config.file=${options.configFile}`],
    env: {},
    // Its /ready stays 503 for some 15 s in which pushes and queries work already.
    ready: { url: `http://127.0.0.1:${options.port}/loki/api/v1/labels` },
    readyTimeoutMs: 60_000,
    restarts: true,
    stopGraceMs: 3_000,
  };
}
