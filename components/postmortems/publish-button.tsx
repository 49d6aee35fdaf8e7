"use client";

import { useMutation } from "@tanstack/react-query";
import { publishPostmortem } from "#lib/client/postmortems.queries.ts";
import { useMe } from "#components/shell/me.tsx";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { Button } from "#components/ui/button.tsx";
import type { PostmortemEdit } from "./use-postmortem.ts";

/** Why it cannot be published now; null when it can. */
function whyNot({ newest, dirty }: PostmortemEdit, me: { id: string; roles: readonly string[] }) {
  if (newest.version === 0 || dirty) return "save it first";
  if (newest.by?.id === me.id && !me.roles.includes("admin"))
    return "you wrote this version: a second person publishes it, or an admin";
  return null;
}

/** Publishes what is saved, and closes the incident with it. */
export function PublishButton({ edit }: { edit: PostmortemEdit }) {
  const me = useMe();
  const { incident, state, version } = edit.newest;
  const publish = useMutation({
    mutationFn: () => publishPostmortem(incident.id, version),
    onSuccess: edit.put,
    onError: edit.refuse,
  });
  if (state === "published" && incident.closedAt !== null) return null;
  const words = incident.closedAt === null ? "Publish and close the incident" : "Publish";
  const refused = whyNot(edit, me);
  if (refused !== null) {
    return (
      <Button aria-disabled title={refused} className="cursor-not-allowed opacity-50">
        {words}
      </Button>
    );
  }
  return (
    <GuardedButton action="incidents:write" disabled={publish.isPending} onClick={() => publish.mutate()}>
      {words}
    </GuardedButton>
  );
}
