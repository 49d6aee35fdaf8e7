/**
 * Where a release stands. Open: waiting (for a review), deferred, blocked, approved (its lease runs), deploying. Over:
 * deployed, failed, rolled_back, rejected, expired, withdrawn.
 */
export const RELEASE_STATES = [
  "waiting",
  "deferred",
  "blocked",
  "approved",
  "deploying",
  "deployed",
  "failed",
  "rolled_back",
  "rejected",
  "expired",
  "withdrawn",
] as const;
