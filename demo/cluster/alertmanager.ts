import { stringify } from "yaml";
import { sloInhibitions } from "#lib/domain/slo/rules/alertmanager.ts";
import { KEY_LABEL } from "#lib/domain/slo/rules/rule-labels.ts";
import type { Part } from "./part.ts";

/** Where alerts are delivered, and the file with the token that goes with them. */
export interface Webhook {
  url: string;
  tokenFile: string;
}

/** Alerts in groups of one service or node; the greater trouble silences the lesser of the same place. */
export function alertmanagerConfig({ url, tokenFile }: Webhook): string {
  const place = ["service", "node"];
  return stringify({
    route: {
      receiver: "burnline",
      group_by: ["alertname", ...place],
      group_wait: "10s",
      group_interval: "1m",
      repeat_interval: "4h",
    },
    receivers: [
      {
        name: "burnline",
        webhook_configs: [
          // The file is read with each delivery: the app makes its token after Alertmanager has started.
          { url, send_resolved: true, http_config: { authorization: { credentials_file: tokenFile } } },
        ],
      },
    ],
    inhibit_rules: [
      {
        source_matchers: ['severity="critical"'],
        target_matchers: ['severity="warning"'],
        // One SLO's page says nothing of another's ticket.
        equal: ["alertname", KEY_LABEL, ...place],
      },
      {
        source_matchers: ['alertname="NodeDown"'],
        target_matchers: ['alertname=~"PodNotReady|Host.+"'],
        equal: ["node"],
      },
      ...sloInhibitions(["node", "route"]),
    ],
  });
}

/** Alertmanager as a part of the demo: alone, without the gossip port it would open for others. */
export function alertmanagerPart(options: {
  binary: string;
  folder: string;
  configFile: string;
  port: number;
}): Part {
  const { binary, folder, configFile, port } = options;
  return {
    name: "alertmanager",
    command: binary,
    args: [
      `--config.file=${configFile}`,
      `--storage.path=${folder}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--cluster.listen-address=",
    ],
    env: {},
    ready: { url: `http://127.0.0.1:${port}/-/ready` },
    readyTimeoutMs: 30_000,
    restarts: true,
    stopGraceMs: 3_000,
  };
}
