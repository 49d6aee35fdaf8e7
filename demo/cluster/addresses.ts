import type { DemoSettings } from "./demo-settings.ts";
import { choosePorts, freePort } from "./ports.ts";

const APP_PORT = 3000;
const PREFERRED_PORTS = {
  prometheus: 19_090,
  alertmanager: 19_093,
  logStore: 13_100,
  simulator: 19_100,
  catcher: 19_101,
};
type Server = keyof typeof PREFERRED_PORTS | "app";

/** Where each server of the demo listens; all are known before the first one starts. */
export interface Addresses {
  port: Record<Server, number>;
  url: Record<Server, string>;
}

const loopback = (port: number) => `http://127.0.0.1:${port}`;

async function appPort(wanted: number | null): Promise<number> {
  const port = await freePort(wanted ?? APP_PORT);
  if (port !== null) return port;
  if (wanted !== null) throw new Error(`PORT: ${wanted} is taken on this machine; choose another.`);
  const other = await freePort(0);
  if (other === null) throw new Error("No free port on 127.0.0.1.");
  return other;
}

/** Chooses the ports; throws when PORT was set and is taken. `folder` keeps the others between starts. */
export async function chooseAddresses(folder: string, settings: DemoSettings): Promise<Addresses> {
  const port = { ...(await choosePorts(folder, PREFERRED_PORTS)), app: await appPort(settings.port) };
  return {
    port,
    url: {
      app: loopback(port.app),
      prometheus: loopback(port.prometheus),
      alertmanager: loopback(port.alertmanager),
      simulator: loopback(port.simulator),
      catcher: loopback(port.catcher),
      logStore: settings.lokiUrl ?? loopback(port.logStore),
    },
  };
}

/** Whether the app had to leave its usual port to somebody else. */
export function leftUsualPort(addresses: Addresses, settings: DemoSettings): boolean {
  return settings.port === null && addresses.port.app !== APP_PORT;
}
