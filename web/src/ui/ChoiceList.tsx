import { Checkbox, Group, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useDeferredValue, useMemo, useState } from "react";
import classes from "./ChoiceList.module.css";
import { formatCount } from "./format";

export interface Choice {
  value: string;
  count?: number;
}

interface ChoiceListProps {
  /** What the choices are, for the search field and the list's name. */
  name: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  /** Where the choices are only some of many: told what is sought, to ask for others. */
  onSearch?: (text: string) => void;
  /** The answer to the search is not there yet. */
  busy?: boolean;
}

/** Check boxes with search, of any number of choices: only those in sight are drawn. */
export function ChoiceList({ name, choices, chosen, onChange, onSearch, busy = false }: ChoiceListProps) {
  const [text, setText] = useState("");
  const sought = useDeferredValue(text);
  const [list, setList] = useState<HTMLDivElement | null>(null);
  const found = useMemo(() => matching(choices, sought), [choices, sought]);
  const picked = useMemo(() => new Set(chosen), [chosen]);
  const rows = useVirtualizer({ count: found.length, getScrollElement: () => list, estimateSize: () => 28, overscan: 8 });
  const toggle = (value: string) => onChange(picked.has(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <>
      {(choices.length > 8 || text !== "") && (
        <TextInput
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            onSearch?.(event.currentTarget.value.trim());
          }}
          onKeyDown={(event) => event.key === "Enter" && found[0] && toggle(found[0].value)}
          placeholder={`Search ${name}`}
          aria-label={`Search ${name}`}
          leftSection={<IconSearch size={14} aria-hidden />}
          mb="xs"
          data-autofocus
        />
      )}
      <div ref={setList} className={classes.list} role="group" aria-label={name} tabIndex={-1}>
        <div style={{ height: rows.getTotalSize(), position: "relative" }}>
          {rows.getVirtualItems().map((row) => {
            const { value, count } = found[row.index]!;
            return (
              <Group key={value} className={classes.row} wrap="nowrap" style={{ transform: `translateY(${row.start}px)` }}>
                <Checkbox
                  label={value === "" ? "(no name)" : value}
                  checked={picked.has(value)}
                  onChange={() => toggle(value)}
                  classNames={{ root: classes.check, label: classes.label, body: classes.body, labelWrapper: classes.labelWrapper }}
                  size="xs"
                />
                {count !== undefined && (
                  <Text size="xs" c="dimmed">
                    {formatCount(count)}
                  </Text>
                )}
              </Group>
            );
          })}
        </div>
      </div>
      {found.length === 0 && !busy && sought !== "" && (
        <Text size="xs" c="dimmed" py="xs">
          Nothing has “{sought}” in its name.
        </Text>
      )}
    </>
  );
}

/** Choices whose name has the text, case ignored; those that begin with it first. */
export function matching(choices: readonly Choice[], text: string): readonly Choice[] {
  const sought = text.trim().toLowerCase();
  if (!sought) return choices;
  const found = choices.filter((one) => one.value.toLowerCase().includes(sought));
  const begins = (one: Choice) => (one.value.toLowerCase().startsWith(sought) ? 0 : 1);
  return found.toSorted((first, second) => begins(first) - begins(second));
}
