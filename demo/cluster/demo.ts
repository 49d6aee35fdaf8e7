import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { ensureChannel } from "#demo/notifications/ensure-channel.ts";
import { ensureBoard } from "#demo/boards/ensure-board.ts";
import { ensureRunbook } from "#demo/runbooks/ensure-runbook.ts";
import { ensureSlos } from "#demo/slos/ensure-slos.ts";
import { adminSettings, demoAccounts, demoSecrets, type DemoSecrets, ensureAccounts } from "./accounts.ts";
import type { Addresses } from "./addresses.ts";
import { alertmanagerConfig, alertmanagerPart } from "./alertmanager.ts";
import { tokenClient } from "./api-client.ts";
import { alertmanagerBinary, lokiBinary, prometheusBinary } from "./binaries.ts";
import { build } from "./build.ts";
import type { DemoConsole } from "./console.ts";
import { startControlServer } from "./control-server.ts";
import { type DemoFile, removeDemoFile, writeDemoFile } from "./demo-file.ts";
import type { DemoSettings } from "./demo-settings.ts";
import { embeddedDatabaseUrl } from "./embedded-database.ts";
import { lokiConfig, lokiPart } from "./loki.ts";
import { appPart, catcherPart, logGeneratorPart, logStorePart, simulatorPart } from "./node-parts.ts";
import type { Part } from "./part.ts";
import {
  historyConfig,
  liveConfig,
  prometheusPart,
  reloadPrometheus,
  ruleFiles,
  type ScrapeTarget,
  writeConfig,
} from "./prometheus.ts";
import type { RunFiles } from "./run-files.ts";
import { servicesFound } from "./services-found.ts";
import { Supervisor } from "./supervisor.ts";

/** Everything one run of the demo is made from. */
export interface DemoOptions {
  home: string;
  settings: DemoSettings;
  addresses: Addresses;
  targets: readonly ScrapeTarget[];
  runFiles: RunFiles;
  console: DemoConsole;
  /** Called when Burnline itself, or the demo's reason to run, has ended unasked. */
  onLost(name: string): void;
}

/** The parts of the demo, started together as far as they can be, and stopped in order. */
export class Demo {
  private readonly options: DemoOptions;
  private readonly supervisor: Supervisor;
  private readonly started: Part[] = [];
  private readonly simulatorListens = Promise.withResolvers<void>();
  private readonly stopping = new AbortController();
  private closeControl = () => {};

  constructor(options: DemoOptions) {
    this.options = options;
    this.supervisor = new Supervisor({
      logFolder: this.folder("log"),
      runFiles: options.runFiles,
      listener: {
        say: (line) => options.console.say(line),
        lost: (name) => options.onLost(name),
        event: (name, event) => {
          if (event.event === "listening" && name === "simulator") this.simulatorListens.resolve();
          if (event.event === "history") options.console.progress("history", event.doneRatio);
        },
      },
    });
  }

  /** Resolves when the page can be opened: all parts usable, the history whole, live scrapes on. */
  async start(): Promise<DemoFile> {
    const { addresses, home, targets } = this.options;
    const [prometheus, logStore, secrets] = await Promise.all([
      this.startMetrics(),
      this.startLogs(),
      this.startApp(),
      this.startCatcher(),
    ]);
    await servicesFound({ url: addresses.url.app, token: secrets.token }, targets, this.stopping.signal);
    await this.startSlos(secrets);
    await this.startNotifications(secrets);
    await this.startActions(secrets);
    await ensureBoard(tokenClient(addresses.url.app, secrets.token));
    const key = randomBytes(24).toString("base64url");
    const control = await startControlServer(
      Object.fromEntries(
        [prometheus, ...(logStore ? [logStore] : [])].map((part) => [
          part.name,
          { stop: () => this.supervisor.stop(part), start: () => this.supervisor.start(part) },
        ]),
      ),
      key,
    );
    this.closeControl = control.close;
    const file: DemoFile = {
      url: addresses.url.app,
      prometheusUrl: addresses.url.prometheus,
      alertmanagerUrl: addresses.url.alertmanager,
      lokiUrl: addresses.url.logStore,
      databaseUrl: process.env.DATABASE_URL || embeddedDatabaseUrl(home),
      accounts: demoAccounts(secrets),
      token: secrets.token,
      simulatorUrl: addresses.url.simulator,
      catcherUrl: addresses.url.catcher,
      control: { url: control.url, key },
    };
    writeDemoFile(home, file);
    return file;
  }

