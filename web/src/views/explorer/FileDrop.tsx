import { type DragEvent, type ReactNode, useState } from "react";
import classes from "./Explorer.module.css";

/** Takes an image file that is dropped anywhere on it. */
export function FileDrop({ onFile, className, children }: { onFile: (file: File) => void; className: string | undefined; children: ReactNode }) {
  const [isOver, setOver] = useState(false);
  const hasFile = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  return (
    <div
      className={className}
      onDragOver={(event) => {
        if (!hasFile(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!hasFile(event)) return;
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file) onFile(file);
      }}
    >
      {children}
      {isOver && <div className={classes.drop}>Drop an image to find similar ones</div>}
    </div>
  );
}
