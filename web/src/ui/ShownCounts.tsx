import { Text } from "@mantine/core";
import { useProject, useSamples } from "../api/queries";
import { merged, writeFilter } from "../state/filter";
import { useFilter, useModel, useScope } from "../state/hooks";
import { formatCount, plural } from "./format";

/** "1,906 of 3,812 images · 12 without prediction". */
export function ShownCounts() {
  const project = useProject().data;
  const scope = useScope();
  const [model] = useModel();
  const [filter] = useFilter();
  const shown = useSamples({ ...scope, limit: 1 }, { enabled: project !== undefined });
  const without = useSamples(
    { ...scope, filter: writeFilter(merged(filter, { where: [{ field: "prediction", operator: "is null" }] })), limit: 1 },
    { enabled: model !== null },
  );
  if (!project || !shown.data) return <Text size="sm" c="dimmed" role="status">{shown.error ? "" : " "}</Text>;
  const { total } = shown.data;
  return (
    <Text size="sm" c="dimmed" role="status" style={{ whiteSpace: "nowrap" }}>
      {total === project.sample_count ? plural(total, "image") : `${formatCount(total)} of ${plural(project.sample_count, "image")}`}
      {without.data && without.data.total > 0 && ` · ${formatCount(without.data.total)} without prediction`}
    </Text>
  );
}
