/** What each part of a filter says in the top bar. The class filter and the model have controls of their own. */

import type { Field } from "../api/types";
import { OUTCOME_TITLES, formatValue } from "../ui/format";
import type { Condition, Filter } from "./filter";
import { daysOf, isDated } from "./days";
import { rangeOf, withoutField } from "./filter";

export interface Chip {
  id: string;
  text: string;
  /** What the editor edits: a field, or one of the filter's own entries. */
  edits: { kind: "field"; field: string } | { kind: "outcome" | "tags" | "splits" | "text" | "keys" | "region" };
  without: Filter;
}

export function chips(filter: Filter, fields: readonly Field[] = []): Chip[] {
  const all: Chip[] = [];
  const add = (kind: "outcome" | "tags" | "splits" | "text" | "keys" | "region", text: string) =>
    all.push({ id: kind, text, edits: { kind }, without: { ...filter, [kind]: undefined } });
  if (filter.outcome) add("outcome", OUTCOME_TITLES[filter.outcome]);
  for (const field of new Set((filter.where ?? []).map((one) => one.field))) {
    const conditions = (filter.where ?? []).filter((one) => one.field === field);
    all.push({
      id: `where:${field}`,
      text: describe(filter, field, conditions, fields.find((one) => one.name === field)),
      edits: { kind: "field", field },
      without: withoutField(filter, field),
    });
  }
  if (filter.tags?.length) add("tags", `tag ${filter.tags.join(" and ")}`);
  if (filter.splits?.length) add("splits", `split ${filter.splits.join(" or ")}`);
  if (filter.text) add("text", `key has “${filter.text}”`);
  if (filter.keys) add("keys", filter.keys.length === 1 ? filter.keys[0]! : `${filter.keys.length.toLocaleString("en")} chosen images`);
  if (filter.region) add("region", "a region of the map");
  return all;
}

/** "correct@net" → what, and of which model; null for a field of the project. */
export function ofModel(name: string): [what: string, model: string | null] {
  const found = /^(prediction|confidence|correct)@(.+)$/.exec(name);
  return found ? [found[1]!, found[2]!] : [name, null];
}

function describe(filter: Filter, name: string, conditions: readonly Condition[], field?: Field): string {
  const [what, model] = ofModel(name);
  if (what === "correct" && conditions.length === 1 && conditions[0]!.operator === "=") return `${model} ${String(conditions[0]!.value) === "true" ? "right" : "wrong"}`;
  const title = field?.title ?? (model === null ? name : `${what} of ${model}`);
  const range = rangeOf(filter, name);
  if (range && range.low !== null && range.high !== null)
    return `${title} ${formatValue(range.low)} – ${formatValue(range.high)}`;
  const days = daysOf(filter, name);
  if (conditions.length > 0 && conditions.every(({ operator, value }) => (operator === ">=" || operator === "<") && typeof value === "string" && isDated(value)))
    return `${title} ${[days.from && `from ${days.from}`, days.to && `to ${days.to}`].filter(Boolean).join(" ")}`;
  return `${title} ${conditions.map(describeCondition).join(" and ")}`;
}

function describeCondition({ operator, value }: Condition): string {
  if (operator === "is null") return "missing";
  if (operator === "is not null") return "known";
  const sign = { "<": "<", "<=": "≤", ">": ">", ">=": "≥", "=": "=", "!=": "≠", in: "is", "not in": "is not" }[operator];
  if (Array.isArray(value)) {
    const names = value as readonly string[];
    const some = names.slice(0, 3).join(" or ");
    return `${sign} ${names.length > 3 ? `${some} or ${names.length - 3} more` : some}`;
  }
  return `${sign} ${typeof value === "number" ? formatValue(value) : String(value ?? "")}`;
}
