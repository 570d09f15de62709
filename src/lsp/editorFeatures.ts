import { MarkupKind, type Hover, type MarkupContent } from 'vscode-languageserver';
import { answering, onRequest, requireText } from './answering';
import type { ServerContext } from './context';
import { summarise, type DocumentView } from './documentView';
import { codeActionsOf } from './features/codeActions';
import { inlayHintsOf } from './features/inlayHints';
import { lensesOf } from './features/lenses';
import { Method } from './protocol';

/** What the editor and our client ask about a document that is open. Diagnostics are not asked for: the refresher sends them. */
export function registerEditorFeatures(context: ServerContext): void {
  const { connection, sessions } = context;
  const log = connection.console;

  connection.onCodeLens(
    answering(log, 'code lenses', async ({ textDocument }) => {
      const view = sessions.settings.codeLens ? await viewOf(context, textDocument?.uri) : undefined;
      return view ? lensesOf(view, new Date()) : [];
    }),
  );

  connection.languages.inlayHint.on(
    answering(log, 'inlay hints', async ({ textDocument, range }) => {
      const view = sessions.settings.inlayHints ? await viewOf(context, textDocument?.uri) : undefined;
      return view ? inlayHintsOf(view, range) : [];
    }),
  );

  connection.onHover(
    answering(log, 'hover', async ({ textDocument, position }) => {
      const [{ hoverOf }, { tableHoverOf }] = await Promise.all([import('./features/hovers'), import('./features/tableHovers')]);
      const view = await viewOf(context, textDocument?.uri);
      return (view && together(await hoverOf(view, position, new Date()), tableHoverOf(view, position))) ?? null;
    }),
  );

  connection.onCodeAction(
    answering(log, 'code actions', async ({ textDocument, range, context: asked }) => {
      const view = await viewOf(context, textDocument?.uri);
      return view ? codeActionsOf(view, range, asked, editTarget(context, view), context.client) : [];
    }),
  );

  onRequest(context, Method.functions, async (params) => {
    const view = await viewOf(context, params?.uri);
    return view ? summarise(view) : [];
  });

  onRequest(context, Method.heat, async (params) => {
    const place = sessions.find(requireText(params?.uri, 'uri'));
    const view = await place?.session.view(place.file);
    return view ? place!.session.evidence.heatOf(view.file, view.functions) : null;
  });
}

/** A client shows one hover of a server: findings first, then the table. */
function together(findings: Hover | undefined, table: Hover | undefined): Hover | undefined {
  if (findings === undefined || table === undefined) return findings ?? table;
  const texts = [findings, table].map(({ contents }) => (contents as MarkupContent).value);
  return { range: table.range, contents: { kind: MarkupKind.Markdown, value: texts.join('\n\n---\n\n') } };
}

/** The view of an open document; undefined for one that is not looked at. */
export async function viewOf({ sessions, notebooks }: ServerContext, uri: unknown): Promise<DocumentView | undefined> {
  const cell = await notebooks.cellView(requireText(uri, 'uri'));
  if (cell) return cell;
  const place = sessions.find(requireText(uri, 'uri'));
  return place?.session.view(place.file);
}

/** Edits name the version of each document that is open, so that none is applied to another text. */
export function editTarget({ documents }: ServerContext, { uriOf }: Pick<DocumentView, 'uriOf'>): {
  uriOf(file: string): string;
  versionOf(uri: string): number | null;
} {
  return { uriOf, versionOf: (uri) => documents.get(uri)?.version ?? null };
}
