import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { Providers } from "#components/shell/providers.tsx";
import { parsePreferences } from "#lib/client/preferences.ts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Burnline", template: "%s · Burnline" },
  description: "Cluster health, error budgets, incidents and release decisions.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: dark)", color: "#0b0d12" },
    { media: "(prefers-color-scheme: light)", color: "#f7f8fa" },
  ],
};

// Runs before any other script: libraries that add style elements take the nonce from here, and zod
// must not probe for eval, which the policy forbids and the console would report.
const BOOT = "self.__webpack_nonce__=document.currentScript.nonce;self.__zod_globalConfig={jitless:true}";

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [cookie, header] = await Promise.all([cookies(), headers()]);
  const preferences = parsePreferences((name) => cookie.get(name)?.value);
  const theme = preferences.theme === "system" ? undefined : preferences.theme;
  return (
    <html lang="en" data-theme={theme} className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <head>
        <script
          nonce={header.get("x-nonce") ?? undefined}
          suppressHydrationWarning
          dangerouslySetInnerHTML={{ __html: BOOT }}
        />
      </head>
      <body>
        <Providers preferences={preferences}>{children}</Providers>
      </body>
    </html>
  );
}
