import { Anchor, ScrollArea, Table, Text, TextInput, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "wouter";
import type { ClassScores, Estimate, Evaluation } from "../../api/types";
import { classRateFilter } from "../../charts/marks";
import { useExplorerHref, useParam, useSimilarHref } from "../../state/hooks";
import { Loading } from "../../ui/Loading";
import { Section } from "../../ui/Section";
import { WithInterval } from "../../ui/WithInterval";
import { formatCount, formatInterval, formatRate, plural } from "../../ui/format";
import { type Column, missed, sortedClasses } from "./classRows";
import classes from "./ClassTable.module.css";

const STEP = 20;

const COLUMNS: { column: Column; title: string }[] = [
  { column: "name", title: "Class" },
  { column: "priority", title: "Collect more" },
  { column: "support", title: "Labelled" },
  { column: "missed", title: "Missed" },
  { column: "recall", title: "Recall" },
  { column: "precision", title: "Precision" },
  { column: "f1", title: "F1" },
];

/** All classes; first those of which more images would bring most. */
export function ClassTable({ evaluation }: { evaluation: Evaluation | undefined }) {
  const [order, setOrder] = useParam("rank");
  const [text, setText] = useState("");
  const [shown, setShown] = useState(STEP);
  const descending = order?.startsWith("-") ?? true;
  const column = (COLUMNS.find((one) => one.column === order?.replace("-", ""))?.column ?? "priority") as Column;
  const rows = sortedClasses(evaluation?.classes ?? [], column, descending).filter((one) => one.name.toLowerCase().includes(text.trim().toLowerCase()));
  const most = Math.max(...(evaluation?.classes ?? []).map((one) => one.collection_priority ?? 0), 0.001);
  const sortBy = (next: Column) => setOrder(next === column ? `${descending ? "" : "-"}${next}` : next === "name" ? next : `-${next}`);
  return (
    <Section
      title="Collect more data"
      note={
        <>
          Ranked by missed images × width of the recall's interval: classes that cause many errors and of which little is known come first. A rank, not a forecast.
        </>
      }
      actions={
        (evaluation?.classes.length ?? 0) > STEP && (
          <TextInput placeholder="Search classes" aria-label="Search classes" value={text} onChange={(event) => setText(event.currentTarget.value)} leftSection={<IconSearch size={14} aria-hidden />} />
        )
      }
    >
      {!evaluation ? (
        <Loading height={300} />
      ) : (
        <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: "group", "aria-label": "Table of the classes" }}>
          <Table className={classes.table} aria-label="Classes" verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                {COLUMNS.map((one) => (
                  <Table.Th key={one.column} aria-sort={one.column === column ? (descending ? "descending" : "ascending") : "none"}>
                    <UnstyledButton fz="xs" fw={600} onClick={() => sortBy(one.column)}>
                      {one.title} {one.column === column && (descending ? <IconArrowDown size={12} aria-hidden /> : <IconArrowUp size={12} aria-hidden />)}
                    </UnstyledButton>
                  </Table.Th>
                ))}
                <Table.Th>
                  <Text span fz="xs" fw={600} title="To the missed images of the class">
                    Similar images
                  </Text>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.slice(0, shown).map((row) => (
                <ClassRow key={row.name} row={row} share={(row.collection_priority ?? 0) / most} evaluation={evaluation} />
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea>
      )}
      {rows.length > shown && (
        <Anchor component="button" type="button" size="sm" onClick={() => setShown(shown + 5 * STEP)}>
          {plural(rows.length - shown, "more class", "more classes")}
        </Anchor>
      )}
      {evaluation && rows.length === 0 && <Text size="sm">No class has “{text}” in its name.</Text>}
    </Section>
  );
}

function ClassRow({ row, share, evaluation }: { row: ClassScores; share: number; evaluation: Evaluation }) {
  const href = useExplorerHref();
  const similarHref = useSimilarHref();
  const policy = evaluation.missing_policy;
  const labelled = classRateFilter(row.name, "recall", policy);
  const wrong = { where: [...(labelled.where ?? []), { field: "prediction", operator: "!=" as const, value: row.name }] };
  const hasList = policy !== "wrong" && missed(row) > 0; // a condition on the prediction leaves out those without one
  return (
    <Table.Tr>
      <Table.Th scope="row" className={classes.name}>
        {row.name}
      </Table.Th>
      <Table.Td>
        <div className={classes.bar} title={(row.collection_priority ?? 0).toFixed(2)}>
          <div style={{ width: `${share * 100}%` }} />
          <span>{(row.collection_priority ?? 0).toFixed(1)}</span>
        </div>
      </Table.Td>
      <Table.Td>
        <Link className="figure-link" href={href(labelled)}>
          {formatCount(row.support)}
        </Link>
      </Table.Td>
      <Table.Td>
        {hasList ? (
          <Link className="figure-link" href={href(wrong)} aria-label={`${formatCount(missed(row))} missed of ${row.name}`}>
            {formatCount(missed(row))}
          </Link>
        ) : (
          formatCount(missed(row))
        )}
      </Table.Td>
      <Rate estimate={row.recall} known={row.support > 0} />
      <Rate estimate={row.precision} known={row.predicted > 0} />
      <Rate estimate={row.f1} known />
      <Table.Td>
        {hasList && (
          <Link className="figure-link" href={similarHref(wrong)} aria-label={`Find similar to the missed of ${row.name}`}>
            Find similar
          </Link>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Rate({ estimate, known }: { estimate: Estimate; known: boolean }) {
  return <Table.Td>{known ? <WithInterval value={formatRate(estimate.value)} interval={formatInterval(estimate)} /> : "–"}</Table.Td>;
}
