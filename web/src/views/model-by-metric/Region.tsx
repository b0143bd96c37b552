import { Button, Group, NumberInput, Text } from "@mantine/core";
import { IconPhotoSearch } from "@tabler/icons-react";
import type { FocusEvent } from "react";
import { Link } from "wouter";
import { useSamples } from "../../api/queries";
import type { Project } from "../../api/types";
import { type Filter, type Range, merged, writeFilter } from "../../state/filter";
import { useExplorerHref, useFilter, useScope, useSimilarHref } from "../../state/hooks";
import { ImageStrip } from "../../ui/ImageStrip";
import { Section } from "../../ui/Section";
import { formatValue, plural } from "../../ui/format";
import classes from "./Region.module.css";

interface RegionProps {
  metric: Project["metrics"][number];
  region: Range | null;
  /** The least and greatest value there is. */
  bounds: { low: number; high: number } | null;
  /** Exactly the region's samples of the rate; null without a region. */
  filter: Filter | null;
  onChange: (region: { low: number; high: number; closed: boolean } | null) => void;
}

const SHOWN = 60;

/** The images of the brushed part of the axis, and the ends of it as numbers for the keyboard. */
export function Region({ metric, region, bounds, filter: those, onChange }: RegionProps) {
  const ends = { low: region?.low ?? bounds?.low ?? 0, high: region?.high ?? bounds?.high ?? 0 };
  const set = (change: Partial<typeof ends>) => {
    const next = { ...ends, ...change };
    if (next.low <= next.high) onChange({ ...next, closed: true });
  };
  const typed = (end: "low" | "high") => (event: FocusEvent<HTMLInputElement>) => {
    const text = event.currentTarget.value.replaceAll(",", "");
    if (text !== "" && Number.isFinite(Number(text)) && Number(text) !== region?.[end]) set({ [end]: Number(text) });
  };
  const input = (end: "low" | "high", name: string) => (
    <NumberInput
      key={`${end} ${region?.[end]}`}
      label={name}
      classNames={{ root: classes.end, label: classes.endLabel }}
      w={140}
      hideControls
      defaultValue={region?.[end] ?? ""}
      placeholder={bounds ? formatValue(bounds[end]) : ""}
      onBlur={typed(end)}
      onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
    />
  );
  return (
    <Section
      title={region ? `${metric.title} from ${formatValue(ends.low)} to ${formatValue(ends.high)}` : "Images of a part of the axis"}
      actions={
        <>
          {input("low", "From")}
          {input("high", "To")}
          {region && <Button onClick={() => onChange(null)}>Clear</Button>}
        </>
      }
    >
      {those ? (
        <RegionImages those={those} metric={metric.metric} />
      ) : (
        <Text size="sm" c="dimmed">
          Drag over the chart to see the images of that part, or click a point to open its images in the Explorer.
        </Text>
      )}
    </Section>
  );
}

function RegionImages({ those, metric }: { those: Filter; metric: string }) {
  const [filter] = useFilter();
  const scope = useScope();
  const href = useExplorerHref();
  const similarHref = useSimilarHref();
  const parameters = { ...scope, filter: writeFilter(merged(filter, those)), sort: metric };
  const page = useSamples({ ...parameters, limit: SHOWN });
  const total = page.data?.total;
  const wrong: Filter = { ...those, outcome: "fn" };
  return (
    <>
      <Group gap="lg" fz="sm">
        <Link className="figure-link" href={href(those, { sort: metric })}>
          {total === undefined ? "…" : `${plural(total, "image")} in the Explorer`}
        </Link>
        <Link className="figure-link" href={href(wrong, { sort: metric })}>
          only the wrong ones
        </Link>
        {total !== undefined && total > 0 && (
          <Button component={Link} href={similarHref(those)} leftSection={<IconPhotoSearch size={14} aria-hidden />}>
            Find more like these
          </Button>
        )}
      </Group>
      {total === 0 ? <Text size="sm">No image lies in this range.</Text> : <ImageStrip parameters={parameters} label="Images of the range" count={Math.min(total ?? 20, SHOWN)} />}
    </>
  );
}
