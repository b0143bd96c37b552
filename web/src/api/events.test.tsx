// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { useServerEvents } from "./events";

const opened: FakeSource[] = [];

class FakeSource extends EventTarget {
  closed = false;
  constructor(readonly url: string) {
    super();
    opened.push(this);
  }
  close() {
    this.closed = true;
  }
}

function Listener() {
  useServerEvents();
  return null;
}

function see(state: "visible" | "hidden") {
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}

afterEach(() => {
  cleanup();
  opened.length = 0;
  see("visible");
});

function listening() {
  vi.stubGlobal("EventSource", FakeSource);
  const queries = new QueryClient();
  const asked = vi.spyOn(queries, "invalidateQueries");
  render(
    <QueryClientProvider client={queries}>
      <Listener />
    </QueryClientProvider>,
  );
  return asked;
}

test("a page in the background holds no connection, and asks for everything when it is seen again", () => {
  const asked = listening();
  expect(opened.map((source) => source.closed)).toEqual([false]);
  see("hidden");
  expect(opened.map((source) => source.closed)).toEqual([true]);
  expect(asked).not.toHaveBeenCalled();
  see("visible");
  expect(opened.map((source) => source.closed)).toEqual([true, false]);
  expect(asked).toHaveBeenCalledOnce();
});

test("a page that is opened in the background listens once it is seen; gone, it listens no more", () => {
  see("hidden");
  listening();
  expect(opened).toEqual([]);
  see("visible");
  expect(opened).toHaveLength(1);
  cleanup();
  expect(opened[0]!.closed).toBe(true);
});
