// node readme.mjs PAGE EMULATOR: runs the one program of the project's first page against the emulator.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [file, program] = process.argv.slice(2);
const blocks = [...readFileSync(file, "utf8").matchAll(/^```javascript\n(.*?)^```$/gms)].map(([, block]) => block);
assert.equal(blocks.length, 1);

const child = spawn(program, [], { stdio: ["ignore", "pipe", "ignore"] });
try {
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const emulator = JSON.parse(line);
  const session = new Map();
  Object.assign(globalThis, {
    applicationId: emulator.client_id,
    applicationSecret: emulator.client_secret,
    session,
    request: {},
  });

  /** The seller says yes as soon as they are sent to Square. */
  async function came(authorization) {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ url: authorization.url });
    const response = await fetch(`${emulator.control_url}/consent`, { method: "POST", headers, body });
    globalThis.request.url = (await response.json()).redirect;
  }
  globalThis.came = came;

  // What is not as it is on the page: the sandbox is the emulator, and somebody has to click.
  const [there, back] = blocks[0].split("\n\nconst key");
  const told = `${there}\nawait came(authorization);\nexport { tokens };\nconst key${back}`;
  const module = `${process.cwd()}/readme-program.mjs`;
  writeFileSync(module, told.replace('"sandbox"', JSON.stringify(emulator.base_url)));
  const { tokens } = await import(pathToFileURL(module).href);
  assert.equal(typeof tokens.merchantId, "string");
  assert.equal(session.size, 0);
  const status = await fetch(`${emulator.base_url}/oauth2/token/status`, {
    method: "POST",
    headers: { authorization: `Bearer ${tokens.accessToken.expose()}` },
  });
  assert.equal(status.status, 401);
  console.log("readme: ok");
} finally {
  child.kill();
}
