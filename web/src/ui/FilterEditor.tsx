import { Checkbox, Group, NumberInput, Radio, ScrollArea, Skeleton, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useDebouncedCallback, useDebouncedValue } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { useAsk, useProject } from "../api/queries";
import type { Field, FieldValues, Outcome } from "../api/types";
import { type Chip, ofModel } from "../state/chips";
import { type Filter, type Range, rangeOf, withConditions, withRange, withValues } from "../state/filter";
import { type Days, daysOf, isDated, withDays } from "../state/days";
import { useFilter, useLabels, useModel } from "../state/hooks";
import { ChoiceList } from "./ChoiceList";
import classes from "./Pick.module.css";
import { OUTCOME_TITLES } from "./format";

type Edits = Chip["edits"];

const VALUES = 200;

/** Edits one part of the filter; every change applies at once. It takes the focus, which the picker before it has lost. */
export function FilterEditor({ edits }: { edits: Edits }) {
  const editor = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const own = editor.current;
    if (own && !own.contains(document.activeElement)) (own.querySelector<HTMLElement>("[data-autofocus]") ?? own).focus();
  }, []);
  return (
    <div ref={editor} tabIndex={-1} style={{ outline: "none" }}>
      <Editor edits={edits} />
    </div>
  );
}

function Editor({ edits }: { edits: Edits }) {
  const project = useProject().data;
  const [filter, setFilter] = useFilter();
  if (!project) return null;
  if (edits.kind === "field") {
    const [what, model] = ofModel(edits.field);
    if (what === "correct") return <RightOrWrong field={edits.field} model={model ?? ""} />;
    const field = project.fields.find((one) => one.name === edits.field);
    return field?.type === "text" ? <TextEditor field={field} /> : <RangeEditor name={edits.field} field={field} />;
  }
  if (edits.kind === "outcome") return <OutcomeEditor />;
  if (edits.kind === "text") return <KeyEditor />;
  const counts = edits.kind === "tags" ? project.tags : project.splits;
  return (
    <Stack gap="xs">
      <Text fw={600} size="sm">
        {edits.kind === "tags" ? "Bears every one of these tags" : "In one of these splits"}
      </Text>
      {Object.keys(counts).length === 0 && (
        <Text size="xs" c="dimmed">
          {edits.kind === "tags" ? "No image bears a tag yet; select images in an Explorer to give them one." : "The images came without splits."}
        </Text>
      )}
      <ChoiceList
        name={edits.kind}
        choices={Object.entries(counts).map(([value, count]) => ({ value, count }))}
        chosen={filter[edits.kind === "tags" ? "tags" : "splits"] ?? []}
        onChange={(chosen) => setFilter({ ...filter, [edits.kind]: chosen })}
      />
    </Stack>
  );
}

