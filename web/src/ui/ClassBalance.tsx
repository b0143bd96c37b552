import { Chart } from "../charts/Chart";
import type { Datum } from "../charts/spec";
import { type ExplorerArea, useExplorerHref, useScope } from "../state/hooks";

/** Labelled samples of each class; a bar leads to them, a step of the curve to those of its classes. */
export function ClassBalance({ area, classCount }: { area: ExplorerArea; classCount: number }) {
  const scope = useScope();
  const href = useExplorerHref(area);
  const toClass = (datum: Datum) => {
    const names = typeof datum["class"] === "string" ? [datum["class"]] : Array.isArray(datum["classes"]) ? (datum["classes"] as string[]) : null;
    return names && href({ where: [{ field: "label", operator: "in", value: names }] });
  };
  return <Chart name="class_balance" parameters={{ ...scope }} label="Samples by class" height={classCount > 40 ? 240 : 24 * classCount + 20} lines={classCount > 40 ? 1 : 0} markHref={toClass} />;
}
