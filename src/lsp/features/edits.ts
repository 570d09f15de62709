import type { AnnotatedTextEdit, CreateFile, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { createdFiles, type FindingFix } from '../../core/finding';
import type { CreatedFile } from '../../core/rule';

/** What of WorkspaceEdit the client understands. */
export interface EditCapabilities {
  /** Edits that name a version and may create files. */
  readonly documentChanges: boolean;
  readonly createFiles: boolean;
  /** Edits the user must confirm in a preview. */
  readonly changeAnnotations: boolean;
}

/** Where a fix is applied: URIs and the versions of open documents. */
export interface EditTarget {
  uriOf(file: string): string;
  /** null for a file that is not open. */
  versionOf(uri: string): number | null;
}

const CONFIRM = 'confirm';

/** A fix as a WorkspaceEdit; undefined where the client cannot carry it out. */
export function fixEdit(fix: FindingFix, target: EditTarget, client: EditCapabilities): WorkspaceEdit | undefined {
  const created = createdFiles(fix);
  if (!client.documentChanges) return created.length > 0 ? undefined : { changes: plainChanges(fix, target) };
  if (created.length > 0 && !client.createFiles) return undefined;
  const annotated = fix.kind === 'suggestion' && client.changeAnnotations;
  const mark = <E extends TextEdit>(edit: E): E | AnnotatedTextEdit => (annotated ? { ...edit, annotationId: CONFIRM } : edit);
  return {
    documentChanges: [
      ...created.flatMap((file) => creation(file, target, mark, annotated)),
      ...[...editsByFile(fix)].map(([file, edits]): TextDocumentEdit => {
        const uri = target.uriOf(file);
        return { textDocument: { uri, version: target.versionOf(uri) }, edits: edits.map(mark) };
      }),
    ],
    ...(annotated && {
      changeAnnotations: { [CONFIRM]: { label: fix.title, needsConfirmation: true, description: fix.caveat } },
    }),
  };
}

function creation(
  { file, text }: CreatedFile,
  target: EditTarget,
  mark: (edit: TextEdit) => TextEdit,
  annotated: boolean,
): (CreateFile | TextDocumentEdit)[] {
  const uri = target.uriOf(file);
  const start = { line: 0, character: 0 };
  return [
    { kind: 'create', uri, options: { ignoreIfExists: false }, ...(annotated && { annotationId: CONFIRM }) },
    { textDocument: { uri, version: null }, edits: [mark({ range: { start, end: start }, newText: text })] },
  ];
}

function plainChanges(fix: FindingFix, target: EditTarget): Record<string, TextEdit[]> {
  return Object.fromEntries([...editsByFile(fix)].map(([file, edits]) => [target.uriOf(file), edits]));
}

function editsByFile(fix: FindingFix): Map<string, TextEdit[]> {
  const byFile = new Map<string, TextEdit[]>();
  for (const { file, range, newText } of fix.edits) {
    const edits = byFile.get(file);
    if (edits) edits.push({ range, newText });
    else byFile.set(file, [{ range, newText }]);
  }
  return byFile;
}
