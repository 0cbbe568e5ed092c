// Sending by Node's own `http` and `https`: several times quicker than its `fetch`, it never repeats a
// request by itself, and it can tell what was not sent.

import { Progress } from "square-oauth:glue";
import { describe, fetchTransport, join } from "./fetch-transport.js";
import { MOST_BYTES, type Outcome, type Transport } from "./host.js";

/** As much of Node as is used; its types are nobody's dependency. */
interface Emitter {
  on(event: string, listener: (...values: never[]) => void): this;
  once(event: string, listener: (...values: never[]) => void): this;
  destroy(): void;
}
interface Socket extends Emitter {
  readonly connecting: boolean;
}
interface Incoming extends Emitter {
  readonly statusCode: number;
  readonly rawHeaders: readonly string[];
}
interface Outgoing extends Emitter {
  readonly reusedSocket: boolean;
  end(body?: string): void;
}
interface Http {
  Agent: new (options: object) => object;
  request(options: object): Outgoing;
}
interface Process {
  getBuiltinModule?(name: string): unknown;
  readonly env: Record<string, string | undefined>;
  readonly execArgv: readonly string[];
}

declare const process: Process;

const UTF_8 = new TextEncoder();
const READ = new Set(["content-type", "retry-after", "date"]);

export function nodeTransport(agent: object | undefined): Transport {
  const agents = new Map<string, object>();
  const targets = new Map<string, object>();
  const fallback = fetchTransport();

  /** Two for each protocol: one that keeps connections, one that does not. */
  function agentFor(http: Http, isSecure: boolean, isFresh: boolean): object {
    const key = `${isSecure}${isFresh}`;
    let found = agents.get(key);
    if (found === undefined) {
      found = new http.Agent({ keepAlive: !isFresh, ...proxy() });
      agents.set(key, found);
    }
    return found;
  }

  /** The few addresses that there are, each parsed once. */
  function targetOf(url: string): object {
    let found = targets.get(url);
    if (found === undefined) {
      const { protocol, hostname, port, pathname } = new URL(url);
      found = { protocol, hostname: hostname.replace(/^\[|\]$/g, ""), port, path: pathname };
      targets.set(url, found);
    }
    return found;
  }

  return (request, settle) => {
    const isSecure = request.url.startsWith("https:");
    // Not by `import`, which bundlers for the edge choke on, and not before it is needed.
    const http = process.getBuiltinModule?.(isSecure ? "node:https" : "node:http") as Http | undefined;
    if (http === undefined) return fallback(request, settle);
    const headers: Record<string, string | number> = Object.fromEntries(request.headers);
    headers["content-length"] = request.body === undefined ? 0 : UTF_8.encode(request.body).length;
    let outgoing: Outgoing;
    try {
      outgoing = http.request({
        ...targetOf(request.url),
        method: "POST",
        headers,
        agent: agent ?? agentFor(http, isSecure, request.fresh),
      });
    } catch (error) {
      queueMicrotask(() => settle({ progress: Progress.NotConnected, cause: describe(error) }));
      return () => {};
    }
    let reached = Progress.NotConnected;
    outgoing.once("socket", (socket: Socket) => {
      if (!socket.connecting) {
        reached = Progress.Broken;
        return;
      }
      socket.once("connect", () => {
        reached = isSecure ? Progress.NoTls : Progress.Broken;
      });
      socket.once("secureConnect", () => {
        reached = Progress.Broken;
      });
    });
    outgoing.on("error", (error: unknown) => settle({ progress: reached, cause: describe(error) }));
    // Nobody asked for another protocol, and without a listener nobody would be told.
    outgoing.once("upgrade", () => {
      outgoing.destroy();
      settle({ progress: Progress.Broken });
    });
    outgoing.once("response", (incoming: Incoming) => read(incoming, outgoing, settle));
    outgoing.end(request.body);
    return () => outgoing.destroy();
  };
}

function read(incoming: Incoming, outgoing: Outgoing, settle: (outcome: Outcome) => void): void {
  const headers = new Map<string, string>();
  const raw = incoming.rawHeaders;
  // Node's own record drops all but one of a header that is there twice.
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] as string).toLowerCase();
    if (!READ.has(name)) continue;
    const before = headers.get(name);
    headers.set(name, before === undefined ? (raw[at + 1] as string) : `${before}, ${raw[at + 1]}`);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  const done = () => settle({ status: incoming.statusCode, headers, bytes: join(chunks, length).subarray(0, MOST_BYTES) });
  incoming.on("data", (chunk: Uint8Array) => {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length < MOST_BYTES) return;
    done();
    outgoing.destroy();
  });
  incoming.on("end", done);
  const broken = (error?: unknown) => settle({ progress: Progress.Broken, cause: describe(error) });
  incoming.on("error", broken);
  incoming.on("close", broken);
}

/** Node's own switch for proxies out of the environment, which agents of one's own do not see. */
function proxy(): object {
  try {
    const { env, execArgv } = process;
    const flag = "--use-env-proxy";
    const isOn = env["NODE_USE_ENV_PROXY"] === "1" || execArgv.includes(flag) || (env["NODE_OPTIONS"] ?? "").includes(flag);
    return isOn ? { proxyEnv: env } : {};
  } catch {
    // Deno asks for a permission first; who has not given it has no proxy there either.
    return {};
  }
}
