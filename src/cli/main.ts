#!/usr/bin/env node
// The command line. The only place with files, process and exit codes.
// Invariant: data on stdout, messages on stderr. It does not know how anything is proved.
import { readFileSync } from "node:fs";
import { Command } from "commander";

const packageJson = new URL("../../package.json", import.meta.url);
const { version } = JSON.parse(readFileSync(packageJson, "utf8")) as { version: string };

const program = new Command("weft").description("A proof assistant for streaming kernels").version(version);

program.parse();
