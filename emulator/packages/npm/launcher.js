#!/usr/bin/env node
// Runs the program in place of this script: same arguments, same streams, same end.
import { spawn } from "node:child_process";

function fail(problem) {
  console.error(problem.message);
  process.exit(1);
}

const { binary } = await import("./index.js").catch(fail);
const program = spawn(binary, process.argv.slice(2), { stdio: "inherit" });
program.on("error", fail);

// Whoever stops this script means the program.
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
for (const signal of SIGNALS) process.on(signal, () => program.kill(signal));

program.on("exit", (code, signal) => {
  if (signal === null) process.exit(code);
  for (const name of SIGNALS) process.removeAllListeners(name);
  process.kill(process.pid, signal);
});
