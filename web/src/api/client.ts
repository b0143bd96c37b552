/** Requests to the server that served this page, wherever it is mounted. */

export type Parameter = string | number | boolean | null | undefined | readonly string[];
export type Parameters = Record<string, Parameter>;

/** What the server says is wrong, and what to do about it. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly hint: string,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** The address of something under the app's root, with its parameters; what is null or undefined is left out. */
export function address(path: string, parameters: Parameters = {}, root: string = document.baseURI): string {
  const url = new URL(path, root);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || value === undefined) continue;
    if (Array.isArray(value)) for (const one of value as readonly string[]) url.searchParams.append(name, one);
    else url.searchParams.set(name, String(value));
  }
  return url.href;
}

/** GET, as JSON. */
export function get<Answer>(path: string, parameters: Parameters = {}, signal?: AbortSignal): Promise<Answer> {
  return request<Answer>(address(`api/${path}`, parameters), { signal: signal ?? null });
}

/** POST, PUT or DELETE with a JSON body, as JSON. */
export function send<Answer>(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<Answer> {
  return request<Answer>(address(`api/${path}`), {
    method,
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
}

/** POST of a file as it is. */
export function sendFile<Answer>(path: string, parameters: Parameters, file: File): Promise<Answer> {
  return request<Answer>(address(`api/${path}`, parameters), { method: "POST", headers: { "content-type": file.type || "application/octet-stream" }, body: file });
}

/** The raw answer, for what is not JSON: Arrow, files. Throws ApiError as the others do. */
export async function fetchAnswer(url: string, init: RequestInit = {}): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(url, { credentials: "same-origin", ...init });
  } catch (problem) {
    if (problem instanceof DOMException && problem.name === "AbortError") throw problem;
    throw new ApiError(0, "unreachable", "The server does not answer.", "Is `misnomer serve` still running? Start it again, then reload.");
  }
  if (!answer.ok) throw await asError(answer);
  return answer;
}

async function request<Answer>(url: string, init: RequestInit): Promise<Answer> {
  const answer = await fetchAnswer(url, init);
  return (answer.status === 204 ? undefined : await answer.json()) as Answer;
}

async function asError(answer: Response): Promise<ApiError> {
  if (answer.status === 401)
    return new ApiError(401, "unauthorized", "This window is not signed in; perhaps the server was started anew.", "Open the URL that `misnomer serve` has printed, in this browser. Then this page goes on with “Try again”.");
  const said = await answer.json().catch(() => null) as { code?: unknown; message?: unknown; hint?: unknown } | null;
  if (said && typeof said.message === "string")
    return new ApiError(answer.status, String(said.code ?? answer.status), said.message, typeof said.hint === "string" ? said.hint : "");
  return new ApiError(answer.status, "http", `The server answered ${answer.status} ${answer.statusText}.`, "Its terminal may say more.");
}
