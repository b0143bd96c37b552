import { Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import classes from "./Page.module.css";

interface PageProps {
  title: string;
  /** One sentence under the title, where the page needs one. */
  lead?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}

/** A page: its heading, then its sections. */
export function Page({ title, lead, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · misnomer`;
  }, [title]);
  return (
    <Stack gap="lg" className={classes.page}>
      <Group justify="space-between" align="baseline" gap="sm">
        <Title order={1}>{title}</Title>
        {actions}
      </Group>
      {lead && (
        <Text size="sm" c="dimmed" mt={-8} maw={760}>
          {lead}
        </Text>
      )}
      {children}
    </Stack>
  );
}

/** A page that is not there yet, of about its size. */
export function PageSkeleton() {
  return (
    <Stack gap="lg" className={classes.page} aria-busy="true" aria-label="Loading">
      <Skeleton height={26} width={220} />
      <Skeleton height={92} />
      <Skeleton height={360} />
    </Stack>
  );
}
