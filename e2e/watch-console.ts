import { expect, type Page } from "@playwright/test";

/** Collects what the page says to the console; `expectSilence` fails on anything at all. */
export function watchConsole(page: Page): { expectSilence: () => void } {
  const said: string[] = [];
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error.message}`));
  return { expectSilence: () => expect(said).toEqual([]) };
}
