"use client";

import { useState } from "react";
import { useMe } from "#components/shell/me.tsx";
import { AccountSection } from "./account-section.tsx";
import { ChangePasswordForm } from "./change-password-form.tsx";
import { SecondFactorPanel } from "./second-factor-panel.tsx";
import { SessionsPanel } from "./sessions-panel.tsx";

/** Everything about the viewer's own account. */
export function AccountPage() {
  const me = useMe();
  return (
    <>
      <AccountSection title="Profile" about="Name and roles are given by an administrator.">
        <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1.5">
          {[
            ["Name", me.name ?? "—"],
            ["E-mail", me.email ?? "—"],
            ["Roles", me.roles.join(", ").replaceAll("_", " ")],
          ].map(([label, value]) => (
            <div key={label} className="contents">
              <dt className="text-dim">{label}</dt>
              <dd className="break-words">{value}</dd>
            </div>
          ))}
        </dl>
      </AccountSection>
      <PasswordSection email={me.email ?? ""} hasPassword={me.hasPassword} />
      {me.hasPassword && (
        <AccountSection
          title="Second factor"
          about="A code from an app on your phone, beside the password, at every sign-in."
        >
          <SecondFactorPanel initiallyOn={me.hasSecondFactor} />
        </AccountSection>
      )}
      <AccountSection title="Sessions" about="Where you are signed in. Revoke what you do not recognise.">
        <SessionsPanel />
      </AccountSection>
    </>
  );
}

function PasswordSection({ email, hasPassword }: { email: string; hasPassword: boolean }) {
  const [changed, setChanged] = useState(false);
  return (
    <AccountSection title="Password" about="Changing it ends all your other sessions.">
      {hasPassword ? (
        <div className="max-w-90">
          <ChangePasswordForm email={email} onChanged={() => setChanged(true)} />
          <p role="status" className="text-dim mt-2 min-h-5">
            {changed && "Your password is changed; all other sessions have ended."}
          </p>
        </div>
      ) : (
        <p className="text-dim">You sign in with another service, without a password here.</p>
      )}
    </AccountSection>
  );
}
