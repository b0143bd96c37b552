import { Table, Text } from "@mantine/core";
import { Link } from "wouter";
import type { Project } from "../../api/types";
import type { Filter } from "../../state/filter";
import { useExplorerHref, useFilter } from "../../state/hooks";
import { Section } from "../../ui/Section";
import { formatCount, formatPercent } from "../../ui/format";
import { useCount } from "../../ui/useCount";

const NONE: Filter = { where: [{ field: "split", operator: "is null" }] };

/** Images of the filter by split, and those in none. */
export function Splits({ project }: { project: Project }) {
  const [{ splits }] = useFilter();
  const names = Object.keys(project.splits).filter((name) => !splits || splits.includes(name));
  const isInAny = splits !== undefined || Object.values(project.splits).reduce((sum, count) => sum + count, 0) === project.sample_count;
  return (
    <Section title="Splits">
      {names.length === 0 ? (
        <Text size="sm" c="dimmed">
          The images came without splits.
        </Text>
      ) : (
        <Table aria-label="Splits" maw={420}>
          <Table.Tbody>
            {names.map((split) => (
              <Row key={split} title={split} filter={{ splits: [split] }} />
            ))}
            {!isInAny && <Row title="none" filter={NONE} />}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  );
}

function Row({ title, filter }: { title: string; filter: Filter }) {
  const href = useExplorerHref("data");
  const [count, all] = [useCount(filter), useCount()];
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        {title}
      </Table.Th>
      <Table.Td>
        {count === null ? (
          "…"
        ) : (
          <Link className="figure-link" href={href(filter)}>
            {formatCount(count)}
          </Link>
        )}
      </Table.Td>
      <Table.Td c="dimmed">{count !== null && all ? formatPercent(count / all) : ""}</Table.Td>
    </Table.Tr>
  );
}
