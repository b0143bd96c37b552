import { Anchor, ScrollArea, Table, Text } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import type { Comparison } from "../../api/types";
import { useExplorerHref } from "../../state/hooks";
import { ClassName } from "../../ui/ClassName";
import { Section } from "../../ui/Section";
import { formatCount, formatRate, plural } from "../../ui/format";

const STEP = 20;

/** Recall of each class by both models, the largest difference first. */
export function ClassDifferences({ comparison }: { comparison: Comparison }) {
  const { a, b, classes } = comparison;
  const [shown, setShown] = useState(STEP);
  const href = useExplorerHref();
  const only = (name: string, aRight: boolean) =>
    href({
      where: [
        { field: "label", operator: "=", value: name },
        { field: `correct@${a}`, operator: "=", value: aRight },
        { field: `correct@${b}`, operator: "=", value: !aRight },
      ],
    });
  const count = (value: number, address: string) =>
    value === 0 ? 0 : (
      <Link className="figure-link" href={address}>
        {formatCount(value)}
      </Link>
    );
  return (
    <Section title="Recall by class" note="p-values are adjusted for the number of classes.">
      <ScrollArea type="auto" offsetScrollbars="present" viewportProps={{ tabIndex: 0, role: "group", "aria-label": "Table of recall by class" }}>
        <Table aria-label="Recall of both models by class" verticalSpacing={6} horizontalSpacing={8}>
          <Table.Thead>
            <Table.Tr>
              {["Class", "n", a, b, "Difference", `Only ${a} right`, `Only ${b} right`, "p"].map((title, place) => (
                <Table.Th key={place} ta={place > 0 ? "right" : undefined}>{title}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {classes.slice(0, shown).map((row) => (
              <Table.Tr key={row.name}>
                <Table.Th scope="row" fw={400} miw={64}>
                  <ClassName name={row.name} />
                </Table.Th>
                <Table.Td ta="right">{formatCount(row.support)}</Table.Td>
                <Table.Td ta="right">{formatRate(row.recall_a.value)}</Table.Td>
                <Table.Td ta="right">{formatRate(row.recall_b.value)}</Table.Td>
                <Table.Td ta="right">
                  {row.difference.value > 0 && "+"}
                  {formatRate(row.difference.value)}
                </Table.Td>
                <Table.Td ta="right">{count(row.only_a_right, only(row.name, true))}</Table.Td>
                <Table.Td ta="right">{count(row.only_b_right, only(row.name, false))}</Table.Td>
                <Table.Td ta="right" style={{ whiteSpace: "nowrap" }} c={row.p_value < 0.05 ? undefined : "dimmed"}>{row.p_value < 0.001 ? "< 0.001" : row.p_value.toFixed(3)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
      {classes.length > shown && (
        <Anchor component="button" type="button" size="sm" onClick={() => setShown(shown + 5 * STEP)}>
          {plural(classes.length - shown, "more class", "more classes")}
        </Anchor>
      )}
      {classes.length === 0 && <Text size="sm">No class has a sample that both predicted.</Text>}
    </Section>
  );
}
