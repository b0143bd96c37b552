import { UnstyledButton, type UnstyledButtonProps } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import type { ComponentPropsWithRef } from "react";
import classes from "./BarButton.module.css";

interface BarButtonProps extends UnstyledButtonProps, Omit<ComponentPropsWithRef<"button">, keyof UnstyledButtonProps | "value" | "name"> {
  name: string;
  value: string;
}

/** "name: value ▾", a control of the top bar that opens something. */
export function BarButton({ name, value, className, ...others }: BarButtonProps) {
  return (
    <UnstyledButton {...others} className={className ? `${className} ${classes.button}` : classes.button}>
      <span className={classes.name}>{name}</span>
      <span className={classes.value}>{value}</span>
      <IconChevronDown size={14} aria-hidden />
    </UnstyledButton>
  );
}
