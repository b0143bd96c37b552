import { Box, Group, Input, Slider, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import type { DuplicateReport } from "../../api/types";
import { isEmpty } from "../../state/filter";
import { useFilter } from "../../state/hooks";
import { plural } from "../../ui/format";
import { copiesAt } from "./threshold";

interface ThresholdSliderProps {
  report: DuplicateReport;
  onChange: (threshold: string) => void;
}

/** The cosine from which embeddings are near; while it moves, how many copies there would be. */
export function ThresholdSlider({ report, onChange }: ThresholdSliderProps) {
  const isFiltered = !isEmpty(useFilter()[0]);
  const [value, setValue] = useState(report.threshold);
  useEffect(() => setValue(report.threshold), [report.threshold]);
  if (report.threshold_counts.length === 0)
    return (
      <Text size="sm" c="dimmed" maw={360}>
        Only hashes were compared; with embeddings, cropped copies are found too.
      </Text>
    );
  const copies = copiesAt(report.threshold_counts, value);
  return (
    <Box w={400} maw="100%">
      <Input.Label labelElement="div" size="xs">
        Near from a similarity of {value.toFixed(2)}: {copies === null ? "–" : plural(copies, "copy", "copies")} {isFiltered ? "in the whole project" : "of any kind"}
      </Input.Label>
      <Group h={30}>
        <Slider
          flex={1}
          thumbLabel="Similarity of embeddings that is near"
          min={0.8}
          max={1}
          step={0.01}
          value={value}
          onChange={setValue}
          onChangeEnd={(end) => onChange(end.toFixed(2))}
          label={null}
        />
      </Group>
    </Box>
  );
}
