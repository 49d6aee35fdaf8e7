"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { revokeToken, tokensQuery } from "#lib/client/tokens.queries.ts";
import type { ApiToken } from "#lib/contracts/access.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { Button } from "#components/ui/button.tsx";
import { SettingsCard } from "./settings-card.tsx";
import { TokensTable } from "./tokens-table.tsx";

const ConfirmDialog = dynamic(() => import("./confirm-dialog.tsx").then((module) => module.ConfirmDialog));
const TokenDialog = dynamic(() => import("./token-dialog.tsx").then((module) => module.TokenDialog));

/** The API tokens, and what can be done about them. */
export function TokensPanel({ initial }: { initial: { tokens: ApiToken[] } }) {
  const query = useQuery({ ...tokensQuery, initialData: initial });
  const client = useQueryClient();
  const [open, setOpen] = useState<"create" | ApiToken | null>(null);
  const changed = () => void client.invalidateQueries({ queryKey: tokensQuery.queryKey });
  const close = () => setOpen(null);
  const { tokens } = query.data;
  return (
    <SettingsCard
      title={tokens.length === 0 ? "API tokens" : countOf(tokens.length, "API token")}
      about="For machines: CI, webhooks, Grafana. A token acts for whoever made it, and stops when they may no longer."
      query={query}
      actions={
        <GuardedButton action="tokens:write" onClick={() => setOpen("create")}>
          <Plus size={14} aria-hidden="true" />
          Make a token
        </GuardedButton>
      }
    >
      {tokens.length === 0 ? (
        <EmptyState title="There is no token yet">
          <p>Make one for each machine that asks Burnline, so that each can be revoked by itself.</p>
        </EmptyState>
      ) : (
        <TokensTable
          tokens={tokens}
          actions={(token) =>
            token.state === "revoked" ? null : (
              <Button aria-label={`Revoke the token ending in ${token.hint}`} onClick={() => setOpen(token)}>
                Revoke
              </Button>
            )
          }
        />
      )}
      {open === "create" && <TokenDialog onCreated={changed} onClose={close} />}
      {open && open !== "create" && (
        <ConfirmDialog
          title="Revoke a token"
          confirm="Revoke"
          run={() => revokeToken(open.id).then(changed)}
          onClose={close}
        >
          <p>
            Whatever uses <bdi className="text-ink">{open.name}</bdi> is refused from its next request on.
            This cannot be undone.
          </p>
        </ConfirmDialog>
      )}
    </SettingsCard>
  );
}
