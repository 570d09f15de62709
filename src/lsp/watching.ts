import { DidChangeWatchedFilesNotification, type Connection } from 'vscode-languageserver';
import { CONFIG_FILE } from '../core/config';
import { SOURCE_EXTENSIONS } from '../core/language';
import { EVIDENCE_FOLDER } from '../evidence/store';
import { isManifest } from '../workspace/manifests';
import type { ServerContext } from './context';
import type { Session } from './session';

/** Asks the client to tell of files that change outside of its editors. */
export async function watchFiles({ client }: Connection): Promise<void> {
  const globs = [
    `**/*.{${SOURCE_EXTENSIONS.map((extension) => extension.slice(1)).join(',')}}`,
    `**/{${CONFIG_FILE},.gitignore,package.json,pyproject.toml,Pipfile,setup.cfg,*requirements*.txt}`,
    '**/{eslint.config.*,.eslintrc,.eslintrc.*,.oxlintrc.json,ruff.toml,.ruff.toml,pylintrc,.pylintrc}',
    '**/.performance/{runs,proposals}/*.json',
  ];
  await client.register(DidChangeWatchedFilesNotification.type, { watchers: globs.map((globPattern) => ({ globPattern })) });
}

/** Follows documents as they are typed, and files as they change on the disk. */
export function registerSyncing(context: ServerContext): void {
  const { connection, documents, sessions, refresher } = context;

  // Fires for a document that is opened, too; that one is not being typed.
  documents.onDidChangeContent(({ document }) => {
    const { session, file } = sessions.place(document);
    const isNew = !session.open.has(file);
    session.open.set(file, document);
    refresher.document(session, file, isNew ? 0 : undefined);
  });

  documents.onDidClose(({ document }) => {
    const { session, file } = sessions.place(document);
    session.close(file);
    context.publisher.publish(document.uri, []);
    if (file === CONFIG_FILE) context.background('read performance.json', refresher.configuration(session));
    else if (session.names.root) context.scans.request(session, [file]);
    else session.remove(file);
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const session of sessions.all) {
      const files = changes.map(({ uri }) => session.names.fileOf(uri)).filter((file) => file !== undefined);
      followDisk(context, session, files);
    }
  });

  documents.listen(connection);
  context.notebooks.listen();
}

function followDisk(context: ServerContext, session: Session, files: readonly string[]): void {
  const { refresher, scans } = context;
  if (files.includes(CONFIG_FILE)) {
    context.background('read performance.json', refresher.configuration(session));
  }
  if (files.some((file) => file.startsWith(`${EVIDENCE_FOLDER}/`))) {
    context.background('read runs', session.loadEvidence().then(() => refresher.folder(session, { lenses: true })));
  }
  const sources = files.filter((file) => session.covers(file) || isManifest(file) || file.endsWith('.gitignore'));
  if (sources.length > 0) scans.request(session, sources);
}
