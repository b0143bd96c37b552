import { ScrollArea, Table, Text } from "@mantine/core";
import { Link } from "wouter";
import { useAsk } from "../../api/queries";
import type { MetricOutliers, OutlierReport } from "../../api/types";
import type { Condition } from "../../state/filter";
import { useExplorerHref, useScope } from "../../state/hooks";
import { Loading } from "../../ui/Loading";
import { ErrorState } from "../../ui/ErrorState";
import { Section } from "../../ui/Section";
import { formatCount, formatValue } from "../../ui/format";

/** Metrics with values beyond Tukey's fences, and the way to the images on either side. */
export function OutlierTable() {
  const scope = useScope();
  const answer = useAsk<OutlierReport>("outliers", { ...scope, limit: 1 });
  const found = (answer.data?.metrics ?? []).filter((one) => one.moderate_count + one.severe_count > 0);
  return (
    <Section title="Outliers" note="Moderate: beyond 1.5 interquartile ranges from the quartiles; severe: beyond 2.5.">
      {answer.error && <ErrorState error={answer.error} />}
      {answer.isPending && <Loading height={240} />}
      {answer.data && found.length === 0 && <Text size="sm">No metric has any here.</Text>}
      {found.length > 0 && (
        <ScrollArea.Autosize mah={360} type="auto" offsetScrollbars="present" viewportProps={{ tabIndex: 0, role: "group", "aria-label": "Table of outliers" }}>
          <Table aria-label="Outliers by metric" verticalSpacing={4} horizontalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Metric</Table.Th>
                <Table.Th>Severe</Table.Th>
                <Table.Th>Moderate</Table.Th>
                <Table.Th>Low</Table.Th>
                <Table.Th>High</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {found.map((one) => (
                <OutlierRow key={one.metric} found={one} />
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
      )}
    </Section>
  );
}

function OutlierRow({ found }: { found: MetricOutliers }) {
  const [low, high] = found.moderate_fences ?? [0, 0];
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        {found.title}
      </Table.Th>
      <Table.Td>{formatCount(found.severe_count)}</Table.Td>
      <Table.Td>{formatCount(found.moderate_count)}</Table.Td>
      <Side count={found.low_count} condition={{ field: found.metric, operator: "<", value: low }} sort={found.metric} />
      <Side count={found.high_count} condition={{ field: found.metric, operator: ">", value: high }} sort={`-${found.metric}`} />
    </Table.Tr>
  );
}

/** How many lie beyond one fence, leading to them, the farthest first. */
function Side({ count, condition, sort }: { count: number; condition: Condition; sort: string }) {
  const href = useExplorerHref("data");
  if (count === 0) return <Table.Td c="dimmed">–</Table.Td>;
  return (
    <Table.Td>
      <Link className="figure-link" href={href({ where: [condition] }, { sort })}>
        {formatCount(count)}
      </Link>{" "}
      <Text span size="xs" c="dimmed">
        {condition.operator === "<" ? "<" : ">"} {formatValue(Number(condition.value))}
      </Text>
    </Table.Td>
  );
}
