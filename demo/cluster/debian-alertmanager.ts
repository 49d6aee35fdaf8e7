import { chmod, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** Where Debian's build reads its notification templates, which upstream carries inside the program. */
const TEMPLATES = Buffer.from("/usr/share/prometheus/alertmanager");
/** The same folder below the working directory; as long as the other, for a Go string keeps its length elsewhere. */
const RELATIVE_TEMPLATES = Buffer.from("usr//share/prometheus/alertmanager");

const LAUNCHER = `#!/bin/sh
# Starts Alertmanager where it finds its templates; paths among the arguments must be absolute.
cd "$(dirname "$0")/../.." && exec usr/bin/prometheus-alertmanager "$@"
`;

/**
 * Makes Debian's Alertmanager run from the folder `tree` it was unpacked to, where it would refuse to start
 * without /usr/share: adds the program `usr/bin/alertmanager`, to be used in its stead.
 */
export async function makeAlertmanagerRelocatable(tree: string): Promise<void> {
  const binary = path.join(tree, "usr", "bin", "prometheus-alertmanager");
  const content = await readFile(binary);
  for (let at = content.indexOf(TEMPLATES); at >= 0; at = content.indexOf(TEMPLATES, at)) {
    RELATIVE_TEMPLATES.copy(content, at);
  }
  await writeFile(binary, content);
  const launcher = path.join(tree, "usr", "bin", "alertmanager");
  await writeFile(launcher, LAUNCHER);
  await chmod(launcher, 0o755);
}
