import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import { MigrationAdapterFactory } from "./migration-adapter.ts";

export const SCHEMA_PATH = fileURLToPath(new URL("./schema.prisma", import.meta.url));
/** Every table is ours: none is managed from elsewhere. */
export const NO_FILTERS = { externalTables: [], externalEnums: [] };

let loading: Promise<void> | undefined;

/** The package's own loader imports the .wasm file as a module, which Node does not do unasked. */
async function load(): Promise<void> {
  const glue = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const { instance } = await WebAssembly.instantiate(await readFile(glue.replace(/\.js$/, ".wasm")), {
    "./schema_engine_bg.js": { ...bindings },
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports["__wbindgen_start"] as () => void)();
}

/**
 * Runs `work` with Prisma's schema engine on the database at `url` and closes its connections after.
 * The engine is the WebAssembly build: the native one is a download that closed networks refuse.
 */
export async function withSchemaEngine<T>(
  url: string,
  work: (engine: bindings.SchemaEngine) => Promise<T>,
): Promise<T> {
  await (loading ??= load());
  const schema = await readFile(SCHEMA_PATH, "utf8");
  const factory = new MigrationAdapterFactory(url);
  const engine = await bindings.SchemaEngine.new(
    { datamodels: [[SCHEMA_PATH, schema]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
    await factory.close();
  }
}
