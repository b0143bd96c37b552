import { ActionIcon, Popover, UnstyledButton } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useProject } from "../api/queries";
import { type Chip, chips } from "../state/chips";
import { useFilter } from "../state/hooks";
import classes from "./FilterChips.module.css";
import { FilterEditor, FilterPicker } from "./FilterEditor";

/** A chip for each condition, which opens its editor; and a button that adds one. */
export function FilterChips() {
  const project = useProject().data;
  const [filter, setFilter] = useFilter();
  return (
    <>
      {chips(filter, project?.fields ?? []).map((chip) => (
        <ChipButton key={chip.id} chip={chip} onRemove={() => setFilter(chip.without)} />
      ))}
      <AddFilter />
    </>
  );
}

function ChipButton({ chip, onRemove }: { chip: Chip; onRemove: () => void }) {
  const [opened, setOpened] = useState(false);
  return (
    <span className={classes.chip}>
      <Popover opened={opened} onChange={setOpened} position="bottom-start" width={300} trapFocus returnFocus>
        <Popover.Target>
          <UnstyledButton className={classes.text} onClick={() => setOpened(!opened)} disabled={chip.edits.kind === "keys" || chip.edits.kind === "region"} title={chip.text}>
            {chip.text}
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown p="sm">
          <FilterEditor edits={chip.edits} />
        </Popover.Dropdown>
      </Popover>
      <ActionIcon size={20} onClick={onRemove} aria-label={`Remove ${chip.text}`}>
        <IconX size={14} />
      </ActionIcon>
    </span>
  );
}

function AddFilter() {
  const [opened, setOpened] = useState(false);
  const [edits, setEdits] = useState<Chip["edits"] | null>(null);
  const toggle = () => {
    setEdits(null);
    setOpened(!opened);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={300} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes.add} onClick={toggle}>
          <IconPlus size={14} aria-hidden /> filter
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p="sm">{edits ? <FilterEditor edits={edits} /> : <FilterPicker onPick={setEdits} />}</Popover.Dropdown>
    </Popover>
  );
}
