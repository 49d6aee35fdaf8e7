import { fetchOk } from "./fetch-json.ts";

/** Ends this browser's session. Throws a ProblemError when the server could not. */
export async function signOut(): Promise<void> {
  await fetchOk("/api/v1/session", { method: "DELETE" });
}

/** The sign-in page that leads back to an address of ours. */
export function signInAddress(backTo: string): string {
  return backTo === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(backTo)}`;
}
