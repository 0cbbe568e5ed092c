// Sending by Node's own http: what was not sent is known, nothing is sent twice, connections are kept or not.

import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import http, { Agent, createServer, request as httpRequest } from "node:http";
import { connect } from "node:net";
import { test } from "node:test";
import { Callback } from "square-oauth";
import { failure, nodeClient, reply, server, STATUS, TOKENS } from "./support.mjs";

const unchecked = () => ({ callback: Callback.unchecked({ code: "sq0cgb-1" }) });

test("connections are kept, and a code goes on a fresh one", async (t) => {
  const square = await server((request, response) => reply(response, request.url.endsWith("status") ? STATUS : TOKENS));
  t.after(() => square.close());
  const client = nodeClient(square.url);
  for (let call = 0; call < 3; call += 1) await client.retrieveTokenStatus("EAAA");
  await client.obtainToken(unchecked());
  await client.retrieveTokenStatus("EAAA");
  const ports = square.requests.map(({ port }) => port);
  assert.equal(new Set([...ports.slice(0, 3), ports[4]]).size, 1, `${ports}`);
  assert.ok(!ports.slice(0, 3).includes(ports[3]));
  assert.deepEqual(square.requests[0].headers["content-length"], "0");
});

test("where nothing listens nothing was sent, and the reason is named", async () => {
  const error = await failure(nodeClient("http://127.0.0.1:1", { timeout: 2000 }).obtainToken(unchecked()));
  assert.deepEqual([error.code, error.retryable, error.requestMayHaveArrived, error.cause.message], ["not_sent", true, false, "ECONNREFUSED"]);
});

test("a connection that breaks is `interrupted`, and a code is not sent again", async (t) => {
  const square = await server((request) => request.socket.destroy());
  t.after(() => square.close());
  const error = await failure(nodeClient(square.url).obtainToken(unchecked()));
  assert.deepEqual([error.code, error.retryable, square.requests.length], ["interrupted", false, 1]);
});

test("half an answer is none", async (t) => {
  const square = await server((_, response) => {
    response.writeHead(200, { "content-length": "500" }).write("{");
    setTimeout(() => response.destroy(), 20);
  });
  t.after(() => square.close());
  assert.equal((await failure(nodeClient(square.url).obtainToken(unchecked()))).code, "interrupted");
});

test("no more is read than is needed", async (t) => {
  let closed;
  const isClosed = new Promise((done) => (closed = done));
  const square = await server((_, response) => {
    let isOpen = true;
    response.writeHead(200).on("close", () => closed((isOpen = false)));
    const more = () => isOpen && response.write(" ".repeat(4096), (error) => error || setImmediate(more));
    more();
  });
  t.after(() => square.close());
  assert.equal((await failure(nodeClient(square.url).obtainToken(unchecked()))).code, "answer_too_large");
  await isClosed;
});

test("another protocol is not waited for", async (t) => {
  const square = await server((_, response) => response.writeHead(101, { connection: "upgrade", upgrade: "websocket" }).end());
  t.after(() => square.close());
  const error = await failure(nodeClient(square.url).obtainToken(unchecked()));
  assert.deepEqual([error.code, error.requestMayHaveArrived], ["interrupted", true]);
});

test("a redirect is not followed", async (t) => {
  const square = await server((_, response) => response.writeHead(307, { location: "/elsewhere" }).end());
  t.after(() => square.close());
  assert.equal((await failure(nodeClient(square.url).obtainToken(unchecked()))).code, "redirected");
  assert.equal(square.requests.length, 1);
});

test("of a header that comes twice both are read", async (t) => {
  for (const [one, two] of [["5", "37"], ["37", "5"]]) {
    const square = await server((_, response) => response.writeHead(429, ["Retry-After", one, "retry-after", two]).end("{}"));
    t.after(() => square.close());
    const error = await failure(nodeClient(square.url, { timeout: 1000 }).obtainToken(unchecked()));
    assert.equal(error.retryAfter, 37_000);
  }
});

test("an agent of the caller's leads through a proxy", async (t) => {
  const square = await server((_, response) => reply(response, STATUS));
  t.after(() => square.close());
  const targets = [];
  const proxy = createServer().on("connect", (request, socket) => {
    targets.push(request.url);
    const [host, port] = request.url.split(":");
    const through = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      through.pipe(socket).pipe(through);
    });
    through.on("error", () => socket.destroy());
    socket.on("error", () => through.destroy());
  });
  await new Promise((done) => proxy.listen(0, "127.0.0.1", done));
  t.after(() => proxy.close());
  class Tunnel extends Agent {
    createConnection({ host, port }, done) {
      httpRequest({ host: "127.0.0.1", port: proxy.address().port, method: "CONNECT", path: `${host}:${port}` })
        .on("connect", (_, socket) => done(null, socket))
        .on("error", done)
        .end();
    }
  }
  const agent = new Tunnel();
  assert.equal((await nodeClient(square.url, { agent }).retrieveTokenStatus("EAAA")).clientId, STATUS.client_id);
  assert.deepEqual(targets, [new URL(square.url).host]);
  proxy.close();
  const gone = await failure(nodeClient(square.url, { agent: new Tunnel(), timeout: 1000 }).obtainToken(unchecked()));
  assert.equal(gone.code, "not_sent");
});

test("whoever traces requests takes their headers for a record, and all of them arrive", async (t) => {
  const square = await server((request, response) => reply(response, request.url.endsWith("status") ? STATUS : TOKENS));
  t.after(() => square.close());
  const client = nodeClient(square.url);
  const calls = async () => {
    await client.retrieveTokenStatus("EAAA");
    await client.obtainToken(unchecked());
  };
  await calls();
  const real = http.request;
  t.after(() => (http.request = real));
  const traced = (options, ...more) => real({ ...options, headers: { ...options.headers, traceparent: "00-1-1-00" } }, ...more);
  for (const request of [traced, new Proxy(real, { apply: (_, __, words) => traced(...words) })]) {
    http.request = request;
    await calls();
  }
  const plain = square.requests.slice(0, 2).map(({ headers }) => headers);
  for (const [at, { headers }] of square.requests.slice(2).entries()) {
    assert.deepEqual(headers, { ...plain[at % 2], traceparent: "00-1-1-00" });
  }
});

test("whoever hears of a request when it is made may add to it", async (t) => {
  const square = await server((_, response) => reply(response, STATUS));
  t.after(() => square.close());
  const channel = "http.client.request.created";
  let added;
  const add = ({ request }) => request.setHeader("traceparent", (added = "00-1-1-00"));
  subscribe(channel, add);
  t.after(() => unsubscribe(channel, add));
  await nodeClient(square.url).retrieveTokenStatus("EAAA");
  const [{ headers }] = square.requests;
  // Not every Node tells.
  assert.deepEqual([headers.traceparent, headers.authorization], [added, "Bearer EAAA"]);
});

test("64 calls at once are 64 answers", async (t) => {
  const square = await server((request, response) => reply(response, { ...STATUS, merchant_id: request.headers.authorization.slice(7) }));
  t.after(() => square.close());
  const client = nodeClient(square.url);
  const names = Array.from({ length: 64 }, (_, at) => `EAAA-${at}`);
  const statuses = await Promise.all(names.map((name) => client.retrieveTokenStatus(name)));
  assert.deepEqual(statuses.map((status) => status.merchantId), names);
});
