// The licences of what is built into the page, gathered into one file that ships beside it.
// node scripts/licences.mjs [FILE]
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const BUILT_IN = ["preact", "d3-geo", "d3-array", "internmap", "topojson-client", "world-atlas"];
const home = fileURLToPath(new URL("../node_modules/", import.meta.url));
const parts = BUILT_IN.map((name) => {
  const { version, license } = JSON.parse(readFileSync(`${home}${name}/package.json`, "utf8"));
  const file = readdirSync(`${home}${name}`).find((one) => /^licen[cs]e/i.test(one));
  return `${name} ${version} (${license})\n\n${readFileSync(`${home}${name}/${file}`, "utf8").trim()}\n`;
});
const about = "What is built into this page, and the licence of each. The outlines in world-atlas are Natural Earth's, in the public domain.\n";
writeFileSync(process.argv[2] ?? fileURLToPath(new URL("../public/licences.txt", import.meta.url)), [about, ...parts].join("\n----\n\n"));
