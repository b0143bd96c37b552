import { Button, Group, Kbd, Text } from "@mantine/core";
import type { LabelError } from "../../api/types";
import classes from "./LabelReview.module.css";

interface VerdictProps {
  error: LabelError;
  disabled: boolean;
  canUndo: boolean;
  onKeep: () => void;
  onTake: () => void;
  onOther: () => void;
  onSkip: () => void;
  onUndo: () => void;
}

/** The label and the suggestion as two big buttons, the other decisions under them. */
export function Verdict({ error, disabled, canUndo, onKeep, onTake, onOther, onSkip, onUndo }: VerdictProps) {
  return (
    <div className={classes.verdict}>
      <div className={classes.choices}>
        <button type="button" className={classes.choice} onClick={onKeep} disabled={disabled} aria-keyshortcuts="1">
          <span className={classes.does}>
            Keep the label <Kbd aria-hidden>1</Kbd>
          </span>
          <span className={classes.name}>{error.sample.label}</span>
        </button>
        <button type="button" className={classes.choice} onClick={onTake} disabled={disabled} data-suggested aria-keyshortcuts="2">
          <span className={classes.does}>
            Take the suggestion <Kbd aria-hidden>2</Kbd>
          </span>
          <span className={classes.name}>{error.suggested}</span>
        </button>
      </div>
      <Group gap="sm" wrap="wrap">
        <Button onClick={onOther} disabled={disabled} aria-keyshortcuts="/" rightSection={<Kbd aria-hidden>/</Kbd>}>
          Another class
        </Button>
        <Button onClick={onSkip} disabled={disabled} aria-keyshortcuts="s" rightSection={<Kbd aria-hidden>s</Kbd>}>
          Skip
        </Button>
        <Button onClick={onUndo} disabled={disabled || !canUndo} aria-keyshortcuts="u" rightSection={<Kbd aria-hidden>u</Kbd>}>
          Undo
        </Button>
        <Text size="xs" c="dimmed" className={classes.key}>
          {error.sample.key}
        </Text>
      </Group>
    </div>
  );
}
