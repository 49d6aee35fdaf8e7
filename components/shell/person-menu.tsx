"use client";

import { CircleUser, LogIn, LogOut, UserCog } from "lucide-react";
import { useRouter } from "next/navigation";
import { signInAddress, signOut } from "#lib/client/sign-in-out.ts";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { useMe } from "./me.tsx";

/** Everything that was read belongs to a session: only a whole load forgets it all. */
const leaveFor = (address: string) => window.location.assign(address);

/** Who is signed in, with what roles, and the way out. */
export function PersonMenu() {
  const me = useMe();
  const router = useRouter();
  const anonymous = me.kind === "anonymous";
  const name = anonymous ? "Not signed in" : (me.name ?? "API token");
  const trigger = (
    <Button variant="ghost" size="icon" aria-label={`Account: ${name}`}>
      <CircleUser size={16} aria-hidden="true" />
    </Button>
  );
  const leave = () =>
    void signOut()
      .catch(() => undefined)
      .then(() => leaveFor("/sign-in"));
  return (
    <Menu trigger={trigger}>
      <div className="border-line-soft mb-1 max-w-64 border-b px-2 pt-1 pb-2">
        <p className="truncate font-medium">{name}</p>
        {me.email !== null && <p className="text-dim text-small truncate">{me.email}</p>}
        <p className="text-faint text-small mt-0.5">{me.roles.join(", ").replaceAll("_", " ")}</p>
      </div>
      {anonymous ? (
        <MenuItem onSelect={() => leaveFor(signInAddress(window.location.pathname + window.location.search))}>
          <LogIn size={14} aria-hidden="true" />
          Sign in
        </MenuItem>
      ) : (
        <>
          <MenuItem onSelect={() => router.push("/settings/account")}>
            <UserCog size={14} aria-hidden="true" />
            Account
          </MenuItem>
          <MenuItem onSelect={leave}>
            <LogOut size={14} aria-hidden="true" />
            Sign out
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
