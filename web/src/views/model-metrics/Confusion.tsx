import { Button, Group, SegmentedControl, Select } from "@mantine/core";
import { useMemo } from "react";
import type { Evaluation } from "../../api/types";
import { Chart } from "../../charts/Chart";
import { cellFilter } from "../../charts/marks";
import type { Datum } from "../../charts/spec";
import { type Scope, useChoice, useExplorerHref, useFilter, useParam } from "../../state/hooks";
import { Loading } from "../../ui/Loading";
import { Section } from "../../ui/Section";
import { formatCount } from "../../ui/format";
import { confusedWith } from "./confusedWith";

const MANY = 20;
const NEIGHBOURS = 15;
const SIZES = ["200", "60", "20", "1000"] as const;

/** The confusion matrix; of many classes the most confused, and any class with those it is taken for. */
export function Confusion({ scope, evaluation }: { scope: Scope; evaluation: Evaluation | undefined }) {
  const [values, setValues] = useChoice("cells", ["count", "row", "column"]);
  const [sort, setSort] = useParam("order");
  const [focus, setFocus] = useParam("focus");
  const [limit, setLimit] = useChoice("size", SIZES);
  const [filter] = useFilter();
  const href = useExplorerHref();
  const only = useMemo(() => (evaluation && focus ? confusedWith(evaluation.confusion, focus, NEIGHBOURS) : null), [evaluation, focus]);
  const toCell = (cell: Datum) => ("label_group" in cell ? href(cellFilter(cell, filter.classes)) : null);
  const classCount = evaluation?.classes.length ?? 0;
  const many = classCount > MANY;
  return (
    <Section
      title="Confusion matrix"
      actions={
        <>
          <SegmentedControl
            aria-label="What cells show"
            value={values}
            onChange={(value) => setValues(value as typeof values)}
            data={[
              { value: "count", label: "Count" },
              { value: "row", label: "Row %" },
              { value: "column", label: "Column %" },
            ]}
          />
          <Select
            aria-label="Order of the classes"
            w={160}
            value={sort ?? ""}
            onChange={(value) => setSort(value || null)}
            allowDeselect={false}
            data={[
              { value: "", label: "Order: as imported" },
              { value: "name", label: "By name" },
              { value: "support", label: "By support" },
              { value: "similar", label: "Confused together" },
            ]}
          />
        </>
      }
    >
      {many && evaluation && (
        <Group gap="sm">
          <Select
            aria-label="Look closer at a class"
            placeholder={`Find one of ${formatCount(evaluation.classes.length)} classes`}
            searchable
            clearable
            limit={100}
            w={240}
            value={focus}
            onChange={(value) => setFocus(value)}
            data={evaluation.classes.map((one) => one.name)}
            nothingFoundMessage="No class has this in its name"
          />
          {focus === null && (
            <Select
              aria-label="How many classes"
              w={190}
              value={sizesOf(classCount).some((one) => one.value === limit) ? limit : sizesOf(classCount).at(-1)!.value}
              onChange={(value) => value && setLimit(value as typeof limit)}
              allowDeselect={false}
              data={sizesOf(classCount)}
            />
          )}
          {focus !== null && <Button onClick={() => setFocus(null)}>All classes</Button>}
        </Group>
      )}
      {focus !== null && !evaluation ? (
        <Loading height={520} />
      ) : (
        <Chart
          name="confusion_matrix"
          parameters={{ ...scope, values, sort, ...(only ? { only } : many ? { limit } : {}) }}
          label="Confusion matrix"
          lines={2}
          height={many && !only ? 720 : 140 + 44 * Math.min(only?.length ?? evaluation?.classes.length ?? 9, MANY)}
          markHref={toCell}
        />
      )}
    </Section>
  );
}

/** How many of so many classes can be drawn: a few steps, and all where that is not too many. */
function sizesOf(classCount: number): { value: (typeof SIZES)[number]; label: string }[] {
  const steps = SIZES.toSorted((first, second) => Number(first) - Number(second));
  const fewer = steps.filter((size) => Number(size) < classCount).map((size) => ({ value: size, label: `${formatCount(Number(size))} most confused` }));
  const whole = steps.find((size) => Number(size) >= classCount);
  return whole ? [...fewer, { value: whole, label: `All ${formatCount(classCount)}` }] : fewer;
}
