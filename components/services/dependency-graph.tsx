import { Link } from "#components/ui/link.tsx";
import type { PanelData } from "#lib/contracts/panels.ts";
import { StatusIcon } from "#components/shell/status.tsx";
import { BOX, layoutDependencies, type GraphBox } from "./dependency-layout.ts";

interface DependencyGraphProps {
  service: string;
  dependencies: PanelData<"service.dependencies">;
  hrefOf: (name: string) => string;
}

/** A small graph: what it depends on → service → what depends on it. The boxes are links, the lines decoration. */
export function DependencyGraph({ service, dependencies, hrefOf }: DependencyGraphProps) {
  const { width, height, boxes, edges } = layoutDependencies(service, dependencies);
  return (
    <div className="relative mx-auto my-1" style={{ width, height }}>
      <svg width={width} height={height} aria-hidden="true" className="absolute inset-0">
        <defs>
          <marker
            id="arrow"
            viewBox="0 0 6 6"
            refX="6"
            refY="3"
            markerWidth="6"
            markerHeight="6"
            orient="auto"
          >
            <path d="M0 0 6 3 0 6z" fill="var(--line-strong)" />
          </marker>
        </defs>
        {edges.map(({ key, path }) => (
          <path key={key} d={path} fill="none" stroke="var(--line-strong)" markerEnd="url(#arrow)" />
        ))}
      </svg>
      <ul>
        {boxes.map((box) => (
          <li
            key={`${box.x} ${box.name}`}
            className="absolute"
            style={{ left: box.x, top: box.y, width: BOX.width, height: BOX.height }}
          >
            <Box box={box} hrefOf={hrefOf} />
          </li>
        ))}
      </ul>
    </div>
  );
}

const SHAPE = "flex h-full items-center gap-2 rounded-control border px-2.5";

function Box({ box, hrefOf }: { box: GraphBox; hrefOf: (name: string) => string }) {
  if (box.link === null) {
    return (
      <span className={`${SHAPE} border-accent bg-raised font-medium`} title={box.name}>
        <span className="truncate">{box.name}</span>
      </span>
    );
  }
  return (
    <Link
      href={hrefOf(box.name)}
      className={`${SHAPE} border-line hover:border-line-strong`}
      title={box.name}
    >
      <StatusIcon status={box.link.status} label={box.link.status.replace("_", " ")} />
      <span className="truncate">{box.name}</span>
    </Link>
  );
}
