import "server-only";
import { transaction } from "#lib/server/db/client.ts";
import { forgetNotifications } from "#lib/server/db/notification.repo.ts";
import type { Job } from "#lib/server/jobs/repeat.ts";
import { escalateDue } from "./escalate.ts";
import { gateNews } from "./gate-news.ts";
import { incidentNews } from "./incident-news.ts";
import type { Fact, NewsSource } from "./news.ts";
import { routeNext } from "./router.ts";
import { sendNext } from "./sender.ts";

/** So many messages are under way at once; a channel that does not answer holds up one of them. */
const SENDERS = 4;
const LOOK_EVERY_MS = 1_000;
const RETRY_MS = 5_000;
const ESCALATE_EVERY_MS = 10_000;
const FORGET_EVERY_MS = 3_600_000;
const KEPT_DAYS = 90;

function routing<F extends Fact>(source: NewsSource<F>): Job {
  return {
    name: `${source.reader} routed`,
    retryMs: RETRY_MS,
    run: async () => ((await routeNext(source, Date.now())) ? 0 : LOOK_EVERY_MS),
  };
}

/** What tells people of incidents and releases: every replica may run these. */
export function notifyJobs(): Job[] {
  const senders = Array.from({ length: SENDERS }, (_, nth) => ({
    name: `notifications out ${nth + 1}`,
    retryMs: RETRY_MS,
    run: async (signal: AbortSignal) => ((await sendNext(signal)) ? 0 : LOOK_EVERY_MS),
  }));
  return [
    routing(incidentNews),
    routing(gateNews),
    {
      name: "escalations",
      retryMs: RETRY_MS,
      run: async () => {
        await escalateDue(Date.now());
        return ESCALATE_EVERY_MS;
      },
    },
    {
      name: "old notifications",
      retryMs: FORGET_EVERY_MS,
      run: async () => {
        await transaction((tx) => forgetNotifications(tx, new Date(Date.now() - KEPT_DAYS * 86_400_000)));
        return FORGET_EVERY_MS;
      },
    },
    ...senders,
  ];
}
