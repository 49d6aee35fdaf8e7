import { z } from "zod";

/** Control characters, and those that make text read in another order than it is stored. */
const INVISIBLE = /[\p{Cc}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]|\p{Cs}/u;

/** A line of text that reads as it is stored: trimmed, not empty, nothing invisible in it. */
export function visibleText(maxLength: number) {
  return z
    .string()
    .trim()
    .min(1, "is needed")
    .max(maxLength)
    .refine((text) => !INVISIBLE.test(text), "has characters that cannot be seen");
}
