import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { FirstPasswordCard } from "#components/account/first-password-card.tsx";
import { signInAddress } from "#lib/client/sign-in-out.ts";
import { authenticate } from "#lib/server/auth/authenticate.ts";
import { describeActor } from "#lib/server/services/account/me.ts";

export const metadata: Metadata = { title: "Change password" };

export default async function ChangePasswordPage() {
  const actor = await authenticate(new Headers(await headers()));
  if (actor?.kind !== "person") redirect(signInAddress("/change-password"));
  const { email, hasPassword, mustChangePassword } = await describeActor(actor);
  if (!hasPassword) redirect("/settings/account");
  return <FirstPasswordCard email={email ?? ""} forced={mustChangePassword} />;
}
