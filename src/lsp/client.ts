import type { ClientCapabilities } from 'vscode-languageserver';
import type { EditCapabilities } from './features/edits';

/** What the client can do, as far as it makes a difference here. */
export interface Client extends EditCapabilities {
  readonly refreshCodeLenses: boolean;
  readonly refreshInlayHints: boolean;
  readonly watchFiles: boolean;
  readonly folderChanges: boolean;
}

export function readClient(capabilities: ClientCapabilities): Client {
  const { workspace } = capabilities;
  const edits = workspace?.workspaceEdit;
  return {
    documentChanges: edits?.documentChanges === true,
    createFiles: edits?.resourceOperations?.includes('create') === true,
    changeAnnotations: edits?.changeAnnotationSupport !== undefined,
    refreshCodeLenses: workspace?.codeLens?.refreshSupport === true,
    refreshInlayHints: workspace?.inlayHint?.refreshSupport === true,
    watchFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    folderChanges: workspace?.workspaceFolders === true,
  };
}
