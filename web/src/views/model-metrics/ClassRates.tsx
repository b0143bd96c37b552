import { Select } from "@mantine/core";
import type { Evaluation } from "../../api/types";
import { Chart } from "../../charts/Chart";
import { classRateFilter } from "../../charts/marks";
import type { Datum } from "../../charts/spec";
import { type Scope, useChoice, useExplorerHref } from "../../state/hooks";
import { Section } from "../../ui/Section";

const SORTS = ["f1", "precision", "recall", "support", "name"] as const;
const SHOWN = 20;

/** Precision and recall of each class, the weakest first. */
export function ClassRates({ scope, evaluation }: { scope: Scope; evaluation: Evaluation | undefined }) {
  const [sort, setSort] = useChoice("sort", SORTS);
  const href = useExplorerHref();
  const toSamples = (datum: Datum) =>
    typeof datum["score"] === "string" && evaluation
      ? href(classRateFilter(String(datum["class"]), datum["score"] === "Recall" ? "recall" : "precision", evaluation.missing_policy))
      : null;
  return (
    <Section
      title="Precision and recall by class"
      actions={
        <Select
          aria-label="Order of the classes"
          w={150}
          value={sort}
          onChange={(value) => value && setSort(value as typeof sort)}
          allowDeselect={false}
          data={[
            { value: "f1", label: "Lowest F1" },
            { value: "precision", label: "Lowest precision" },
            { value: "recall", label: "Lowest recall" },
            { value: "support", label: "Fewest images" },
            { value: "name", label: "By name" },
          ]}
        />
      }
    >
      <Chart
        name="precision_recall"
        parameters={{ ...scope, sort, limit: SHOWN }}
        label="Precision and recall by class"
        height={80 + 30 * Math.min(SHOWN, evaluation?.classes.length ?? 9)}
        markHref={toSamples}
      />
    </Section>
  );
}
