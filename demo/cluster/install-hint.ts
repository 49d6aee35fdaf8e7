import { existsSync } from "node:fs";
import type { Version } from "./version.ts";

/** How this system installs software; `other` covers systems without a packaged Prometheus that we know of. */
export type PackageSystem = "apt" | "brew" | "pacman" | "apk" | "other";

/** The package system of this machine. */
export function packageSystem(
  platform: NodeJS.Platform = process.platform,
  has: (file: string) => boolean = existsSync,
): PackageSystem {
  if (platform === "darwin") return "brew";
  if (has("/usr/bin/apt-get") && has("/usr/bin/dpkg")) return "apt";
  if (has("/usr/bin/pacman")) return "pacman";
  return has("/sbin/apk") ? "apk" : "other";
}

const COPY_FROM_IMAGES = [
  'mkdir -p "$HOME/.local/bin" && cd "$HOME/.local/bin" && export PATH="$PWD:$PATH"',
  "docker create --name burnline-copy prom/prometheus",
  "docker cp burnline-copy:/bin/prometheus . && docker cp burnline-copy:/bin/promtool . && docker rm burnline-copy",
  "docker create --name burnline-copy prom/alertmanager",
  "docker cp burnline-copy:/bin/alertmanager . && docker rm burnline-copy && cd -",
].join("\n  ");

const COMMANDS: Record<PackageSystem, string> = {
  apt: "sudo apt-get update && sudo apt-get install -y --no-install-recommends prometheus prometheus-alertmanager",
  brew: "brew install prometheus alertmanager",
  pacman: "sudo pacman -S prometheus alertmanager",
  apk: "sudo apk add prometheus alertmanager",
  other: COPY_FROM_IMAGES,
};

/** What to do where the demo cannot get a program by itself: the exact command, or one's own servers instead. */
export function installHint(program: string, oldest: Version, system: PackageSystem): string {
  return [
    `The demo needs ${program} ${oldest.major}.${oldest.minor} or newer, and none was found on PATH. Install it:`,
    "",
    `  ${COMMANDS[system]}`,
    "",
    "then start again. To look at servers of your own instead, without the demo:",
    "",
    "  PROMETHEUS_URL=http://… ALERTMANAGER_URL=http://… LOKI_URL=http://… npm start",
  ].join("\n");
}
