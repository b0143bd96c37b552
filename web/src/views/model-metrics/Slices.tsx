import { Anchor, ScrollArea, Table } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { useAsk } from "../../api/queries";
import type { Slice, SliceReport } from "../../api/types";
import type { Condition } from "../../state/filter";
import { type Scope, useExplorerHref } from "../../state/hooks";
import { Loading } from "../../ui/Loading";
import { ErrorState } from "../../ui/ErrorState";
import { Section } from "../../ui/Section";
import { WithInterval } from "../../ui/WithInterval";
import { formatCount, formatPercent, plural } from "../../ui/format";
import { formatScore } from "./scoreTitles";

const FIRST = 5;

/** Where the model fails: slices that are worse than the rest by more than chance. */
export function Slices({ scope }: { scope: Scope }) {
  const answer = useAsk<SliceReport>("slices", { ...scope });
  const [all, setAll] = useState(false);
  const href = useExplorerHref();
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  const report = answer.data;
  const address = (slice: Slice) => href({ where: slice.where as unknown as Condition[] });
  return (
    <Section title="Where it fails" note={report?.sentence ?? "…"}>
      {!report && <Loading height={180} />}
      {report && report.slices.length > 0 && (
        <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: "group", "aria-label": "Table of slices" }}>
          <Table aria-label="Slices that are worse than the rest">
            <Table.Thead>
              <Table.Tr>
                {["Slice", "n", "Accuracy", "Rest", "Errors too many"].map((title) => (
                  <Table.Th key={title}>{title}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {report.slices.slice(0, all ? undefined : FIRST).map((slice) => (
                <Table.Tr key={slice.title}>
                  <Table.Th scope="row" fw={400}>
                    <Link className="figure-link" href={address(slice)}>
                      {slice.title}
                    </Link>
                  </Table.Th>
                  <Table.Td>{formatCount(slice.sample_count)}</Table.Td>
                  <Table.Td style={{ whiteSpace: "nowrap" }}>
                    <WithInterval {...formatScore("accuracy", slice.accuracy)} />
                  </Table.Td>
                  <Table.Td>{formatPercent(slice.rest_accuracy)}</Table.Td>
                  <Table.Td>{formatCount(Math.round(slice.excess_errors))}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea>
      )}
      {report && report.slices.length > FIRST && (
        <Anchor component="button" type="button" size="sm" onClick={() => setAll(!all)}>
          {all ? "Fewer slices" : plural(report.slices.length - FIRST, "more slice")}
        </Anchor>
      )}
    </Section>
  );
}
