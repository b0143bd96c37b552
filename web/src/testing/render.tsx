import { MantineProvider } from "@mantine/core";
import { type RenderResult, render } from "@testing-library/react";
import type { ReactNode } from "react";
import { cssVariables, theme } from "../theme";

/** A component as it stands in the app, in its theme. */
export function show(element: ReactNode): RenderResult {
  return render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} env="test">
      {element}
    </MantineProvider>,
  );
}
