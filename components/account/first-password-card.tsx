"use client";

import { Button } from "#components/ui/button.tsx";
import { signOut } from "#lib/client/sign-in-out.ts";
import { AccountCard } from "./account-card.tsx";
import { ChangePasswordForm } from "./change-password-form.tsx";
import { leaveFor } from "./leave-for.ts";

/** Changes a password outside the console: the first one, which somebody else knows, must be. */
export function FirstPasswordCard({ email, forced }: { email: string; forced: boolean }) {
  const lead = forced
    ? "The password you were given is known to somebody else. Choose one of your own."
    : "All your other sessions end.";
  const leave = () =>
    void signOut()
      .catch(() => undefined)
      .then(() => leaveFor("/sign-in"));
  return (
    <AccountCard title="Change password" lead={lead}>
      <ChangePasswordForm email={email} onChanged={() => leaveFor("/")} />
      <Button
        variant="ghost"
        onClick={forced ? leave : () => leaveFor("/settings/account")}
        className="mt-2 h-9 w-full justify-center max-sm:h-11"
      >
        {forced ? "Sign out" : "Keep the password"}
      </Button>
    </AccountCard>
  );
}
