import { basename, isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { languageOfFile } from '../core/language';

/** How the files of a session are called: relative paths with forward slashes inside, URIs outside. */
export interface FileNames {
  /** For people: the folder's name. */
  readonly name: string;
  /** Absolute path and URI of the folder; absent for documents that belong to none. */
  readonly root?: { readonly path: string; readonly uri: string };
  /** undefined for a URI that is not inside. */
  fileOf(uri: string): string | undefined;
  uriOf(file: string): string;
}

/** The names inside a workspace folder; undefined for a folder that is not on this machine's disk. */
export function folderNames(uri: string, name?: string): FileNames | undefined {
  const path = pathOf(uri);
  if (path === undefined) return undefined;
  return {
    name: name ?? basename(path),
    root: { path, uri },
    fileOf: (other) => {
      const otherPath = pathOf(other);
      if (otherPath === undefined) return undefined;
      const file = relative(path, otherPath);
      return file === '' || file === '..' || file.startsWith(`..${sep}`) || isAbsolute(file) ? undefined : file.replaceAll(sep, '/');
    },
    uriOf: (file) => pathToFileURL(join(path, file)).href,
  };
}

/** The names of documents that belong to no folder: unsaved ones and single files. */
export class LooseNames implements FileNames {
  readonly name = 'Open files';
  private readonly uris = new Map<string, string>();
  private readonly files = new Map<string, string>();

  /** A document without a file name gets the extension of its language, by which the detector goes. */
  admit(document: Pick<TextDocument, 'uri' | 'languageId'>): void {
    const path = decodeURIComponent(document.uri.replace(/^[\w+.-]+:\/*/, '').replace(/\?.*$/, ''));
    const file = languageOfFile(path) ? path : path + (EXTENSIONS[document.languageId] ?? '');
    this.uris.set(file, document.uri);
    this.files.set(document.uri, file);
  }

  fileOf(uri: string): string | undefined {
    return this.files.get(uri);
  }

  uriOf(file: string): string {
    return this.uris.get(file) ?? pathToFileURL(`/${file}`).href;
  }
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  typescript: '.ts',
  typescriptreact: '.tsx',
  javascript: '.js',
  javascriptreact: '.jsx',
  python: '.py',
  sql: '.sql',
};

function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
