import { z } from "zod";
import type { ApiRoute } from "./api-route.ts";
import * as releases from "./releases.ts";

export const ReleaseAnswer = z.object({ release: releases.ReleaseDetail });

/** The addresses of releases: asked for, approved, watched while they go out. */
export const RELEASE_ROUTES: readonly ApiRoute[] = [
  {
    method: "GET",
    path: "/api/v1/releases",
    access: "releases:read",
    summary: "Releases, newest first; those that wait for whoever asks say so in `may`",
    input: releases.ListReleases,
    output: releases.ReleasePage,
  },
  {
    method: "POST",
    path: "/api/v1/releases",
    access: "releases:write",
    summary: "Ask for a release; asking twice for the same version is asking once",
    input: releases.RequestRelease,
    output: ReleaseAnswer,
  },
  {
    method: "GET",
    path: "/api/v1/releases/dora",
    access: "releases:read",
    summary: "Deployment frequency, lead time, change failure ratio and time to restore",
    input: releases.DoraQuery,
    output: releases.Dora,
  },
  {
    method: "GET",
    path: "/api/v1/releases/outcomes",
    access: "releases:read",
    summary: "How the gate did: false approvals and false blocks of the releases of so many days",
    input: releases.DoraQuery,
    output: releases.GateRecord,
  },
  {
    method: "GET",
    path: "/api/v1/releases/{id}",
    access: "releases:read",
    summary: "One release with its newest decision; a running deploy polls `haltReason` here",
    input: releases.OneRelease,
    output: ReleaseAnswer,
  },
  {
    method: "POST",
    path: "/api/v1/releases/{id}/approvals",
    access: "releases:approve",
    summary: "Clear a review, or agree to an override; answers the decision that was looked at",
    input: releases.ApproveRelease,
    output: ReleaseAnswer,
  },
  {
    method: "POST",
    path: "/api/v1/releases/{id}/deploys",
    access: "releases:write",
    summary: "Report a deploy: its start (which asks the gate again), its end, its rollback",
    input: releases.ReportDeploy,
    output: ReleaseAnswer,
  },
  {
    method: "POST",
    path: "/api/v1/releases/{id}/withdrawal",
    access: "releases:write",
    summary: "Take a request back",
    input: releases.WithdrawRelease,
    output: ReleaseAnswer,
  },
];
