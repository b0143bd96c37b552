// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { ApiError, address, get } from "./client";

afterEach(() => vi.unstubAllGlobals());

function answering(status: number, body: string) {
  const fetched = vi.fn<typeof fetch>(async () => new Response(body, { status }));
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

test("addresses are under the app's root, wherever that is", () => {
  expect(address("api/samples", { limit: 5, model: undefined, filter: null }, "http://host/proxy/8642/")).toBe("http://host/proxy/8642/api/samples?limit=5");
});

test("a list is a repeated parameter", () => {
  expect(address("api/by-metric", { model: ["a", "b"] }, "http://host/")).toBe("http://host/api/by-metric?model=a&model=b");
});

test("the server's error comes with its hint", async () => {
  answering(422, JSON.stringify({ code: "unknown_name", message: "No class 'cta'.", hint: "Did you mean 'cat'?" }));
  const problem = await get("samples").catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(ApiError);
  expect(problem).toMatchObject({ status: 422, code: "unknown_name", message: "No class 'cta'.", hint: "Did you mean 'cat'?" });
});

test("an answer without our shape still says what to do", async () => {
  answering(401, "nope");
  await expect(get("project")).rejects.toMatchObject({ code: "unauthorized", hint: expect.stringContaining("misnomer serve") as string });
});

test("a server that does not answer is an error of its own", async () => {
  vi.stubGlobal("fetch", vi.fn<typeof fetch>(() => Promise.reject(new TypeError("Failed to fetch"))));
  await expect(get("project")).rejects.toMatchObject({ status: 0, code: "unreachable" });
});
