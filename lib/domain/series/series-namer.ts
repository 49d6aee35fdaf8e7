type Labels = Readonly<Record<string, string>>;

/**
 * Names series that stand side by side by the values of the labels that tell them apart, a single one by all of its
 * own. The metric's name comes first, and only where it differs.
 */
export function seriesNamer(series: readonly { labels: Labels }[]): (labels: Labels) => string {
  const [first] = series;
  const differs = (name: string) => series.some(({ labels }) => labels[name] !== first?.labels[name]);
  const names = [...new Set(series.flatMap(({ labels }) => Object.keys(labels)))].sort();
  const telling = names.filter(differs);
  const shown = telling.length > 0 ? telling : names.filter((name) => name !== "__name__");
  return (labels) => shown.flatMap((name) => labels[name] ?? []).join(" ") || labels.__name__ || "value";
}
