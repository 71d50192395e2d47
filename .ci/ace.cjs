// node ace.cjs MODULES EPUB…: Ace by DAISY on each book, in one process, with the Chromium that PUPPETEER_EXECUTABLE_PATH names.
// Out: one line of JSON a book: {"name", "documents": how many were judged, "violations": [[rule, impact, document, text]…]}.
// Ace's own exit status says nothing of what it found.
const { createRequire } = require("node:module");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const [modules, ...books] = process.argv.slice(2);
const from = createRequire(path.resolve(modules) + path.sep);
const ace = from("@daisy/ace-core");
const runner = from("@daisy/ace-axe-runner-puppeteer");

/** The assertions of a report lie in those of its documents. */
function violations(report, where) {
  return (report.assertions ?? []).flatMap((found) => {
    const place = found["earl:testSubject"]?.url ?? where;
    if (found.assertions) return violations(found, place);
    const test = found["earl:test"];
    return [[test["dct:title"], test["earl:impact"], place, found["earl:result"]["dct:description"]]];
  });
}

(async () => {
  const out = fs.mkdtempSync(path.join(os.tmpdir(), "ace-"));
  const options = { cwd: process.cwd(), initLogger: true, silent: true, verbose: false, fileName: path.join(out, "ace.log") };
  for (const [i, book] of books.entries()) {
    const [, report] = await ace(book, { ...options, outdir: path.join(out, `${i}`), timeout: "240000" }, runner);
    const name = path.basename(book);
    console.log(JSON.stringify({ name, documents: report.assertions.length, violations: violations(report, "") }));
  }
  fs.rmSync(out, { recursive: true });
  process.exit(0);
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
