import type { TextDocument } from 'vscode-languageserver-textdocument';
import { DEFAULT_SETTINGS } from './configuration';
import { folderNames, LooseNames } from './fileNames';
import type { ServerSettings } from './protocol';
import { Session } from './session';

/** One session for each workspace folder, and one for documents that belong to none. */
export class Sessions {
  settings: ServerSettings = DEFAULT_SETTINGS;
  private readonly folders = new Map<string, Session>();
  private readonly looseNames = new LooseNames();
  private readonly loose = new Session(this.looseNames);

  get all(): readonly Session[] {
    return [...this.folders.values(), this.loose];
  }

  /** @returns the new session; undefined for a folder that is not on this disk, whose documents are loose. */
  add(uri: string, name?: string): Session | undefined {
    const names = folderNames(uri, name);
    if (names === undefined || this.folders.has(uri)) return undefined;
    const session = new Session(names);
    session.setSettings(this.settings);
    this.folders.set(uri, session);
    return session;
  }

  remove(uri: string): Session | undefined {
    const session = this.folders.get(uri);
    this.folders.delete(uri);
    return session;
  }

  setSettings(settings: ServerSettings): void {
    this.settings = settings;
    for (const session of this.all) session.setSettings(settings);
  }

  /** The session of a folder's URI; without one the first folder's, else that of the loose documents. */
  ofFolder(uri?: string): Session {
    if (uri === undefined) return this.all[0]!;
    const path = folderNames(uri)?.root?.path;
    return [...this.folders.values()].find(({ names }) => names.root!.path === path) ?? this.loose;
  }

  /** Where a document belongs: the innermost folder around it, else among the loose ones. */
  place(document: Pick<TextDocument, 'uri' | 'languageId'>): Place {
    const found = this.find(document.uri);
    if (found) return found;
    this.looseNames.admit(document);
    return { session: this.loose, file: this.looseNames.fileOf(document.uri)! };
  }

  /** Like `place`, for a URI that may never have been opened. */
  find(uri: string): Place | undefined {
    const places = [...this.folders.values()].flatMap((session): Place[] => {
      const file = session.names.fileOf(uri);
      return file === undefined ? [] : [{ session, file }];
    });
    const innermost = places.sort((a, b) => a.file.length - b.file.length)[0];
    const loose = this.looseNames.fileOf(uri);
    return innermost ?? (loose === undefined ? undefined : { session: this.loose, file: loose });
  }
}

export interface Place {
  readonly session: Session;
  readonly file: string;
}
