// Sending by Node's own `http` and `https`: several times quicker than its `fetch`, it never repeats a
// request by itself, and it can tell what was not sent.

import { Failed } from "square-oauth:glue";
import { describe, fetchTransport, join, record } from "./fetch-transport.js";
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
  end(body?: string): void;
}
interface Http {
  Agent: new (options: object) => object;
  request(options: object): Outgoing;
}
interface Channels {
  hasSubscribers(name: string): boolean;
}
interface Process {
  getBuiltinModule?(name: string): unknown;
  readonly env: Record<string, string | undefined>;
  readonly execArgv: readonly string[];
}

declare const process: Process;
declare const Buffer: { byteLength(text: string): number };

/** What is the same for all requests to an address. */
interface Way {
  readonly isSecure: boolean;
  readonly hostname: string;
  readonly port: string;
  readonly path: string;
  /** The header that says so. */
  readonly host: string;
  readonly http: Http;
  readonly channels: Channels | undefined;
  /** By an agent of our own, and through no proxy. */
  readonly isDirect: boolean;
  /** Keeps connections. */
  readonly kept: object;
  /** Does not. */
  readonly fresh: object;
}

export function nodeTransport(agent: object | undefined): Transport {
  // The few addresses that there are, each parsed once.
  const ways = new Map<string, Way>();
  const agents = new Map<string, object>();
  const fallback = fetchTransport();

  /** Two for each protocol: connections of one host are kept for all its addresses. */
  function agentFor(http: Http, protocol: string, keepAlive: boolean, proxyEnv: object | undefined): object {
    const key = `${protocol}${keepAlive}`;
    const found = agents.get(key) ?? new http.Agent(proxyEnv === undefined ? { keepAlive } : { keepAlive, proxyEnv });
    agents.set(key, found);
    return found;
  }

  function wayTo(url: string): Way | undefined {
    const { protocol, host, hostname, port, pathname } = new URL(url);
    const isSecure = protocol === "https:";
    // Not by `import`, which bundlers for the edge choke on, and not before it is needed.
    const http = process.getBuiltinModule?.(isSecure ? "node:https" : "node:http") as Http | undefined;
    if (http === undefined) return undefined;
    const proxyEnv = agent === undefined ? proxies() : undefined;
    const way = {
      isSecure,
      hostname: hostname.replace(/^\[|\]$/g, ""),
      port,
      path: pathname,
      host,
      http,
      channels: process.getBuiltinModule?.("node:diagnostics_channel") as Channels | undefined,
      isDirect: agent === undefined && proxyEnv === undefined,
      kept: agent ?? agentFor(http, protocol, true, proxyEnv),
      fresh: agent ?? agentFor(http, protocol, false, proxyEnv),
    };
    ways.set(url, way);
    return way;
  }

  return ({ url, headers, body, fresh }, settle) => {
    let reached = Failed.NotConnected;
    const failed = (error: unknown) => {
      const cause = describe(error);
      settle({ failed: cause?.message.startsWith("ERR_PROXY_") ? Failed.NoProxy : reached, cause });
    };
    let way: Way | undefined;
    let outgoing: Outgoing;
    try {
      way = ways.get(url) ?? wayTo(url);
      if (way === undefined) return fallback({ url, headers, body, fresh }, settle);
      const { http, hostname, port, path } = way;
      // As a list they go out as they are, which is a third of what sending costs. But an agent that leads through a
      // proxy may want to change them, or to write them again; and so may whoever traces requests.
      const whole = way.isDirect && !isTraced(way)
        ? ["host", way.host, ...headers, "content-length", body === undefined ? "0" : `${Buffer.byteLength(body)}`]
        : record(headers);
      outgoing = http.request({ hostname, port, path, method: "POST", headers: whole, agent: fresh ? way.fresh : way.kept });
    } catch (error) {
      failed(error);
      return () => {};
    }
    const { isSecure } = way;
    outgoing.on("socket", (socket: Socket) => {
      if (!socket.connecting) {
        reached = Failed.Broken;
        return;
      }
      socket.once("connect", () => {
        reached = isSecure ? Failed.NoTls : Failed.Broken;
      });
      socket.once("secureConnect", () => {
        reached = Failed.Broken;
      });
    });
    outgoing.on("error", failed);
    // Nobody asked for another protocol, and without a listener nobody would be told.
    outgoing.on("upgrade", () => {
      outgoing.destroy();
      settle({ failed: Failed.Broken });
    });
    outgoing.on("response", (incoming: Incoming) => read(incoming, outgoing, settle));
    // Node counts the bytes of what it is given in one go.
    outgoing.end(body);
    return () => outgoing.destroy();
  };
}

function read(incoming: Incoming, outgoing: Outgoing, settle: (outcome: Outcome) => void): void {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let isDone = false;
  const done = () => {
    isDone = true;
    const { statusCode: status, rawHeaders: raw } = incoming;
    const contentType = header(raw, "content-type");
    const retryAfter = header(raw, "retry-after");
    // What it is good for is to say from when on the other counts.
    const date = retryAfter && header(raw, "date");
    settle({ status, contentType, retryAfter, date, bytes: join(chunks, Math.min(length, MOST_BYTES)) });
  };
  incoming.on("data", (chunk: Uint8Array) => {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length < MOST_BYTES) return;
    done();
    outgoing.destroy();
  });
  incoming.on("end", done);
  const broken = (error?: unknown) => {
    if (!isDone) settle({ failed: Failed.Broken, cause: describe(error) });
  };
  incoming.on("error", broken);
  incoming.on("close", broken);
}

/** Node's own record drops all but one of a header that is there twice. */
function header(raw: readonly string[], name: string): string | undefined {
  let found: string | undefined;
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const given = raw[at] as string;
    if (given.length !== name.length || given.toLowerCase() !== name) continue;
    found = found === undefined ? raw[at + 1] : `${found}, ${raw[at + 1]}`;
  }
  return found;
}

/** Functions that send, and whether they are Node's own. */
const judged = new WeakMap<Http["request"], boolean>();

/** Whether somebody may add to a request: by a function in the place of Node's, or when it is made. */
function isTraced({ http, channels }: Way): boolean {
  return !isNodes(http.request) || channels?.hasSubscribers("http.client.request.created") === true;
}

/**
 * Tracing (OpenTelemetry's) and mocks put functions of their own in the place of Node's, and take headers for a record,
 * whatever they are given. There is no mark on them, but Node's own can be read. What is not known to be that is not.
 */
function isNodes(request: Http["request"]): boolean {
  const known = judged.get(request);
  if (known !== undefined) return known;
  const isOwn = /^function request\(.*\bClientRequest\b/s.test(Function.prototype.toString.call(request));
  judged.set(request, isOwn);
  return isOwn;
}

/** Node's own switch for proxies out of the environment, which agents of one's own do not see. */
function proxies(): object | undefined {
  try {
    const { env, execArgv } = process;
    const flag = "--use-env-proxy";
    const isOn = env["NODE_USE_ENV_PROXY"] === "1" || execArgv.includes(flag) || (env["NODE_OPTIONS"] ?? "").includes(flag);
    return isOn ? env : undefined;
  } catch {
    // Deno asks for a permission first; who has not given it has no proxy there either.
    return undefined;
  }
}
