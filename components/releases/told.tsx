"use client";

import { Fragment } from "react";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { formatTime, formatUtc } from "#lib/format/time.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { partsOf } from "./told-parts.ts";

/** What the gate or a person said: the instants in it stand in the reader's zone, with UTC on hover. */
export function Told({ children }: { children: string }) {
  const { timeZone } = usePreferences().preferences;
  return partsOf(children).map(({ text, at }, index) =>
    at === null ? (
      <Fragment key={index}>{harmlessText(text)}</Fragment>
    ) : (
      <time key={index} dateTime={at} title={formatUtc(at)}>
        {formatTime(at, "dayClock", timeZone)}
      </time>
    ),
  );
}
