import { defineConfig, globalIgnores } from "eslint/config";
import next from "eslint-config-next/core-web-vitals";
import ts from "eslint-config-next/typescript";

export default defineConfig([
  ...next,
  ...ts,
  {
    linterOptions: { noInlineConfig: true },
    rules: {
      "import/no-anonymous-default-export": "off",
      complexity: ["error", 12],
      "max-lines": ["error", 300],
      "no-console": ["error"],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  { files: ["demo/**", ".ci/**", "prisma/**", "bench/**", "e2e/**"], rules: { "no-console": "off" } },
  globalIgnores([".next/**", "lib/server/db/generated/**", "next-env.d.ts", ".burnline/**"]),
]);
