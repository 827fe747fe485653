// Replicates documents, one JSON object a line of standard input, to a database of server.js, and tries again at once
// whenever a replication breaks. Prints one JSON object.
//
//   node client.js URL BATCH_SIZE < documents
"use strict";

const fs = require("fs");
const PouchDB = require("pouchdb");
PouchDB.plugin(require("pouchdb-adapter-memory"));

async function main() {
  const [url, batch] = process.argv.slice(2);
  const lines = fs.readFileSync(0, "utf8").split("\n").filter((line) => line !== "");
  const local = new PouchDB("waiting", {adapter: "memory"});
  await local.bulkDocs(lines.map((line) => JSON.parse(line)));
  const begun = process.hrtime.bigint();
  let attempts = 0;
  let problem = "";
  for (let done = false; !done;) {
    ++attempts;
    try {
      done = (await local.replicate.to(url, {batch_size: Number(batch)})).ok;
    } catch (error) {
      problem = String(error.message || error);
      await new Promise((resume) => setTimeout(resume, 200));
    }
  }
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  console.log(JSON.stringify({seconds, attempts, problem, documents: lines.length}));
}

main();
