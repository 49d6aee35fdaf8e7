"use client";

import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { Boxes, Clock, Keyboard, Server, Target, type LucideIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, type ReactNode } from "react";
import { nodeNames, serviceNames } from "#lib/client/names.queries.ts";
import { sloNames } from "#lib/client/slos.queries.ts";
import { RANGE_PRESETS_SECONDS } from "#lib/client/time-range.ts";
import { useOverlay } from "./use-overlay.ts";
import { PAGES } from "./pages.ts";
import { usePreferences } from "./preferences.tsx";
import { rangeInWords } from "./range-words.ts";
import { THEMES } from "./theme-switch.tsx";
import { useTimeRange } from "./use-time-range.ts";

/** There may be a thousand SLOs: they are listed once somebody has begun to name one. */
const LETTERS_BEFORE_SLOS = 2;

interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Goes to any page, service, node or SLO and runs the shell's actions, by typing a few letters. */
export function CommandPalette({ open, onOpenChange }: CommandPaletteProps) {
  const router = useRouter();
  const { setRange } = useTimeRange();
  const { preferences, choose } = usePreferences();
  const openOverlay = useOverlay();
  const services = useQuery({ ...serviceNames(), enabled: open });
  const nodes = useQuery({ ...nodeNames(), enabled: open });
  const [typed, setTyped] = useState("");
  // Behind the names of nodes and services: what comes first is chosen first, and "nas1" means the node.
  const namesAreHere = services.isFetched && nodes.isFetched;
  const naming = open && namesAreHere && typed.length >= LETTERS_BEFORE_SLOS;
  const slos = useQuery({ ...sloNames(), enabled: naming });
  const run = (action: () => void) => () => {
    onOpenChange(false);
    action();
  };
  return (
    <Command.Dialog
      open={open}
      onOpenChange={onOpenChange}
      label="Search and commands"
      overlayClassName="fixed inset-0 z-40 bg-bg/70"
      contentClassName="fixed top-[12vh] left-1/2 z-50 w-[min(560px,calc(100vw-16px))] -translate-x-1/2 overflow-hidden rounded-panel border border-line bg-panel shadow-overlay"
    >
      <Command.Input
        onValueChange={setTyped}
        placeholder="Go to a page, service, node or SLO, or run a command"
        className="border-line-soft text-lead text-ink placeholder:text-faint h-12 w-full border-b bg-transparent px-4 outline-none max-sm:text-[16px]"
      />
      <Command.List className="max-h-[56vh] overflow-y-auto p-1.5">
        <Command.Empty className="text-dim px-3 py-6 text-center">Nothing by that name.</Command.Empty>
        <Group heading="Pages">
          {PAGES.map((page) => (
            <Item key={page.href} icon={page.icon} onSelect={run(() => router.push(page.href))}>
              {page.label}
            </Item>
          ))}
        </Group>
        <Group heading="Services">
          {services.data?.map((name) => (
            <Item
              key={name}
              value={name}
              icon={Boxes}
              onSelect={run(() => router.push(`/services/${encodeURIComponent(name)}`))}
            >
              {name}
            </Item>
          ))}
        </Group>
        <Group heading="Nodes">
          {nodes.data?.map((name) => (
            <Item
              key={name}
              value={`${name} node`}
              icon={Server}
              onSelect={run(() => router.push(`/nodes/${encodeURIComponent(name)}`))}
            >
              {name}
            </Item>
          ))}
        </Group>
        <Group heading="SLOs">
          {(naming ? slos.data : undefined)?.map(({ id, key }) => (
            <Item
              key={id}
              value={key}
              icon={Target}
              onSelect={run(() => router.push(`/slos/${encodeURIComponent(id)}`))}
            >
              {key}
            </Item>
          ))}
        </Group>
        <Group heading="Time range">
          {RANGE_PRESETS_SECONDS.map((lastSeconds) => (
            <Item key={lastSeconds} icon={Clock} onSelect={run(() => setRange({ lastSeconds }))}>
              {rangeInWords({ lastSeconds }, preferences.timeZone)}
            </Item>
          ))}
        </Group>
        <Group heading="Commands">
          {THEMES.map(({ theme, label, icon }) => (
            <Item key={theme} icon={icon} onSelect={run(() => choose("theme", theme))}>
              Theme: {label}
            </Item>
          ))}
          <Item icon={Keyboard} onSelect={run(() => openOverlay("help"))}>
            Keyboard shortcuts
          </Item>
        </Group>
      </Command.List>
    </Command.Dialog>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="**:[[cmdk-group-heading]]:text-small **:[[cmdk-group-heading]]:text-faint **:[[cmdk-group-heading]]:px-2.5 **:[[cmdk-group-heading]]:pt-2 **:[[cmdk-group-heading]]:pb-1"
    >
      {children}
    </Command.Group>
  );
}

interface ItemProps {
  /** What it is found by; an item that only comes while somebody types has to say it. */
  value?: string;
  icon: LucideIcon;
  onSelect: () => void;
  children: ReactNode;
}

function Item({ value, icon: Icon, onSelect, children }: ItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="rounded-control text-dim data-[selected=true]:bg-raised data-[selected=true]:text-ink flex items-center gap-2.5 px-2.5 py-2 select-none"
    >
      <Icon size={14} aria-hidden="true" className="text-faint flex-none" />
      <span>{children}</span>
    </Command.Item>
  );
}
