import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.dirname(import.meta.dirname);
const files = (pattern: string, exclude: string[] = []) =>
  globSync(pattern, { cwd: root }).filter((file) => !exclude.some((part) => file.includes(part)));
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

describe("conventions", () => {
  const serverFiles = files("lib/server/**/*.ts", [".test.ts", "/generated/", "/testing/"]);

  it("every server module refuses to be bundled for the browser", () => {
    expect(serverFiles.length).toBeGreaterThan(10);
    expect(serverFiles.filter((file) => !read(file).startsWith('import "server-only";'))).toEqual([]);
  });

  it("pages stay within 60 lines and handlers within 40", () => {
    const long = (pattern: string, lines: number) =>
      files(pattern).filter((file) => read(file).split("\n").length > lines + 1);
    expect(files("app/**/{page,route}.{ts,tsx}").length).toBeGreaterThan(5);
    expect(long("app/**/page.tsx", 60)).toEqual([]);
    expect(long("app/**/route.ts", 40)).toEqual([]);
  });

  it("tests that share a process leave its environment alone", () => {
    const unit = files("{lib,components,demo,prisma}/**/*.test.{ts,tsx}", [".integration.test."]);
    expect(unit.length).toBeGreaterThan(100);
    expect(unit.filter((file) => read(file).includes("stubEnv("))).toEqual([]);
  });

  it("no module re-exports a folder", () => {
    expect(files("{app,components,lib,demo}/**/index.{ts,tsx}", ["/generated/"])).toEqual([]);
  });
});
