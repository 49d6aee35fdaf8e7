import { z } from "zod";

/**
 * Control and format characters, which are not seen or make text read in another order than it is stored; but for the two
 * joiners that some scripts and emoji are written with.
 */
const INVISIBLE = /[\p{Cc}\p{Cs}]|(?![\u200C\u200D])\p{Cf}/u;

/** A line of text that reads as it is stored: trimmed, not empty, nothing invisible in it. */
export function visibleText(maxLength: number) {
  return z
    .string()
    .trim()
    .min(1, "is needed")
    .max(maxLength)
    .refine((text) => !INVISIBLE.test(text), "has characters that cannot be seen");
}