function OutcomeEditor() {
  const [filter, setFilter] = useFilter();
  return (
    <Radio.Group
      label="Outcome"
      value={filter.outcome ?? "all"}
      onChange={(value) => setFilter({ ...filter, outcome: value === "all" ? undefined : (value as Outcome) })}
    >
      <Stack gap="xs" mt="xs">
        <Radio value="all" label="All" />
        {(Object.keys(OUTCOME_TITLES) as Outcome[]).map((outcome) => (
          <Radio key={outcome} value={outcome} label={OUTCOME_TITLES[outcome]} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

/** Whether a model, not always the one that is looked at, is right. */
function RightOrWrong({ field, model }: { field: string; model: string }) {
  const [filter, setFilter] = useFilter();
  const value = (filter.where ?? []).find((one) => one.field === field)?.value;
  return (
    <Radio.Group label={`${model} is`} value={String(value)} onChange={(next) => setFilter(withConditions(filter, field, [{ field, operator: "=", value: next === "true" }]))}>
      <Stack gap="xs" mt="xs">
        <Radio value="true" label="Right" />
        <Radio value="false" label="Wrong" />
      </Stack>
    </Radio.Group>
  );
}

function KeyEditor() {
  const [filter, setFilter] = useFilter();
  const [text, setText] = useState(filter.text ?? "");
  const apply = useDebouncedCallback((next: string) => setFilter({ ...filter, text: next || undefined }), 300);
  return (
    <TextInput
      label="The key has"
      description="A part of the image's name, in capitals or not"
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        apply(event.currentTarget.value);
      }}
      data-autofocus
    />
  );
}

function RangeEditor({ name, field }: { name: string; field: Field | undefined }) {
  const [filter, setFilter] = useFilter();
  const range = rangeOf(filter, name);
  const [ends, setEnds] = useState<Range>(range ?? { low: null, high: null, closed: true });
  const missing = (filter.where ?? []).some((one) => one.field === name && one.operator === "is null");
  const apply = useDebouncedCallback((next: Range) => setFilter(withRange(filter, name, next)), 300);
  const change = (next: Range) => {
    setEnds(next);
    apply(next);
  };
  const read = (value: string | number) => (typeof value === "number" && Number.isFinite(value) ? value : null);
  return (
    <Stack gap="xs">
      <Text fw={600} size="sm">
        {field?.title ?? name}
        {field?.unit ? ` (${field.unit})` : ""}
      </Text>
      {field?.description && (
        <Text size="xs" c="dimmed">
          {field.description}
        </Text>
      )}
      <Group grow gap="sm" wrap="nowrap">
        <NumberInput label="From" value={ends.low ?? ""} disabled={missing} hideControls onChange={(value) => change({ ...ends, low: read(value) })} data-autofocus />
        <NumberInput label="To" value={ends.high ?? ""} disabled={missing} hideControls onChange={(value) => change({ ...ends, high: read(value), closed: true })} />
      </Group>
      <MissingOnly filter={filter} name={name} missing={missing} onChange={setFilter} />
    </Stack>
  );
}

function TextEditor({ field }: { field: Field }) {
  const [filter, setFilter] = useFilter();
  const conditions = (filter.where ?? []).filter((one) => one.field === field.name);
  const missing = conditions.some((one) => one.operator === "is null");
  const chosen = conditions.flatMap((one) =>
    one.operator === "=" ? [String(one.value)] : one.operator === "in" && Array.isArray(one.value) ? (one.value as string[]) : [],
  );
  const [model] = useModel();
  const [labels] = useLabels();
  const [text, setText] = useState("");
  const [sought] = useDebouncedValue(text, 200);
  const answer = useAsk<FieldValues>("values", { field: field.name, text: sought, limit: VALUES, model, labels });
  const known = (answer.data?.values ?? []).map((one) => ({ value: one.value, count: one.sample_count }));
  const others = chosen.filter((value) => !known.some((one) => one.value === value)).map((value) => ({ value }));
  return (
    <Stack gap="xs">
      <Text fw={600} size="sm">
        {field.title} is one of
      </Text>
      {known.length > 0 && known.every((one) => isDated(one.value)) && <DateRange field={field.name} />}
      {answer.isPending ? (
        <Skeleton height={120} />
      ) : (
        <ChoiceList
          name={field.title}
          choices={[...others, ...known]}
          chosen={chosen}
          onChange={(next) => setFilter(withValues(filter, field.name, next))}
          onSearch={setText}
          busy={text !== sought || answer.isFetching}
        />
      )}
      {answer.data && known.length === 0 && sought === "" && (
        <Text size="xs" c="dimmed">
          No image has it.
        </Text>
      )}
      {answer.data?.has_more && (
        <Text size="xs" c="dimmed">
          The {VALUES} most frequent{sought === "" ? "; search finds the others" : ` with “${sought}”`}.
        </Text>
      )}
      <MissingOnly filter={filter} name={field.name} missing={missing} onChange={setFilter} />
    </Stack>
  );
}

/** From one day to another, both of them included. */
function DateRange({ field }: { field: string }) {
  const [filter, setFilter] = useFilter();
  const days = daysOf(filter, field);
  const set = (change: Partial<Days>) => setFilter(withDays(filter, field, { ...days, ...change }));
  return (
    <Group grow gap="sm" wrap="nowrap">
      <TextInput type="date" label="From" value={days.from ?? ""} onChange={(event) => set({ from: event.currentTarget.value || null })} />
      <TextInput type="date" label="To" value={days.to ?? ""} onChange={(event) => set({ to: event.currentTarget.value || null })} />
    </Group>
  );
}

function MissingOnly({ filter, name, missing, onChange }: { filter: Filter; name: string; missing: boolean; onChange: (filter: Filter) => void }) {
  return (
    <Checkbox
      label="Only images without it"
      checked={missing}
      onChange={() => onChange(withConditions(filter, name, missing ? [] : [{ field: name, operator: "is null" }]))}
    />
  );
}

const OWN: { edits: Edits; title: string }[] = [
  { edits: { kind: "outcome" }, title: "Outcome" },
  { edits: { kind: "splits" }, title: "Split" },
  { edits: { kind: "tags" }, title: "Tag" },
  { edits: { kind: "text" }, title: "Key" },
];

/** Everything that can be filtered by, with search. */
export function FilterPicker({ onPick }: { onPick: (edits: Edits) => void }) {
  const project = useProject().data;
  const [model] = useModel();
  const [text, setText] = useState("");
  const fields: typeof OWN = (project?.fields ?? [])
    .filter((field) => !["key", "split"].includes(field.name))
    .map((field) => ({ edits: { kind: "field", field: field.name }, title: field.title }));
  const own = OWN.filter((one) => model !== null || one.edits.kind !== "outcome");
  const found = [...own, ...fields].filter((one) => one.title.toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <Stack gap="xs">
      <TextInput
        placeholder="Filter by …"
        aria-label="Filter by"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && found[0] && onPick(found[0].edits)}
        data-autofocus
      />
      <ScrollArea.Autosize mah={320} viewportProps={{ tabIndex: -1 }}>
        {found.map((one) => (
          <UnstyledButton key={one.edits.kind === "field" ? one.edits.field : one.edits.kind} className={classes.pick} onClick={() => onPick(one.edits)}>
            {one.title}
          </UnstyledButton>
        ))}
      </ScrollArea.Autosize>
    </Stack>
  );
}
