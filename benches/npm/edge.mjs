// `edge.mjs CONTENDER ADDRESS`: a contender in workerd, asked for measurements as `run.mjs` is.
import { readFileSync, readdirSync } from "node:fs";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import { Miniflare } from "miniflare";
import { bundle } from "./bundle.mjs";

const [name, address] = process.argv.slice(2);
const entry = `
  import { open } from "./contenders/${name}.mjs";
  import { measure } from "./measure.mjs";
  const client = open("${address}");
  export default {
    async fetch(request) {
      const { count, callers } = await request.json();
      return Response.json(await measure(client, count, callers, () => performance.now()));
    },
  };`;
const { script, wasm } = await bundle(entry, import.meta.dirname);
const worker = new Miniflare({
  compatibilityDate: "2026-05-01",
  modules: [
    { type: "ESModule", path: "worker.mjs", contents: script.text },
    ...wasm.map(({ path, contents }) => ({ type: "CompiledWasm", path: basename(path), contents })),
  ],
});

async function measure(count, callers) {
  const body = JSON.stringify({ count, callers });
  const response = await worker.dispatchFetch("http://worker/", { method: "POST", body });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

await measure(1, 1);
const workerd = ours("workerd");
for await (const line of createInterface({ input: process.stdin })) {
  const [count, callers] = line.split(" ").map(Number);
  await measure(callers, callers);
  const before = spent(workerd);
  const { wall, middle } = await measure(count, callers);
  console.log((spent(workerd) - before) / count, wall / count, middle);
}
await worker.dispose();
process.exit();

// The process of that name that this one has started.
function ours(program) {
  for (const folder of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const [, command, rest] = /\((.*)\) (.*)/.exec(readFileSync(`/proc/${folder}/stat`, "utf8"));
      if (command === program && Number(rest.split(" ")[1]) === process.pid) return folder;
    } catch {
      // It has ended meanwhile.
    }
  }
  throw new Error(`${program} is not there`);
}

// What the kernel has counted for all of its threads, in nanoseconds.
function spent(id) {
  const threads = readdirSync(`/proc/${id}/task`);
  const one = (thread) => Number(readFileSync(`/proc/${id}/task/${thread}/schedstat`, "utf8").split(" ")[0]);
  return threads.map(one).reduce((sum, time) => sum + time, 0);
}
