"use client";

import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { useState, type ReactNode } from "react";
import { ProblemError } from "#lib/client/fetch-json.ts";
import type { Preferences } from "#lib/client/preferences.ts";
import { signInAddress } from "#lib/client/sign-in-out.ts";
import { PreferencesProvider } from "./preferences.tsx";

/** A session that ended while its page was open: sign in, and come back to the same address. */
function leaveWhenSignedOut(error: unknown): void {
  if (!(error instanceof ProblemError) || error.problem.code !== "unauthenticated") return;
  const { pathname, search } = window.location;
  window.location.assign(signInAddress(pathname + search));
}

/** What every page stands on: the query cache, the URL's state and the viewer's preferences. */
export function Providers({ preferences, children }: { preferences: Preferences; children: ReactNode }) {
  const [queryClient] = useState(
    () => new QueryClient({ queryCache: new QueryCache({ onError: leaveWhenSignedOut }) }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <NuqsAdapter>
        <PreferencesProvider initial={preferences}>{children}</PreferencesProvider>
      </NuqsAdapter>
    </QueryClientProvider>
  );
}
