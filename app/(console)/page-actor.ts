import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { signInAddress } from "#lib/client/sign-in-out.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authenticate } from "#lib/server/auth/authenticate.ts";

/**
 * Whoever asks for this page, found once a request; nobody we know is sent to sign in, a first password must
 * be changed first.
 */
export const pageActor = cache(async (): Promise<Actor> => {
  const sent = await headers();
  const actor = await authenticate(new Headers(sent));
  if (!actor) redirect(signInAddress(sent.get("x-path") ?? "/"));
  if (actor.mustChangePassword) redirect("/change-password");
  return actor;
});
