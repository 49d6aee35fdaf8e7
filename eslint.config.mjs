import { defineConfig, globalIgnores } from "eslint/config";
import next from "eslint-config-next/core-web-vitals";
import ts from "eslint-config-next/typescript";

/** Where components and hooks live. Elsewhere the rules for them would compile every file and find nothing. */
const REACT = ["app/**", "components/**", "lib/client/**", "**/*.tsx"];

/** Global ignores stand alone in an entry; every other one is for React's files. */
const forReact = next.map((entry) => (entry.rules ? { ...entry, files: REACT } : entry));

export default defineConfig([
  ...forReact,
  ...ts,
  { files: REACT, rules: { "import/no-anonymous-default-export": "off" } },
  { ignores: REACT, rules: { "no-restricted-imports": ["error", { paths: ["react", "react-dom"] }] } },
  {
    linterOptions: { noInlineConfig: true },
    rules: {
      complexity: ["error", 12],
      "max-lines": ["error", 300],
      "no-console": ["error"],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  // The virtualiser changes in place what it returns; the compiler leaves its one user alone, which says so.
  { files: ["components/logs/windowed-lines.tsx"], rules: { "react-hooks/incompatible-library": "off" } },
  { files: ["demo/**", ".ci/**", "prisma/**", "bench/**", "e2e/**"], rules: { "no-console": "off" } },
  globalIgnores([".next/**", "lib/server/db/generated/**", "next-env.d.ts", ".burnline/**"]),
]);
