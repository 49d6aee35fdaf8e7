import { describe, expect, it } from "vitest";
import { harmlessText } from "./harmless-text.ts";

const ESC = "\u001b";

describe("harmlessText", () => {
  it.each([
    ["plain text with a tab\tand umlauts äöü", "plain text with a tab\tand umlauts äöü"],
    [`${ESC}[31mred${ESC}[0m`, "red"],
    [`${ESC}[38;5;208morange${ESC}[m and ${ESC}[2Kcleared`, "orange and cleared"],
    [`${ESC}]8;;http://evil.example${ESC}\\link${ESC}]8;;${ESC}\\`, "link"],
    [`${ESC}]0;title\u0007rest`, "rest"],
    ["user \u202egnp.exe", "user ⟨U+202E⟩gnp.exe"],
    ["zero\u200bwidth", "zero⟨U+200B⟩width"],
    ["line\r\nbreak", "line⟨U+000D⟩⟨U+000A⟩break"],
    [`lone ${ESC} escape`, "lone ⟨U+001B⟩ escape"],
    ["<script>alert(1)</script>", "<script>alert(1)</script>"],
  ])("writes %j as %j", (line, shown) => {
    expect(harmlessText(line)).toBe(shown);
  });
});
