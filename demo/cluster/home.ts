import { fileURLToPath } from "node:url";
import path from "node:path";

/** The checkout's root: the working directory of every part of the demo. */
export const CHECKOUT = fileURLToPath(new URL("../..", import.meta.url));

/** The state folder: BURNLINE_HOME (relative ones count from the checkout), else `.burnline` in the checkout. */
export function burnlineHome(): string {
  return path.resolve(CHECKOUT, process.env.BURNLINE_HOME || ".burnline");
}
