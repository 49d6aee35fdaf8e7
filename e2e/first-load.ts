import { gzipSync } from "node:zlib";
import type { APIRequestContext } from "@playwright/test";

/** A browser that knows modules leaves out what is for those that do not. */
const SCRIPT = /<script\b(?![^>]*\bnomodule)[^>]*\bsrc="([^"]+)"/gi;

/**
 * Compressed bytes of the scripts that a page's own HTML names: what has to arrive before it works. Throws for a
 * page that is not there. `known` holds the
 * sizes of scripts by address, for most pages share most of theirs.
 */
export async function firstLoadBytes(
  request: APIRequestContext,
  path: string,
  known: Map<string, number>,
): Promise<number> {
  const page = await request.get(path);
  if (!page.ok()) throw new Error(`${path} answered ${page.status()}`);
  const html = await page.text();
  const addresses = new Set([...html.matchAll(SCRIPT)].map(([, address]) => address!));
  let bytes = 0;
  for (const address of addresses) {
    const size = known.get(address) ?? gzipSync(await (await request.get(address)).body()).length;
    known.set(address, size);
    bytes += size;
  }
  return bytes;
}
