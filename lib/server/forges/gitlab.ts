import "server-only";
import { z } from "zod";
import { DeploymentBlocked } from "#lib/contracts/forges.ts";
import { fitLines } from "#lib/domain/notifications/message.ts";
import type { GitLabSettings } from "#lib/server/env-forges.ts";
import { parseInput } from "#lib/server/errors.ts";
import { callForge, toldBy } from "./call.ts";
import type { Forge, Held } from "./forge.ts";
import { parseEvent } from "./parse-event.ts";
import { isSameSecret } from "./same-secret.ts";

/** A comment of an approval is a short text of the database. */
const MOST_CHARACTERS = 255;

const Callback = z.object({ projectId: z.int().min(1), deploymentId: z.int().min(1) });

/** The whole hash that the commit's address ends in; the short one where it is another's. */
function commitOf({ short_sha, commit_url }: DeploymentBlocked): string {
  const whole = /\/([0-9a-f]{40,64})$/i.exec(commit_url)?.[1];
  return whole?.startsWith(short_sha) ? whole : short_sha;
}

function heldBy(event: DeploymentBlocked): Held {
  const { project, deployment_id, environment, ref, user, deployable_url } = event;
  return {
    key: `${project.id}/${deployment_id}`,
    deployment: {
      repository: project.path_with_namespace,
      environment,
      ref: ref ?? null,
      commit: commitOf(event),
      requestedBy: `gitlab:${user.username}`.slice(0, 255),
      link: deployable_url ?? null,
      callback: { projectId: project.id, deploymentId: deployment_id },
    },
  };
}

/** GitLab's deployment approvals, answered with a project's or group's access token. */
export function createGitLab(settings: GitLabSettings): Forge {
  return {
    isGenuine: (headers) => isSameSecret(headers.get("x-gitlab-token"), settings.webhookToken),
    read: (headers, body) => {
      if (headers.get("x-gitlab-event") !== "Deployment Hook") return null;
      const event = parseEvent(body);
      return event.status === "blocked" ? heldBy(parseInput(DeploymentBlocked, event)) : null;
    },
    // Every word to an approval is a verdict.
    mostReports: 0,
    tell: async ({ callback }, { state, headline, link, points }, means) => {
      const { projectId, deploymentId } = Callback.parse(callback);
      const comment = fitLines([headline, ...(link === null ? [] : [link]), ...points], MOST_CHARACTERS);
      const answer = await callForge(
        {
          url: `${settings.url}/api/v4/projects/${projectId}/deployments/${deploymentId}/approval`,
          headers: { "private-token": settings.token },
          body: { status: state, comment },
        },
        means,
      );
      return toldBy(answer);
    },
  };
}
