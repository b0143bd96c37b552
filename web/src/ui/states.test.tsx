// @vitest-environment jsdom
import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { ApiError } from "../api/client";
import { show } from "../testing/render";
import { EmptyState } from "./EmptyState";
import { ErrorState } from "./ErrorState";
import { Sentence } from "./Sentence";
import { Stat } from "./Stat";

afterEach(cleanup);

test("an error says what is wrong and what to do, and can be tried again", async () => {
  const again = vi.fn();
  show(<ErrorState error={new ApiError(422, "unknown_name", "There is no class 'cta'.", "Did you mean 'cat'?")} onRetry={again} />);
  expect(screen.getByRole("alert").textContent).toContain("There is no class 'cta'.");
  expect(screen.getByRole("alert").textContent).toContain("Did you mean 'cat'?");
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(again).toHaveBeenCalledOnce();
});

test("an empty page has the command that fills it", () => {
  show(<EmptyState title="No model yet" command="misnomer add-predictions pets.misnomer FILE --model NAME" />);
  expect(document.querySelector("code")?.textContent).toBe("misnomer add-predictions pets.misnomer FILE --model NAME");
  expect(screen.getByRole("button", { name: "Copy the command" })).toBeTruthy();
});

test("a score stands there with its interval as text", () => {
  show(<Stat title="Accuracy" value="78.8%" interval="71.9 – 84.3" line={{ rate: 0.788, interval: [0.719, 0.843] }} />);
  expect(screen.getByText("78.8%")).toBeTruthy();
  expect(screen.getByText("71.9 – 84.3")).toBeTruthy();
});

test("a name in a sentence keeps its direction, and the figures after it stay behind it", () => {
  show(<Sentence text="Labelled “קוף”, but the model gives “cat” 0.15." />);
  expect([...document.querySelectorAll("bdi")].map((name) => name.textContent)).toEqual(["קוף", "cat"]);
  expect(document.body.textContent).toContain("Labelled “קוף”, but the model gives “cat” 0.15.");
});