  /** Stops Burnline, then everything it reads from. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.closeControl();
    removeDemoFile(this.options.home);
    const app = this.started.filter((part) => part.name === "app");
    const rest = this.started.filter((part) => part.name !== "app");
    for (const group of [app, rest]) await Promise.all(group.map((part) => this.supervisor.stop(part)));
  }

  private async startMetrics(): Promise<Part> {
    const { addresses, settings, targets } = this.options;
    const configFile = path.join(this.folder("config"), "prometheus.yml");
    writeConfig(configFile, historyConfig());
    const sinceMs = performance.now();
    const binary = await prometheusBinary();
    this.options.console.done("programs", path.dirname(binary), sinceMs);
    const alertmanager = this.startAlertmanager();
    const prometheus = await prometheusPart({
      binary,
      folder: this.folder("prometheus"),
      configFile,
      port: addresses.port.prometheus,
      historyDays: settings.historyDays,
    });
    await this.startPart(prometheus, addresses.url.prometheus);
    await this.startPart(
      simulatorPart({
        stateFolder: this.folder("simulator"),
        port: addresses.port.simulator,
        historyDays: settings.historyDays,
        pastFault: settings.pastFault,
        prometheusUrl: addresses.url.prometheus,
      }),
      `${addresses.url.simulator}, ${settings.historyDays} days`,
    );
    writeConfig(
      configFile,
      liveConfig({
        targets,
        simulator: new URL(addresses.url.simulator).host,
        alertmanager: new URL(addresses.url.alertmanager).host,
        ruleFiles: [...ruleFiles(), path.join(this.folder("rules"), "*.yml")],
      }),
    );
    await reloadPrometheus(addresses.url.prometheus);
    await alertmanager;
    return prometheus;
  }

  private async startAlertmanager(): Promise<void> {
    const { addresses } = this.options;
    const configFile = path.join(this.folder("config"), "alertmanager.yml");
    const webhook = `${addresses.url.app}/api/webhooks/alertmanager`;
    writeConfig(configFile, alertmanagerConfig({ url: webhook, tokenFile: this.webhookTokenFile() }));
    const part = alertmanagerPart({
      binary: await alertmanagerBinary(),
      folder: this.folder("alertmanager"),
      configFile,
      port: addresses.port.alertmanager,
    });
    await this.startPart(part, addresses.url.alertmanager);
  }

  /** The log store, unless the user has a Loki, and the generator as soon as the simulator can be asked. */
  private async startLogs(): Promise<Part | null> {
    const { addresses, settings } = this.options;
    const store = settings.lokiUrl === null ? await this.logStore() : null;
    if (store) await this.startPart(store, addresses.url.logStore);
    await this.simulatorListens.promise;
    await this.startPart(
      logGeneratorPart({ lokiUrl: addresses.url.logStore, simulatorUrl: addresses.url.simulator }),
      "",
    );
    return store;
  }

  private async logStore(): Promise<Part> {
    const port = this.options.addresses.port.logStore;
    const binary = await lokiBinary();
    if (binary === null) return logStorePart({ folder: this.folder("logs"), port });
    const configFile = path.join(this.folder("config"), "loki.yml");
    writeConfig(configFile, lokiConfig(this.folder("loki"), port));
    return lokiPart({ binary, configFile, port });
  }

  /** The app, and in it the accounts. */
  private async startApp(): Promise<DemoSecrets> {
    const { addresses, home, console } = this.options;
    const sinceMs = performance.now();
    await build(this.folder("log"), this.stopping.signal);
    console.done("build", "", sinceMs);
    const { app: port } = addresses.port;
    const secrets = demoSecrets(path.join(home, "demo"));
    const part = appPart({
      admin: adminSettings(secrets),
      home,
      port,
      prometheusUrl: addresses.url.prometheus,
      alertmanagerUrl: addresses.url.alertmanager,
      lokiUrl: addresses.url.logStore,
      rulesFolder: this.folder("rules"),
    });
    await this.startPart(part, addresses.url.app);
    const known = await ensureAccounts(addresses.url.app, path.join(home, "demo"), secrets);
    writeFileSync(this.webhookTokenFile(), known.token, { mode: 0o600 });
    return known;
  }

  /** Once the history is whole, so that budgets begin with all of it. */
  private async startSlos({ token }: DemoSecrets): Promise<void> {
    const { addresses, console } = this.options;
    const sinceMs = performance.now();
    const runbooks = `${addresses.url.simulator}/runbooks`;
    const count = await ensureSlos(tokenClient(addresses.url.app, token), (name) => `${runbooks}/${name}.md`);
    console.done("slos", `${count} as code`, sinceMs);
  }

  private async startNotifications({ token, secret }: DemoSecrets): Promise<void> {
    const { addresses } = this.options;
    await ensureChannel(tokenClient(addresses.url.app, token), addresses.url.catcher, secret);
  }

  private async startCatcher(): Promise<void> {
    const { port, url } = this.options.addresses;
    const part = catcherPart({
      port: port.catcher,
      simulatorUrl: url.simulator,
      keyFile: this.actionKeyFile(),
    });
    await this.startPart(part, `${url.catcher}/messages`);
  }

  /** A runbook with an action, and the key that its receiver verifies calls with. */
  private async startActions({ token }: DemoSecrets): Promise<void> {
    const { addresses } = this.options;
    const key = await ensureRunbook(tokenClient(addresses.url.app, token), addresses.url.catcher);
    if (key !== null) writeFileSync(this.actionKeyFile(), key, { mode: 0o600 });
  }

  private actionKeyFile(): string {
    return path.join(this.folder("config"), "action-key");
  }

  private webhookTokenFile(): string {
    return path.join(this.folder("config"), "webhook-token");
  }

  private folder(name: string): string {
    return path.join(this.options.home, "demo", name);
  }

  private async startPart(part: Part, detail: string): Promise<void> {
    if (this.stopping.signal.aborted) throw new Error("The demo is stopping.");
    const sinceMs = performance.now();
    this.started.push(part);
    await this.supervisor.start(part);
    this.options.console.done(part.name, detail, sinceMs);
  }
}
