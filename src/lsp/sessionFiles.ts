import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failures, FailureError } from '../core/failures';
import type { EvidenceStore } from '../evidence/store';
import type { ServerContext } from './context';
import type { Session } from './session';

/** A folder's session with every open document as it is typed now. */
export async function currentSession({ sessions }: ServerContext, folder: string | undefined): Promise<Session> {
  const session = sessions.ofFolder(folder);
  await session.start();
  await Promise.all(session.open.files.filter((file) => session.covers(file)).map((file) => session.open.bringUpToDate(file)));
  return session;
}

export interface FolderSession {
  readonly session: Session;
  readonly root: { readonly path: string; readonly uri: string };
  readonly store: EvidenceStore;
}

/** Measurements are stored in a workspace folder, so one has to be there. */
export function withFolder(session: Session): FolderSession {
  const { store, names } = session;
  if (names.root === undefined || store === undefined) throw new FailureError(failures.noFolder());
  return { session, root: names.root, store };
}

/** A file's text: the editor's where it is open, else the disk's; '' where it cannot be read. */
export function textOf(session: Session, root: string, file: string): string {
  try {
    return session.open.get(file)?.getText() ?? readFileSync(join(root, file), 'utf8');
  } catch {
    return '';
  }
}
