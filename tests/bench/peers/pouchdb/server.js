// The other side of the comparison: express-pouchdb in memory, as its own guide sets it up, without TLS.
//
//   node server.js ADDRESS PORT     prints "ready"
"use strict";

const express = require("express");
const expressPouchdb = require("express-pouchdb");
const PouchDB = require("pouchdb");
PouchDB.plugin(require("pouchdb-adapter-memory"));

const [address, port] = process.argv.slice(2);
const app = express();
app.use("/", expressPouchdb(PouchDB.defaults({adapter: "memory"}), {mode: "minimumForPouchDB", inMemoryConfig: true}));
app.listen(Number(port), address, () => console.log("ready"));
