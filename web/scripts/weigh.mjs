// What the page weighs as it is sent, and that nothing in it leads off this machine.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const MOST = 700_000;
const home = fileURLToPath(new URL("../../src/indivisible/apps/web/static", import.meta.url));
const files = (folder) => readdirSync(folder).flatMap((name) => {
  const path = join(folder, name);
  return statSync(path).isDirectory() ? files(path) : [path];
});
let sum = 0;
for (const path of files(home)) {
  const packed = gzipSync(readFileSync(path), { level: 5 }).length;
  sum += packed;
  console.log(`${String(packed).padStart(8)}  ${path.slice(home.length + 1)}`);
}
console.log(`${String(sum).padStart(8)}  bytes in all, compressed; at most ${MOST}`);
if (sum > MOST) process.exit(1);
