/** What the workbench is to open with. Paths are absolute paths on the server's machine. */
export interface WorkbenchPage {
  /** Without a folder the window is empty. */
  readonly folder?: string;
  /** Honoured only by a server started with its test driver. */
  readonly test?: { readonly extension: string; readonly suite: string };
}

/** The address of a workbench page on a VS Code server. `origin` has no slash at the end. */
export function workbenchUrl(origin: string, page: WorkbenchPage): string {
  const url = new URL(`${origin}/`);
  if (page.folder === undefined) {
    url.searchParams.set('ew', 'true');
  } else {
    url.searchParams.set('folder', asUrlPath(page.folder));
  }
  if (page.test !== undefined) {
    const remote = `vscode-remote://${url.host}`;
    const payload = [
      ['extensionDevelopmentPath', remote + asUrlPath(page.test.extension)],
      ['extensionTestsPath', remote + asUrlPath(page.test.suite)],
      ['enableProposedApi', ''],
      ['skipWelcome', 'true'],
      ['skipReleaseNotes', 'true'],
    ];
    url.searchParams.set('payload', JSON.stringify(payload));
  }
  // A query may hold slashes, and people read this address.
  return url.href.replaceAll('%2F', '/');
}

/** C:\work becomes /C:/work; other systems' paths are already right. */
function asUrlPath(path: string): string {
  const forward = path.replaceAll('\\', '/');
  return forward.startsWith('/') ? forward : `/${forward}`;
}
