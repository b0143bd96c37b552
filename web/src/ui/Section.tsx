import { Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import classes from "./Page.module.css";

interface SectionProps {
  title: string;
  /** Controls at the right end of the heading's line. */
  actions?: ReactNode;
  /** Sentences under the heading: what one sees and how to read it. */
  note?: ReactNode;
  children: ReactNode;
}

/** A part of a page under a hairline. */
export function Section({ title, actions, note, children }: SectionProps) {
  const heading = useId();
  return (
    <Stack component="section" gap="sm" className={classes.section} aria-labelledby={heading}>
      <Group justify="space-between" gap="sm" mih={30}>
        <Title order={2} id={heading}>
          {title}
        </Title>
        {actions && (
          <Group gap="sm" fz="sm">
            {actions}
          </Group>
        )}
      </Group>
      {note && (
        <Text size="sm" c="dimmed" component="div" mt={-4}>
          {note}
        </Text>
      )}
      {children}
    </Stack>
  );
}

/** Sections side by side where there is room; the second of two can have the larger part. */
export function Columns({ children, wideSecond = false }: { children: ReactNode; wideSecond?: boolean }) {
  return (
    <div className={classes.columns} data-wide-second={wideSecond || undefined}>
      {children}
    </div>
  );
}
