import type { ApiRoute } from "./api-route.ts";
import { DeploymentBlocked, EventReceived, ProtectionRuleRequested } from "./forges.ts";

/** What forges deliver. They prove who they are with each body, so no account stands behind it. */
export const FORGE_ROUTES: readonly ApiRoute[] = [
  {
    method: "POST",
    path: "/api/webhooks/github",
    access: "signed",
    summary: "GitHub holds a deployment until the gate answers; signed by X-Hub-Signature-256",
    input: ProtectionRuleRequested,
    output: EventReceived,
  },
  {
    method: "POST",
    path: "/api/webhooks/gitlab",
    access: "signed",
    summary: "GitLab holds a deployment until the gate answers; proven by X-Gitlab-Token",
    input: DeploymentBlocked,
    output: EventReceived,
  },
];
