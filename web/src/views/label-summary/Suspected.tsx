import { Table, Text, Tooltip } from "@mantine/core";
import { Link } from "wouter";
import { useLabelErrors } from "../../api/queries";
import type { LabelErrors, Project } from "../../api/types";
import type { Filter } from "../../state/filter";
import { useExplorerHref, usePageHref, useScope } from "../../state/hooks";
import { canCheckLabels } from "../../state/labelChecks";
import { ClassName } from "../../ui/ClassName";
import { Section } from "../../ui/Section";
import { formatCount, formatPercent, plural } from "../../ui/format";
import classes from "./Suspected.module.css";

const CLASSES = 12;

/** How many labels are suspected, what that means for the accuracy, and which labels are noisy; nothing where none was checked. */
export function Suspected({ project }: { project: Project }) {
  const { model, filter } = useScope();
  const found = useLabelErrors({ model, filter, limit: 0 }, { enabled: canCheckLabels(project, model) }).data;
  const href = usePageHref();
  const explorer = useExplorerHref("label");
  if (!found) return null;
  const suspected: Filter = { where: [{ field: "suspected", operator: "=", value: "true" }] };
  return (
    <Section
      title="Suspected label errors"
      note={[found.sentence, ...(found.notes ?? [])].join(" ")}
      actions={
        found.suspected_count > 0 && (
          <>
            <Link className="figure-link" href={href("/label/review")}>
              Review {formatCount(found.total)}
            </Link>
            <Link className="figure-link" href={explorer(suspected, { sort: "label_quality" })}>
              Show {formatCount(found.suspected_count)}
            </Link>
          </>
        )
      }
    >
      <Noise
        found={found}
        hrefOf={(name, suggested) =>
          explorer(
            { where: [{ field: "label", operator: "=", value: name }, ...suspected.where!, ...(suggested ? [{ field: "suggested_label", operator: "=" as const, value: suggested }] : [])] },
            { sort: "label_quality" },
          )
        }
      />
    </Section>
  );
}

function Noise({ found, hrefOf }: { found: LabelErrors; hrefOf: (name: string, suggested?: string) => string }) {
  const noisy = found.per_class.filter((row) => row.suspected_count > 0);
  const shown = noisy.toSorted((first, second) => second.suspected_count / second.sample_count - first.suspected_count / first.sample_count).slice(0, CLASSES);
  if (shown.length === 0) return null;
  return (
    <>
      <Table.ScrollContainer minWidth={360} tabIndex={0} aria-label="Suspected labels by class">
        <Table verticalSpacing={4} horizontalSpacing={6} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Label</Table.Th>
              <Table.Th ta="right">Suspected</Table.Th>
              <Table.Th>Most often suggested</Table.Th>
              <Table.Th ta="right">
                <Tooltip label="Share of the class's labels that are wrong, as confident learning estimates it from all images, whatever the filter" multiline maw={260}>
                  <span>Estimated noise</span>
                </Tooltip>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((row) => (
              <Table.Tr key={row.name}>
                <Table.Th scope="row" fw={400} miw={96}>
                  <ClassName name={row.name} />
                </Table.Th>
                <Table.Td ta="right" style={{ whiteSpace: "nowrap" }}>
                  <Link className="figure-link" href={hrefOf(row.name)} aria-label={`${formatCount(row.suspected_count)} suspected of ${row.name}`}>
                    {formatCount(row.suspected_count)}
                  </Link>{" "}
                  of {formatCount(row.sample_count)}
                </Table.Td>
                <Table.Td miw={96}>
                  {row.mistaken_for && <ClassName name={row.mistaken_for} />}{" "}
                  {row.mistaken_for && (
                    <Link
                      className={`figure-link ${classes.times}`}
                      href={hrefOf(row.name, row.mistaken_for)}
                      aria-label={`${plural(row.mistaken_count, "time")}: ${row.name} suggested as ${row.mistaken_for}`}
                    >
                      {plural(row.mistaken_count, "time")}
                    </Link>
                  )}
                </Table.Td>
                <Table.Td ta="right">{formatPercent(row.noise)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {noisy.length > shown.length && (
        <Text size="sm" c="dimmed">
          The {CLASSES} classes with the largest share of {plural(noisy.length, "class", "classes")} with suspected labels.
        </Text>
      )}
    </>
  );
}
