import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { unpackDebianPackages } from "./debian-packages.ts";
import { burnlineHome } from "./home.ts";
import { installHint, packageSystem } from "./install-hint.ts";
import { isAtLeast, parseVersion, type Version } from "./version.ts";

const run = promisify(execFile);

/** A program by its file names, what its `--version` calls it, and the oldest release that will do. */
interface Program {
  names: string[];
  calledItself: string;
  oldest: Version;
}
/** Remote write into Prometheus, which the history needs, exists from 2.25 on. */
const PROMETHEUS: Program = {
  names: ["prometheus"],
  calledItself: "prometheus",
  oldest: { major: 2, minor: 25 },
};
const PROMTOOL: Program = { names: ["promtool"], calledItself: "promtool", oldest: { major: 2, minor: 25 } };
/** The v2 API that Burnline reads exists from 0.16 on. */
const ALERTMANAGER: Program = {
  names: ["alertmanager", "prometheus-alertmanager"],
  calledItself: "alertmanager",
  oldest: { major: 0, minor: 16 },
};
const AMTOOL: Program = { names: ["amtool"], calledItself: "amtool", oldest: { major: 0, minor: 22 } };
/** Structured metadata is stored by default from 3.0 on. Debian's `loki` is a genetics program. */
const LOKI: Program = { names: ["loki"], calledItself: "loki", oldest: { major: 3, minor: 0 } };

async function versionOf(file: string, program: Program): Promise<Version | null> {
  // Some releases write their version to stderr, and strangers of the same name may do anything.
  return run(file, ["--version"], { timeout: 10_000 }).then(
    ({ stdout, stderr }) => parseVersion(`${stdout}\n${stderr}`, program.calledItself),
    () => null,
  );
}

/** The version of a Prometheus that `prometheusBinary` found. */
export async function prometheusVersion(file: string): Promise<Version> {
  const version = await versionOf(file, PROMETHEUS);
  if (!version) throw new Error(`${file} does not say which Prometheus it is.`);
  return version;
}

async function findIn(folders: string[], program: Program): Promise<string | null> {
  for (const folder of folders) {
    for (const name of program.names) {
      const file = path.join(folder, name);
      const version = await versionOf(file, program);
      if (version && isAtLeast(version, program.oldest)) return file;
    }
  }
  return null;
}

const onPath = (program: Program) =>
  findIn(
    (process.env.PATH ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder)),
    program,
  );

const found = new Map<string, Promise<string>>();
const unpacking = new Map<string, Promise<void>>();

/** Joins callers in this process; a failure is forgotten, so that the next call tries again. */
function once<T>(running: Map<string, Promise<T>>, key: string, start: () => Promise<T>): Promise<T> {
  const earlier = running.get(key);
  if (earlier) return earlier;
  const promise = start();
  running.set(key, promise);
  promise.catch(() => running.delete(key));
  return promise;
}

async function find(program: Program, home: string): Promise<string> {
  const installed = await onPath(program);
  if (installed) return installed;
  const target = path.join(home, "bin", "debian-packages");
  const system = packageSystem();
  if (system !== "apt") throw new Error(installHint(program.calledItself, program.oldest, system));
  await once(unpacking, target, () => unpackDebianPackages(target)).catch((error: Error) => {
    throw new Error(`${installHint(program.calledItself, program.oldest, system)}\n\n${error.message}`);
  });
  const unpacked = await findIn([path.join(target, "usr", "bin")], program);
  // The distribution's release is too old, so its package manager would not help either.
  if (!unpacked) throw new Error(installHint(program.calledItself, program.oldest, "other"));
  return unpacked;
}

const locate = (program: Program) => {
  const home = burnlineHome();
  return once(found, `${home} ${program.calledItself}`, () => find(program, home));
};

/** Path of a real Prometheus; unpacks the distribution's packages where none is on PATH. */
export const prometheusBinary = (): Promise<string> => locate(PROMETHEUS);
/** Path of promtool, as `prometheusBinary`. */
export const promtoolBinary = (): Promise<string> => locate(PROMTOOL);
/** Path of a real Alertmanager, as `prometheusBinary`. */
export const alertmanagerBinary = (): Promise<string> => locate(ALERTMANAGER);
/** Path of amtool, as `prometheusBinary`. */
export const amtoolBinary = (): Promise<string> => locate(AMTOOL);
/** Path of a Grafana Loki on PATH; null where there is none, for nothing packages it. */
export const lokiBinary = (): Promise<string | null> => onPath(LOKI);
