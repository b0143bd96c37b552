import { Button, Group, Popover, ScrollArea, SegmentedControl, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import { IconTag } from "@tabler/icons-react";
import { useState } from "react";
import { useProject } from "../../../api/queries";
import { formatCount } from "../../../ui/format";
import picks from "../../../ui/Pick.module.css";
import classes from "./SelectionBar.module.css";

interface TagMenuProps {
  opened: boolean;
  onOpened: (opened: boolean) => void;
  onTag: (tag: string, remove: boolean) => void;
}

/** Give the selection a tag that there is or a new one, or take one off. */
export function TagMenu({ opened, onOpened, onTag }: TagMenuProps) {
  const tags = Object.entries(useProject().data?.tags ?? {});
  const [mode, setMode] = useState("add");
  const [text, setText] = useState("");
  const remove = mode === "remove";
  const found = tags.filter(([tag]) => tag.toLowerCase().includes(text.trim().toLowerCase()));
  const apply = (tag: string) => {
    if (!tag.trim()) return;
    onOpened(false);
    setText("");
    onTag(tag.trim(), remove);
  };
  const isNew = !remove && text.trim() !== "" && !tags.some(([tag]) => tag === text.trim());
  return (
    <Popover opened={opened} onChange={onOpened} position="top-start" width={260} trapFocus returnFocus>
      <Popover.Target>
        <Button leftSection={<IconTag size={14} aria-hidden />} onClick={() => onOpened(!opened)}>
          Tag
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm">
        <Stack gap="xs">
          <SegmentedControl aria-label="Give or take" value={mode} onChange={setMode} data={[{ value: "add", label: "Give a tag" }, { value: "remove", label: "Take a tag off" }]} fullWidth />
          <TextInput
            aria-label="Tag"
            placeholder={remove ? "Which tag?" : "A tag, such as relabel"}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => event.key === "Enter" && apply(remove ? (found[0]?.[0] ?? "") : text)}
            data-autofocus
          />
          {isNew && (
            <UnstyledButton className={picks.pick} onClick={() => apply(text)}>
              <span className={classes.tagName}>New tag “{text.trim()}”</span>
            </UnstyledButton>
          )}
          <ScrollArea.Autosize mah={200} viewportProps={{ tabIndex: -1 }}>
            {found.map(([tag, count]) => (
              <UnstyledButton key={tag} className={picks.pick} onClick={() => apply(tag)}>
                <span className={classes.tagName}>{tag}</span>
                <Text span size="xs" c="dimmed">
                  {formatCount(count)}
                </Text>
              </UnstyledButton>
            ))}
          </ScrollArea.Autosize>
          {remove && tags.length === 0 && (
            <Group>
              <Text size="xs" c="dimmed">
                No image bears a tag yet.
              </Text>
            </Group>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
