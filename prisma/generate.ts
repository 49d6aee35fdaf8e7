// Generates the typed client into lib/server/db/generated, unless schema and Prisma are unchanged.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);
const schema = path.join(import.meta.dirname, "schema.prisma");
const output = path.join(path.dirname(import.meta.dirname), "lib", "server", "db", "generated");
const stamp = path.join(output, "made-from");
const manifest = require.resolve("prisma/package.json");

const wanted = createHash("sha256").update(readFileSync(schema)).update(readFileSync(manifest)).digest("hex");
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  const cli = path.join(path.dirname(manifest), "build", "index.js");
  const done = spawnSync(process.execPath, [cli, "generate", "--schema", schema, "--no-hints"], {
    // Generating needs no schema engine; naming any file as one keeps Prisma from downloading it.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: schema, CHECKPOINT_DISABLE: "1" },
    encoding: "utf8",
  });
  if (done.status !== 0) {
    process.stderr.write(`${done.stdout}${done.stderr}`);
    process.exit(done.status ?? 1);
  }
  writeFileSync(stamp, wanted);
}
