import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { makeAlertmanagerRelocatable } from "./debian-alertmanager.ts";
import { isAlive } from "./process-identity.ts";

const run = promisify(execFile);
const PACKAGES = ["prometheus", "prometheus-alertmanager"];
const UNPACKING = ".unpacking-";

const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );

/**
 * apt's settings with every folder it writes to below `folder`. The hooks are cleared because they belong to
 * the machine's own updates; fetching as root spares the _apt user, who may not enter our folders.
 */
function aptConfig(folder: string): string {
  const hooks = ["Pre-Invoke", "Post-Invoke", "Post-Invoke-Success"].map(
    (hook) => `#clear APT::Update::${hook};`,
  );
  const settings = {
    "Dir::State": path.join(folder, "state"),
    "Dir::State::status": path.join(folder, "status"),
    "Dir::Cache": path.join(folder, "cache"),
    "Acquire::Languages": "none",
    "APT::Sandbox::User": "root",
  };
  return [...hooks, ...Object.entries(settings).map(([name, value]) => `${name} "${value}";`), ""].join("\n");
}

async function download(folder: string): Promise<string[]> {
  const config = path.join(folder, "apt.conf");
  const debs = path.join(folder, "debs");
  for (const sub of ["state/lists/partial", "cache/archives/partial", "debs"])
    await mkdir(path.join(folder, sub), { recursive: true });
  await writeFile(path.join(folder, "status"), "");
  await writeFile(config, aptConfig(folder));
  const options = { cwd: debs, maxBuffer: 16 * 1024 * 1024 };
  // One unreachable third-party source fails the update as a whole; whether ours was found shows in the download.
  const updated = await run("apt-get", ["-c", config, "-q", "update"], options).catch(
    (error: Error) => error,
  );
  await run("apt-get", ["-c", config, "-q", "download", ...PACKAGES], options).catch((error: Error) => {
    throw updated instanceof Error ? new Error(`${updated.message}\n${error.message}`) : error;
  });
  return (await readdir(debs)).map((name) => path.join(debs, name));
}

/** Removes what a killed process left half unpacked; the name carries its pid. */
async function sweep(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(UNPACKING) || isAlive(Number.parseInt(name.slice(UNPACKING.length), 10))) continue;
    await rm(path.join(parent, name), { recursive: true, force: true });
  }
}

/**
 * Unpacks the distribution's Prometheus and Alertmanager below `target`, without root and without touching
 * the system's package state. Several processes may call it at once: each unpacks aside and the first rename
 * wins. Rejects with apt's or dpkg's own words.
 */
export async function unpackDebianPackages(target: string): Promise<void> {
  if (await exists(target)) return;
  const parent = path.dirname(target);
  await mkdir(parent, { recursive: true });
  await sweep(parent);
  const folder = path.join(parent, `${UNPACKING}${process.pid}-${randomUUID()}`);
  try {
    const tree = path.join(folder, "tree");
    await Promise.all((await download(folder)).map((deb) => run("dpkg", ["-x", deb, tree])));
    await makeAlertmanagerRelocatable(tree);
    await rename(tree, target).catch(async (error: Error) => {
      if (!(await exists(target))) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
