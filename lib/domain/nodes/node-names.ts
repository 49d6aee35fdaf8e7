import type { Sample } from "#lib/domain/signals/sample.ts";

/** Finds the node a sample speaks of; null when it names none. */
export type NodeNameOf = (labels: Sample["labels"]) => string | null;

/** The host of an instance label: "ai1:9100" → "ai1", "[fd00::1]:9100" → "fd00::1". */
export function hostOfInstance(instance: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(instance);
  if (bracketed) return bracketed[1]!;
  return instance.replace(/^([^:]+):\d+$/, "$1");
}

/**
 * Names nodes by the label `node`, else by the host name that node_exporter reports for that instance
 * (`node_uname_info`), else by the host part of `instance`. `identities` is an answer of `nodeIdentities`.
 */
export function nodeNamer(identities: readonly Sample[]): NodeNameOf {
  const nameOfHost = new Map<string, string>();
  for (const { labels } of identities) {
    if (labels.figure === "uname" && labels.instance && labels.nodename)
      nameOfHost.set(hostOfInstance(labels.instance), labels.nodename);
  }
  return ({ node, Hostname, instance }) => {
    if (node) return node;
    if (Hostname) return Hostname;
    if (!instance) return null;
    const host = hostOfInstance(instance);
    return nameOfHost.get(host) ?? host;
  };
}
