import "server-only";
import { runGate } from "./gate-run.ts";

// npm changes to the package's folder, and says where it was called.
const folder = process.env.INIT_CWD ?? process.cwd();
const { code, out, notes } = await runGate(process.argv.slice(2), { env: process.env, folder });
for (const line of out) process.stdout.write(`${line}\n`);
for (const note of notes) process.stderr.write(`${note}\n`);
process.exitCode = code;
