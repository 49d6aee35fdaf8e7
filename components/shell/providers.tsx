"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { useState, type ReactNode } from "react";
import type { Preferences } from "#lib/client/preferences.ts";
import { PreferencesProvider } from "./preferences.tsx";

/** What every page stands on: the query cache, the URL's state and the viewer's preferences. */
export function Providers({ preferences, children }: { preferences: Preferences; children: ReactNode }) {
  const [queryClient] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={queryClient}>
      <NuqsAdapter>
        <PreferencesProvider initial={preferences}>{children}</PreferencesProvider>
      </NuqsAdapter>
    </QueryClientProvider>
  );
}
