import { Group, Popover, Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useProject } from "../api/queries";
import { useFilter } from "../state/hooks";
import { BarButton } from "./BarButton";
import { ChoiceList } from "./ChoiceList";

/** Which classes one looks at: the same rule on every page. */
export function ClassFilter() {
  const project = useProject().data;
  const [filter, setFilter] = useFilter();
  const [opened, setOpened] = useState(false);
  if (!project || project.classes.length === 0) return null;
  const chosen = filter.classes;
  const names = project.classes.map((one) => one.name);
  const choose = (next: readonly string[] | undefined) =>
    setFilter({ ...filter, classes: next && next.length > 0 && next.length < names.length ? next : undefined });
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={300} trapFocus returnFocus>
      <Popover.Target>
        <BarButton name="classes" value={classesText(chosen)} onClick={() => setOpened(!opened)} />
      </Popover.Target>
      <Popover.Dropdown p="sm">
        <ChoiceList
          name="classes"
          choices={project.classes.map((one) => ({ value: one.name, count: one.sample_count }))}
          chosen={chosen ?? []}
          onChange={choose}
        />
        <Group justify="space-between" mt="xs" gap="sm">
          <Text size="xs" c="dimmed">
            {chosen ? `${chosen.length} of ${names.length}` : `all ${names.length}`}
          </Text>
          <UnstyledButton fz="xs" c="var(--accent)" onClick={() => choose(undefined)} disabled={!chosen}>
            All classes
          </UnstyledButton>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}

/** "all", "cat", "cat, dog", "cat, dog +3". */
export function classesText(chosen: readonly string[] | undefined): string {
  if (!chosen) return "all";
  const rest = chosen.length - 2;
  return chosen.slice(0, 2).join(", ") + (rest > 0 ? ` +${rest}` : "");
}
