import {
  Activity,
  Bell,
  Boxes,
  ChartSpline,
  LayoutDashboard,
  PiggyBank,
  Rocket,
  Route,
  ScrollText,
  Server,
  Settings,
  Siren,
  Target,
  type LucideIcon,
} from "lucide-react";

/** A page of the navigation. `key` follows `g` on the keyboard. */
interface NavigationPage {
  label: string;
  href: string;
  key: string;
  icon: LucideIcon;
  /** Left out of a phone's bar, which has room for seven; search leads there. */
  wide?: true;
}

/** The pages in the order of the loop observe, budget, respond, learn; only those that exist. */
export const PAGE_GROUPS: readonly { label: string; pages: readonly NavigationPage[] }[] = [
  {
    label: "Observe",
    pages: [
      { label: "Health", href: "/", key: "h", icon: Activity },
      { label: "Services", href: "/services", key: "s", icon: Boxes },
      { label: "Nodes", href: "/nodes", key: "n", icon: Server, wide: true },
      { label: "Logs", href: "/logs", key: "l", icon: ScrollText, wide: true },
      { label: "Explore", href: "/explore", key: "e", icon: ChartSpline, wide: true },
      { label: "Boards", href: "/boards", key: "d", icon: LayoutDashboard, wide: true },
    ],
  },
  {
    label: "Budget",
    pages: [
      { label: "SLOs", href: "/slos", key: "o", icon: Target },
      { label: "Releases", href: "/releases", key: "r", icon: Rocket },
      { label: "Budgets", href: "/budgets", key: "b", icon: PiggyBank, wide: true },
      { label: "Journeys", href: "/journeys", key: "j", icon: Route, wide: true },
    ],
  },
  {
    label: "Respond",
    pages: [
      { label: "Alerts", href: "/alerts", key: "a", icon: Bell },
      { label: "Incidents", href: "/incidents", key: "i", icon: Siren },
    ],
  },
  { label: "Manage", pages: [{ label: "Settings", href: "/settings", key: ",", icon: Settings }] },
];

export const PAGES = PAGE_GROUPS.flatMap((group) => group.pages);

/** Whether `path` is this page or one below it. */
export function isWithin(href: string, path: string): boolean {
  return path === href || (href !== "/" && path.startsWith(`${href}/`));
}
