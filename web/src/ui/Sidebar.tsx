import { Text, Tooltip } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import {
  IconChartBar,
  IconChartHistogram,
  IconCopy,
  IconGitCompare,
  IconGridDots,
  IconLayoutGrid,
  IconMap2,
  IconReportAnalytics,
  IconTags,
  IconZoomCheck,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import { Link, useLocation } from "wouter";
import { usePageHref } from "../state/hooks";
import type { PagePath } from "../state/url";
import { views } from "../views";
import { Jobs } from "./Jobs";
import classes from "./Sidebar.module.css";

interface Entry {
  path: PagePath;
  title: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
}

const GROUPS: { title: string; entries: Entry[] }[] = [
  {
    title: "Data Quality",
    entries: [
      { path: "/data/summary", title: "Summary", icon: IconReportAnalytics },
      { path: "/data/explorer", title: "Explorer", icon: IconLayoutGrid },
      { path: "/data/duplicates", title: "Duplicates", icon: IconCopy },
    ],
  },
  {
    title: "Label Quality",
    entries: [
      { path: "/label/summary", title: "Summary", icon: IconTags },
      { path: "/label/explorer", title: "Explorer", icon: IconLayoutGrid },
      { path: "/label/review", title: "Review", icon: IconZoomCheck },
    ],
  },
  {
    title: "Model Quality",
    entries: [
      { path: "/model/metrics", title: "Metrics", icon: IconChartBar },
      { path: "/model/by-metric", title: "Performance By Metric", icon: IconChartHistogram },
      { path: "/model/explorer", title: "Explorer", icon: IconLayoutGrid },
      { path: "/model/map", title: "Map", icon: IconMap2 },
      { path: "/model/compare", title: "Compare", icon: IconGitCompare },
    ],
  },
];

/** All pages in three groups, and below them the work that is going on. */
export function Sidebar({ inDrawer = false }: { inDrawer?: boolean }) {
  const [path] = useLocation();
  const href = usePageHref();
  const narrow = useMediaQuery("(max-width: 899.98px)") ?? false;
  const folded = narrow && !inDrawer;
  return (
    <div className={classes.sidebar} data-folded={folded || undefined}>
      <nav aria-label="Pages">
        {!inDrawer && (
          <Link href={href("/model/metrics")} className={classes.name} aria-label="misnomer: to the metrics">
            <IconGridDots size={20} stroke={2} aria-hidden />
            {!folded && <span>misnomer</span>}
          </Link>
        )}
        {GROUPS.map((group) => (
          <div key={group.title} role="group" aria-label={group.title} className={classes.group}>
            {!folded && (
              <Text size="xs" className={classes.title} aria-hidden>
                {group.title}
              </Text>
            )}
            {group.entries
              .filter((entry) => views[entry.path])
              .map((entry) => (
                <Tooltip key={entry.path} label={`${group.title} › ${entry.title}`} position="right" disabled={!folded}>
                  <Link
                    href={href(entry.path)}
                    className={classes.entry}
                    aria-current={path === entry.path ? "page" : undefined}
                    aria-label={folded ? `${group.title}: ${entry.title}` : undefined}
                  >
                    <entry.icon size={18} stroke={1.6} />
                    {!folded && <span>{entry.title}</span>}
                  </Link>
                </Tooltip>
              ))}
          </div>
        ))}
      </nav>
      <Jobs folded={folded} />
    </div>
  );
}
