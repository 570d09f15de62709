import { writeSync } from 'node:fs';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './lsp/server';

/** A broken process must not go on answering: the client sees its end and starts a new one. */
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    writeSync(process.stderr.fd, `Performance Engineer: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  });
}

startServer(createConnection(ProposedFeatures.all));
