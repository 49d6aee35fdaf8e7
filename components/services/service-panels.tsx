import { DependenciesPanel } from "./dependencies-panel.tsx";
import { GoldenSignals } from "./golden-signals.tsx";
import { RoutesPanel } from "./routes-panel.tsx";

/** The measured part of a service's page: its signals, its routes and what it hangs together with. */
export function ServicePanels({ service, batch }: { service: string; batch: boolean }) {
  if (batch) {
    return (
      <GoldenSignals service={service} batch>
        <DependenciesPanel service={service} />
      </GoldenSignals>
    );
  }
  return (
    <>
      <GoldenSignals service={service} batch={false} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <RoutesPanel />
        <DependenciesPanel service={service} />
      </div>
    </>
  );
}
