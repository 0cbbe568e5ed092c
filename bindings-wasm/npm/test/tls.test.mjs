// https, and the environment's proxies: what is trusted, what was not sent, and what leads through which door.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { Agent, createServer } from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { Callback } from "square-oauth";
import { certificate } from "./certificate.mjs";
import { failure, ID, nodeClient, reply, SECRET, STATUS } from "./support.mjs";

const [major, minor] = process.versions.node.split(".").map(Number);
const own = certificate();
const folder = mkdtempSync(join(tmpdir(), "square-oauth-tls-"));
const file = join(folder, "ca.pem");
const open = [];
let square;
let requests = [];

/** Listens on loopback; yields the port. */
async function listening(server) {
  const sockets = new Set();
  server.on("connection", (socket) => sockets.add(socket.on("close", () => sockets.delete(socket))));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  open.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return server.address().port;
}

before(async () => {
  writeFileSync(file, own.cert);
  const server = createServer(own, (request, response) => {
    requests.push(request.headers.authorization);
    reply(response, STATUS);
  });
  square = `https://127.0.0.1:${await listening(server)}`;
});
after(() => {
  for (const close of open) close();
  rmSync(folder, { recursive: true });
});

const unchecked = () => ({ callback: Callback.unchecked({ code: "sq0cgb-1" }) });

test("a certificate of one's own is trusted where its agent says so", async () => {
  const agent = new Agent({ ca: own.cert, keepAlive: true });
  const client = nodeClient(square, { agent });
  requests = [];
  assert.equal((await client.retrieveTokenStatus("EAAA")).clientId, ID);
  assert.deepEqual(requests, ["Bearer EAAA"]);
  agent.destroy();
});

test("a certificate that nobody trusts is an error, before anything was sent", async () => {
  requests = [];
  const error = await failure(nodeClient(square, { timeout: 2000 }).obtainToken(unchecked()));
  assert.deepEqual([error.kind, error.code, error.requestMayHaveArrived], ["transport", "not_sent", false]);
  assert.match(error.message, /TLS/);
  assert.match(error.cause.message, /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)$/);
  assert.deepEqual(requests, []);
});

test("a certificate for another name is one too", async () => {
  const agent = new Agent({ ca: own.cert, servername: "connect.squareup.com" });
  const error = await failure(nodeClient(square, { agent, timeout: 2000 }).obtainToken(unchecked()));
  assert.deepEqual([error.code, error.requestMayHaveArrived, error.cause.message], ["not_sent", false, "ERR_TLS_CERT_ALTNAME_INVALID"]);
});

test("what speaks no TLS is not sent to", async () => {
  const port = await listening(createHttpServer((_, response) => response.end("{}")));
  const error = await failure(nodeClient(`https://127.0.0.1:${port}`, { timeout: 2000 }).obtainToken(unchecked()));
  assert.deepEqual([error.code, error.requestMayHaveArrived], ["not_sent", false]);
});

/** A program with a client of its own, in an environment of its own: how its one call ends. */
async function elsewhere(environment, url, words = []) {
  const program = `
    import { Callback, OAuthClient } from "square-oauth";
    const square = new OAuthClient({ environment: ${JSON.stringify(url)}, applicationId: "${ID}", applicationSecret: "${SECRET}", timeout: 5000 });
    const call = ${url.startsWith("https") ? `square.retrieveTokenStatus("EAAA")` : `square.obtainToken({ callback: Callback.unchecked({ code: "sq0cgb-1" }) })`};
    console.log(await call.then((status) => status.clientId ?? status.merchantId, (e) => [e.code, e.requestMayHaveArrived, e.cause?.message, e.message].join(" ")));
    process.exit(0);`;
  const env = { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: file, ...environment };
  const { stdout } = await promisify(execFile)(process.execPath, [...words, "--input-type=module", "-e", program], { env, timeout: 30_000 });
  return stdout.trim();
}

test("NODE_EXTRA_CA_CERTS is trusted", async () => {
  assert.equal(await elsewhere({}, square), ID);
});

// Node has the switch from 24.5 on.
if (major > 24 || (major === 24 && minor >= 5)) {
  const seen = [];
  let proxy;
  let answers = "through";
  before(async () => {
    const server = createHttpServer().on("connect", (request, socket) => {
      seen.push([request.url, request.headers["proxy-authorization"]]);
      socket.on("error", () => {});
      if (answers === "no") return socket.end("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
      const [host, port] = request.url.split(":");
      const through = connect(Number(port), host, () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        through.pipe(socket).pipe(through);
      });
      through.on("error", () => socket.destroy());
    });
    proxy = `127.0.0.1:${await listening(server)}`;
  });
  const target = () => new URL(square).host;

  test("the environment's proxy is used where Node is told so, in both ways", async () => {
    for (const [environment, words] of [[{ NODE_USE_ENV_PROXY: "1" }, []], [{}, ["--use-env-proxy"]], [{ NODE_OPTIONS: "--use-env-proxy" }, []]]) {
      seen.length = 0;
      assert.equal(await elsewhere({ ...environment, HTTPS_PROXY: `http://user:canary@${proxy}` }, square, words), ID);
      assert.deepEqual(seen, [[target(), `Basic ${Buffer.from("user:canary").toString("base64")}`]]);
    }
  });

  test("and not where it is not, nor for what NO_PROXY names", async () => {
    for (const environment of [{}, { NODE_USE_ENV_PROXY: "0" }, { NODE_USE_ENV_PROXY: "1", NO_PROXY: "127.0.0.1" }, { NODE_USE_ENV_PROXY: "1", NO_PROXY: "*" }]) {
      seen.length = 0;
      assert.equal(await elsewhere({ ...environment, HTTPS_PROXY: `http://${proxy}` }, square), ID);
      assert.deepEqual(seen, []);
    }
  });

  test("a proxy that refuses, or is not there, has sent nothing, and its password is not shown", async () => {
    requests = [];
    answers = "no";
    const refused = await elsewhere({ NODE_USE_ENV_PROXY: "1", HTTPS_PROXY: `http://user:canary@${proxy}` }, square);
    answers = "through";
    assert.match(refused, /^not_sent false ERR_PROXY_TUNNEL .*proxy/i);
    const gone = await elsewhere({ NODE_USE_ENV_PROXY: "1", HTTPS_PROXY: "http://user:canary@127.0.0.1:1" }, square);
    assert.match(gone, /^not_sent false ECONNREFUSED/);
    for (const text of [refused, gone]) assert.doesNotMatch(text, /canary/);
    assert.deepEqual(requests, []);
  });

  test("a certificate that nobody trusts has sent nothing behind a proxy either", async () => {
    requests = [];
    const shown = await elsewhere({ NODE_USE_ENV_PROXY: "1", HTTPS_PROXY: `http://${proxy}`, NODE_EXTRA_CA_CERTS: "" }, square);
    assert.match(shown, /^not_sent false (DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)/);
    assert.deepEqual(requests, []);
  });
}
