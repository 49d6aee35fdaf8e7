import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { SignInCard } from "#components/account/sign-in-card.tsx";
import { localProblem } from "#lib/client/fetch-json.ts";
import { SIGN_IN_PROBLEMS, SignInProblem } from "#lib/contracts/sign-in-problem.ts";
import { ownPath } from "#lib/domain/access/own-path.ts";
import { authenticate } from "#lib/server/auth/authenticate.ts";
import { settings } from "#lib/server/env.ts";
import { isSetUpOpen } from "#lib/server/services/account/first-start.ts";

export const metadata: Metadata = { title: "Sign in" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SignInPage({ searchParams }: Props) {
  const asked = await searchParams;
  const wanted = ownPath(typeof asked.next === "string" ? asked.next : null) ?? "/";
  const actor = await authenticate(new Headers(await headers()));
  if (actor?.kind === "person") redirect(wanted);
  // Whoever comes back from the issuer in vain is told why.
  if (asked.problem === undefined && (await isSetUpOpen())) redirect("/set-up");
  const problem = SignInProblem.safeParse(asked.problem);
  return (
    <SignInCard
      next={wanted}
      oidcName={settings().access.oidc?.name ?? null}
      notice={
        problem.success ? localProblem("unavailable", "Not signed in", SIGN_IN_PROBLEMS[problem.data]) : null
      }
    />
  );
}
