import "server-only";
import type { HeldDeployment } from "#lib/contracts/forges.ts";
import type { Means } from "#lib/server/notify/channel.ts";

/** A deployment as an event brings it, under the forge's own key: the same again is the same deployment. */
export interface Held {
  key: string;
  deployment: HeldDeployment;
}

/** What a forge is told: a verdict, or without one a report. The texts are harmless, yet in no markup. */
export interface Telling {
  state: "approved" | "rejected" | null;
  headline: string;
  /** Where it is shown; null while BURNLINE_URL is not set. */
  link: string | null;
  /** Why, and what would change it. */
  points: readonly string[];
}

/** What came of telling: it arrived, may arrive another time, or never will as things are. */
export type Told =
  | { outcome: "told" }
  | { outcome: "again"; detail: string; afterMs: number | null }
  | { outcome: "dead"; detail: string };

/** How one kind of forge is understood and answered. */
export interface Forge {
  /** Whether a body comes from the forge; compared in constant time. */
  isGenuine: (headers: Headers, body: Uint8Array) => boolean;
  /** The deployment that a genuine event holds; null for any other event. @throws AppError `invalid` */
  read: (headers: Headers, body: Uint8Array) => Held | null;
  /** So many reports it takes of one deployment beside the verdict. */
  mostReports: number;
  /** Answers the forge. @throws AppError `cancelled` when the signal fires; no other failure */
  tell: (deployment: HeldDeployment, telling: Telling, means: Means) => Promise<Told>;
}
