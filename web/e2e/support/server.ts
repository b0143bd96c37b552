/** A project's server, and projects made for a test. */

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const ROOT = resolve(import.meta.dirname, "../../..");
const PYTHON = process.env["PYTHON"] ?? join(ROOT, ".venv/bin/python");
const ENVIRONMENT = { ...process.env, PYTHONPATH: join(ROOT, "src"), MISNOMER_TOKEN: "0123456789abcdef-e2e" };
const START_MS = 120_000;

/** Where a server is, as it can be passed from one process to another. */
export interface Address {
  /** Without the slash at its end. */
  url: string;
  /** Signs in. */
  login: string;
}

export class Served implements Address {
  constructor(
    readonly url: string,
    readonly login: string,
    private readonly server?: ChildProcess,
    private readonly folder?: string,
  ) {}

  /** The API's answer, past the browser. */
  ask<Answer>(path: string, parameters: Record<string, string> = {}): Promise<Answer> {
    return this.request<Answer>(`${path}?${new URLSearchParams(parameters).toString()}`, {});
  }

  /** The answer to a question that has a body: JSON, or a file as it is. */
  post<Answer>(path: string, body: object): Promise<Answer> {
    const isFile = body instanceof Uint8Array;
    return this.request<Answer>(path, { method: "POST", headers: { "content-type": isFile ? "image/png" : "application/json" }, body: isFile ? new Blob([new Uint8Array(body)]) : JSON.stringify(body) });
  }

  private async request<Answer>(path: string, init: RequestInit): Promise<Answer> {
    const answer = await fetch(`${this.url}/api/${path}`, { ...init, headers: { ...init.headers, authorization: `Bearer ${ENVIRONMENT.MISNOMER_TOKEN}` } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }

  /** Stop the server, politely or not, and wait until it is gone. */
  async kill(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const { server } = this;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const gone = new Promise((resolve) => server.once("exit", resolve));
    server.kill(signal);
    await gone;
  }

  /** Stop it and delete its project. */
  async stop(): Promise<void> {
    await this.kill();
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function python(...parameters: string[]): Promise<void> {
  await promisify(execFile)(PYTHON, parameters, { cwd: ROOT, env: ENVIRONMENT, maxBuffer: 64 << 20 });
}

/** A directory that is deleted with its server. */
export const temporary = (name: string): string => mkdtempSync(join(tmpdir(), `misnomer-e2e-${name}-`));

/** Make a project by its name in `make_project.py` and serve it. */
export async function make(name: string): Promise<Served> {
  const folder = temporary(name);
  await python(join(import.meta.dirname, "make_project.py"), name, folder);
  return serve(join(folder, "project.misnomer"), { folder });
}

/** Serve a project, on a free port unless one is named; ready when the server has printed its address. */
export function serve(project: string, { folder, port = "0" }: { folder?: string; port?: string } = {}): Promise<Served> {
  const server = spawn(PYTHON, ["-m", "misnomer", "serve", project, "--no-browser", "--port", port], { cwd: ROOT, env: ENVIRONMENT });
  return new Promise((found, failed) => {
    let said = "";
    const late = setTimeout(() => failed(new Error(`The server did not start: ${said}`)), START_MS);
    const listen = (text: Buffer) => {
      said += text.toString();
      const login = /http:\S+token=\S+/.exec(said)?.[0];
      if (!login) return;
      clearTimeout(late);
      found(new Served(new URL(login).origin, login, server, folder));
    };
    server.stdout.on("data", listen);
    let isBroken = false;
    server.stderr.on("data", (text: Buffer) => {
      listen(text);
      isBroken ||= text.includes("Traceback");
      if (isBroken) process.stderr.write(text); // a bug's traceback stands beside the test that it fails
    });
    server.on("exit", (code) => failed(new Error(`The server ended with ${code}: ${said}`)));
  });
}
