import { Button, Group, SegmentedControl, Select, Stack, Text, useComputedColorScheme } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Link, useLocation } from "wouter";
import { address, fetchAnswer } from "../../api/client";
import { useProject, useSamples } from "../../api/queries";
import type { Project } from "../../api/types";
import { type Filter, writeFilter } from "../../state/filter";
import { useFilter, useModel, usePageHref, useParam, useScope } from "../../state/hooks";
import { Loading } from "../../ui/Loading";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { ImageStrip } from "../../ui/ImageStrip";
import { Page, PageSkeleton } from "../../ui/Page";
import { Section } from "../../ui/Section";
import { plural } from "../../ui/format";
import { quoted } from "../../ui/shell";
import { Legend } from "./Legend";
import { MapPlot, type Mode } from "./MapPlot";
import { OWN_COLORS, coloured } from "./colors";
import { inside } from "./geometry";
import classes from "./ModelMap.module.css";
import { decodePoints } from "./points";

const TITLES: Record<string, string> = { outcome: "Right or wrong", label: "Label", prediction: "Prediction" };

/** Every image as a point beside those that look like it. */
export default function ModelMap() {
  const project = useProject().data;
  if (!project) return <PageSkeleton />;
  const step = project.computed.find((one) => one.step === "map");
  if (!step || step.done === 0)
    return (
      <Page title="Map">
        <EmptyState title="No map yet" command={`misnomer compute ${quoted(project.path)} embeddings map`}>
          The map shows every image as a point beside those that look like it. It takes the images' embeddings.
        </EmptyState>
      </Page>
    );
  return <Mapped project={project} />;
}

function Mapped({ project }: { project: Project }) {
  const [model] = useModel();
  const [filter, setFilter] = useFilter();
  const [chosen, setColor] = useParam("color");
  const [mode, setMode] = useState<Mode>("move");
  const [problem, setProblem] = useState<Error | null>(null);
  const [, navigate] = useLocation();
  const href = usePageHref();
  const scope = useScope();
  const dark = useComputedColorScheme("light") === "dark";
  const choices = useMemo(() => colorChoices(project, model !== null), [project, model]);
  const by = choices.some((group) => group.items.some((one) => one.value === chosen)) ? chosen! : model === null ? "label" : "outcome";
  const isOwn = (OWN_COLORS as readonly string[]).includes(by);
  const { region, ...rest } = filter;
  const question = { ...scope, filter: writeFilter(rest) ?? undefined, color: isOwn ? undefined : by };
  const points = useQuery({
    queryKey: ["map", question],
    queryFn: async ({ signal }) => decodePoints(await (await fetchAnswer(address("api/map", question), { signal })).arrayBuffer()),
    placeholderData: keepPreviousData,
  });
  const total = useSamples({ ...question, color: undefined, limit: 1 }).data?.total;
  const absent = total === undefined || !points.data || points.isPlaceholderData ? 0 : total - points.data.count;
  const within = useMemo(() => (points.data && region ? inside(points.data.x, points.data.y, region) : null), [points.data, region]);
  const colored = useMemo(() => points.data && coloured(points.data, by, dark, within), [points.data, by, dark, within]);
  if (points.error)
    return (
      <Page title="Map">
        <ErrorState error={points.error} onRetry={() => void points.refetch()} />
      </Page>
    );
  return (
    <Page title="Map">
      <Group gap="lg" align="end">
        <Select label="Colour by" w={220} searchable allowDeselect={false} value={by} onChange={(value) => setColor(value)} data={choices} />
        <SegmentedControl
          aria-label="What dragging does"
          value={mode}
          onChange={(value) => setMode(value as Mode)}
          data={[
            { value: "move", label: "Move" },
            { value: "lasso", label: "Lasso" },
          ]}
        />
        <Text size="sm" c="dimmed">
          Similar images lie together; distances between far groups mean nothing.{" "}
          {absent > 0 && `${plural(absent, "image")} without an embedding ${absent === 1 ? "is" : "are"} not on the map.`}
        </Text>
      </Group>
      {colored && <Legend colored={colored} title={titleOf(by, choices)} />}
      {problem ? (
        <NoDrawing problem={problem} onRetry={() => setProblem(null)} />
      ) : points.data?.count === 0 ? (
        <EmptyState title="No image of this filter is on the map">Widen the filter in the bar above.</EmptyState>
      ) : points.data && colored ? (
        <MapPlot
          points={points.data}
          colored={colored}
          mode={mode}
          region={region ?? null}
          onRegion={(next) => setFilter({ ...rest, ...(next ? { region: next } : {}) })}
          onOpen={(id) => navigate(href("/model/explorer", { sample: String(id) }))}
          onProblem={setProblem}
        />
      ) : (
        <Loading height={480} />
      )}
      <Selected filter={filter} />
    </Page>
  );
}

/** In place of the drawing where the browser has none: what to do, and what leads to the images without it. */
function NoDrawing({ problem, onRetry }: { problem: Error; onRetry: () => void }) {
  const href = usePageHref();
  return (
    <Stack role="alert" className={classes.none} gap="sm" align="flex-start">
      <Text fw={600}>This browser cannot draw the map: {problem.message}.</Text>
      <Text size="sm" c="dimmed" maw={640}>
        Turn on hardware acceleration in its settings, or use another browser. What the colours mean, above, leads to the images all the same, and{" "}
        <Link href={href("/model/explorer")}>the Explorer</Link> finds those that are similar to any of them.
      </Text>
      <Button onClick={onRetry}>Try again</Button>
    </Stack>
  );
}

function Selected({ filter }: { filter: Filter }) {
  const [, setFilter] = useFilter();
  const scope = useScope();
  const href = usePageHref();
  const total = useSamples({ ...scope, limit: 1 }, { enabled: filter.region !== undefined }).data?.total;
  const { region, ...rest } = filter;
  if (!region)
    return (
      <Section title="Images of a region">
        <Text size="sm" c="dimmed">
          Draw around points with the lasso (or drag with Shift held), or press Enter on the map to take what is in view: the region becomes part of the filter. Click a point to open its
          image.
        </Text>
      </Section>
    );
  return (
    <Section title="Images of the region" actions={<Button onClick={() => setFilter(rest)}>Clear</Button>}>
      <Text size="sm">
        <Link className="figure-link" href={href("/model/explorer")}>
          {total === undefined ? "…" : `${plural(total, "image")} in the Explorer`}
        </Link>
      </Text>
      {total !== 0 && <ImageStrip parameters={{ ...scope }} label="Images of the region" count={Math.min(total ?? 20, 60)} />}
    </Section>
  );
}

interface ColorGroup {
  group: string;
  items: { value: string; label: string }[];
}

function colorChoices(project: Project, hasModel: boolean): ColorGroup[] {
  const own = OWN_COLORS.filter((name) => hasModel || name === "label").map((value) => ({ value, label: TITLES[value]! }));
  const others = project.fields.filter((field) => !(OWN_COLORS as readonly string[]).includes(field.name) && field.name !== "key" && field.name !== "note");
  const kinds = [
    { group: "Metrics", items: others.filter((field) => field.type === "number") },
    { group: "Columns", items: others.filter((field) => field.type === "text") },
  ];
  return [{ group: "Classes", items: own }, ...kinds.map(({ group, items }) => ({ group, items: items.map((field) => ({ value: field.name, label: field.title })) }))];
}

function titleOf(by: string, choices: readonly ColorGroup[]): string {
  return choices.flatMap((group) => group.items).find((one) => one.value === by)?.label ?? by;
}
