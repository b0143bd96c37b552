import { ActionIcon, Button, FileButton, Group, Radio, Select, Slider, Tooltip } from "@mantine/core";
import { IconPhoto, IconPhotoSearch, IconSortAscending, IconSortDescending } from "@tabler/icons-react";
import { useMemo } from "react";
import { useProject } from "../../api/queries";
import type { Field, Outcome } from "../../api/types";
import { useFilter, useModel } from "../../state/hooks";
import { OUTCOME_TITLES, formatCount } from "../../ui/format";
import classes from "./Explorer.module.css";
import { ADDED, SIZES, useArea, useCardSize, useRanking } from "./useExplorerState";

interface ControlsProps {
  total: number | null;
  selected: number;
  /** The list has an order of its own. */
  isRanked: boolean;
  onSelectAll: () => void;
  /** An image of the user's, to find similar ones of. */
  onFile: (file: File) => void;
  /** Null where everything is labelled and no filter says what to choose from, or it is shown already. */
  onNext: (() => void) | null;
}

/** Outcome, ranking, all of them, and other lists. */
export function Controls({ total, selected, isRanked, onSelectAll, onFile, onNext }: ControlsProps) {
  const area = useArea();
  const [model] = useModel();
  return (
    <div className={classes.controls}>
      {area === "model" && model !== null && <OutcomeChoice />}
      {!isRanked && (
        <Group gap="xs" wrap="nowrap" className={classes.ranking}>
          <RankBy />
          <Direction />
        </Group>
      )}
      {total !== null && total > 0 && (
        <Button onClick={onSelectAll} disabled={selected === total}>
          Select all {formatCount(total)}
        </Button>
      )}
      <FileButton accept="image/*" onChange={(file) => file && onFile(file)}>
        {(button) => (
          <Tooltip label="Images similar to a file of yours; or drop it on the page">
            <Button {...button} leftSection={<IconPhotoSearch size={14} aria-hidden />}>
              Similar to a file
            </Button>
          </Tooltip>
        )}
      </FileButton>
      {onNext && <Button onClick={onNext}>What to annotate next</Button>}
    </div>
  );
}

function OutcomeChoice() {
  const [filter, setFilter] = useFilter();
  return (
    <Radio.Group
      aria-label="Outcome"
      value={filter.outcome ?? "all"}
      onChange={(value) => setFilter({ ...filter, outcome: value === "all" ? undefined : (value as Outcome) })}
    >
      <Group gap="8px 16px">
        <Radio value="all" label="All" />
        {(Object.keys(OUTCOME_TITLES) as Outcome[]).map((outcome) => (
          <Radio key={outcome} value={outcome} label={OUTCOME_TITLES[outcome]} />
        ))}
      </Group>
    </Radio.Group>
  );
}

const GROUPS: [Field["kind"], string][] = [
  ["metric", "Metrics"],
  ["prediction", "Prediction"],
  ["metadata", "Your columns"],
  ["sample", "Image and label"],
];

function RankBy() {
  const fields = useProject().data?.fields;
  const [model] = useModel();
  const [ranking, setRanking] = useRanking();
  const choices = useMemo(
    () => [
      { value: ADDED, label: "Order of adding" },
      ...GROUPS.map(([kind, group]) => ({
        group,
        items: (fields ?? [])
          .filter((field) => field.kind === kind && (kind !== "prediction" || model !== null))
          .map((field) => ({ value: `:${field.name}`, label: field.title })),
      })).filter((group) => group.items.length > 0),
    ],
    [fields, model],
  );
  return (
    <Select
      label="Rank by"
      classNames={{ root: classes.labelled, label: classes.label }}
      data={choices}
      value={ranking.field === null ? ADDED : `:${ranking.field}`}
      onChange={(value) => value && setRanking(value === ADDED ? { field: null, descending: false } : { field: value.slice(1), descending: ranking.field !== null && ranking.descending })}
      allowDeselect={false}
      searchable
      nothingFoundMessage="No such field"
      maxDropdownHeight={360}
      w={200}
    />
  );
}

function Direction() {
  const [ranking, setRanking] = useRanking();
  const label = ranking.descending ? "Highest first" : "Lowest first";
  return (
    <Tooltip label={label}>
      <ActionIcon
        aria-label={`${label}; change to ${ranking.descending ? "lowest" : "highest"} first`}
        disabled={ranking.field === null}
        onClick={() => setRanking({ ...ranking, descending: !ranking.descending })}
      >
        {ranking.descending ? <IconSortDescending size={18} /> : <IconSortAscending size={18} />}
      </ActionIcon>
    </Tooltip>
  );
}

/** How large the images are. */
export function CardSize() {
  const [size, setSize] = useCardSize();
  return (
    <Group gap={8} wrap="nowrap" c="dimmed">
      <IconPhoto size={14} aria-hidden />
      <Slider
        w={110}
        size={4}
        thumbSize={16}
        min={SIZES.least}
        max={SIZES.most}
        step={SIZES.step}
        value={size}
        onChange={setSize}
        label={null}
        thumbLabel="Size of the images"
      />
      <IconPhoto size={20} aria-hidden />
    </Group>
  );
}
