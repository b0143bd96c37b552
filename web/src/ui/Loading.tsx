import { Skeleton, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import classes from "./Loading.module.css";

/** After so long one wonders whether anything is going on. */
const LATE_MS = 1500;

/** Room of the height of what is not there yet; if that takes a while, it says so. */
export function Loading({ height, className }: { height: number; className?: string | undefined }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={className ?? classes.box} style={{ height }}>
      <Skeleton height={height} />
      {late && (
        <Text size="sm" c="dimmed" role="status" className={classes.word}>
          Still computing…
        </Text>
      )}
    </div>
  );
}
