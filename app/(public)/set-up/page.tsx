import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { AccountCard } from "#components/account/account-card.tsx";
import { OidcButton } from "#components/account/oidc-button.tsx";
import { SetUpForm } from "#components/account/set-up-form.tsx";
import { settings } from "#lib/server/env.ts";
import { isSetUpOpen } from "#lib/server/services/account/first-start.ts";

export const metadata: Metadata = { title: "Set up" };

export default async function SetUpPage() {
  // Whether there is somebody is known when the page is asked for, never when it is built.
  await headers();
  if (!(await isSetUpOpen())) redirect("/sign-in");
  const { oidc } = settings().access;
  return (
    <AccountCard title="Set up Burnline" lead="Nobody has an account yet. Make the administrator's.">
      <SetUpForm />
      {oidc !== null && <OidcButton name={oidc.name} next="/" />}
    </AccountCard>
  );
}
