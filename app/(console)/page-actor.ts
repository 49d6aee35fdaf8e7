import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authenticate } from "#lib/server/auth/authenticate.ts";

/** Where to sign in, coming back to where one wanted to go. */
function signInPath(wanted: string | null): string {
  return wanted === null || wanted === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(wanted)}`;
}

/** Whoever asks for this page; nobody we know is sent to sign in, a first password must be changed first. */
export async function pageActor(): Promise<Actor> {
  const sent = await headers();
  const actor = await authenticate(new Headers(sent));
  if (!actor) redirect(signInPath(sent.get("x-path")));
  if (actor.mustChangePassword) redirect("/change-password");
  return actor;
}
