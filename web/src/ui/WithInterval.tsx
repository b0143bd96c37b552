import { Text } from "@mantine/core";

/** A value with its interval after it, smaller; the two parts of an interval stay on one line. */
export function WithInterval({ value, interval }: { value: string; interval: string }) {
  return (
    <>
      {value}{" "}
      <Text span size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
        {interval}
      </Text>
    </>
  );
}
