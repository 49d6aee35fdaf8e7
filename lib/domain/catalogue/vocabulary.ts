/** How much depends on a service, the most first. */
export const TIERS = ["critical", "essential", "standard", "best_effort"] as const;
/** What a service is to those who use it. */
export const SERVICE_KINDS = ["api", "web", "batch", "streaming"] as const;
