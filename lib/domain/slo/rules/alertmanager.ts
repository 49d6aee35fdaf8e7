import { ACTION_LABEL, KEY_LABEL, TIER_LABEL } from "./rule-labels.ts";
import { BURN_ALERT, NO_DATA_ALERT } from "./alert-rules.ts";
import type { RuleSource } from "./rule.ts";

/** A route of Alertmanager's configuration. */
export interface Route {
  receiver: string;
  matchers?: string[];
  group_by?: string[];
  group_wait?: string;
  group_interval?: string;
  repeat_interval?: string;
  routes?: Route[];
}

/** One alert that says all another would say silences it. */
export interface Inhibition {
  source_matchers: string[];
  target_matchers: string[];
  equal: string[];
}

/** A configuration of Alertmanager that takes in generated alerts and tells nobody until its receivers are filled in. */
export interface AlertmanagerConfig {
  route: Route;
  receivers: { name: string }[];
  inhibit_rules: Inhibition[];
}

const PAGE_RECEIVER = "burnline-page";
const TICKET_RECEIVER = "burnline-ticket";

/** Each tier silences those that burn slower. */
const SLOWER = [
  ["page_fast", "page_slow|ticket_fast|ticket_slow"],
  ["page_slow", "ticket_fast|ticket_slow"],
  ["ticket_fast", "ticket_slow"],
] as const;

/** The inhibitions among the alerts of one SLO and group, and under a node that is down. */
export function sloInhibitions(groupLabels: readonly string[]): Inhibition[] {
  const equal = [KEY_LABEL, ...groupLabels];
  const noData = [`alertname="${NO_DATA_ALERT}"`];
  return [
    ...SLOWER.map(([faster, slower]) => ({
      source_matchers: [`alertname="${BURN_ALERT}"`, `${TIER_LABEL}="${faster}"`],
      target_matchers: [`alertname="${BURN_ALERT}"`, `${TIER_LABEL}=~"${slower}"`],
      equal,
    })),
    // Somebody is at it already.
    {
      source_matchers: [`alertname="${BURN_ALERT}"`, `${ACTION_LABEL}="page"`],
      target_matchers: noData,
      equal,
    },
    { source_matchers: ['alertname="NodeDown"'], target_matchers: [...noData, 'node!=""'], equal: ["node"] },
  ];
}

/**
 * Routes and inhibitions for the alerts of these SLOs: one notification per SLO, pages soon and again every four hours,
 * tickets daily. Exclusion windows need no mute here, for the rules themselves are silent in them.
 */
export function alertmanagerConfig(sources: readonly RuleSource[]): AlertmanagerConfig {
  const groupLabels = [...new Set(sources.flatMap(({ definition }) => definition.groupBy))].sort();
  const matchers = (action: string) => [`${KEY_LABEL}!=""`, `${ACTION_LABEL}="${action}"`];
  return {
    route: {
      receiver: TICKET_RECEIVER,
      routes: [
        {
          receiver: PAGE_RECEIVER,
          matchers: matchers("page"),
          group_by: [KEY_LABEL],
          group_wait: "10s",
          group_interval: "1m",
          repeat_interval: "4h",
        },
        {
          receiver: TICKET_RECEIVER,
          matchers: matchers("ticket"),
          group_by: [KEY_LABEL],
          group_wait: "1m",
          group_interval: "10m",
          repeat_interval: "1d",
        },
      ],
    },
    receivers: [{ name: PAGE_RECEIVER }, { name: TICKET_RECEIVER }],
    inhibit_rules: sloInhibitions(groupLabels),
  };
}
