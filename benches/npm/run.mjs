// One contender in a process of its own: `run.mjs import|first|calls CONTENDER ADDRESS`.
// Whatever is measured is written as numbers of nanoseconds, one line for each measurement.

const [mode, name, address] = process.argv.slice(2);
const spent = (since) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) * 1000;
};

const { open } = await import(`./contenders/${name}.mjs`);
const client = open(address);
switch (mode) {
  case "import":
    // As far as the first thing that a seller's click needs.
    client.authorizeUrl?.();
    console.log(spent());
    break;
  case "first":
    await client.call?.();
    console.log(spent());
    break;
  case "calls":
    await calls();
    break;
  default:
    throw new Error(`${mode} is nothing to measure`);
}
// Without waiting for connections that are kept.
process.exit();

async function calls() {
  const { createInterface } = await import("node:readline");
  const { measure } = await import("./measure.mjs");
  const now = () => performance.now();
  for await (const line of createInterface({ input: process.stdin })) {
    const [count, callers] = line.split(" ").map(Number);
    // Whatever has been closed meanwhile is opened again.
    await measure(client, callers, callers, now);
    const before = process.cpuUsage();
    const { wall, middle } = await measure(client, count, callers, now);
    console.log(spent(before) / count, wall / count, middle);
  }
}
