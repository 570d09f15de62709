import { CodeActionKind, type CodeAction, type CodeActionContext } from 'vscode-languageserver';
import type { FindingFix } from '../../core/finding';
import { comparePositions, type Range } from '../../core/text';
import { shown, titleOf, type DocumentView, type Judged } from '../documentView';
import type { Commands } from '../protocol';
import { fixEdit, type EditCapabilities, type EditTarget } from './edits';

/** "Fix all" of this product; it applies safe fixes and nothing else. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.performanceEngineer`;

export const CODE_ACTION_KINDS: readonly string[] = [CodeActionKind.QuickFix, FIX_ALL];

/** The code actions for a range, of the kinds the client asks for. */
export function codeActionsOf(
  view: DocumentView,
  range: Range,
  context: CodeActionContext,
  target: EditTarget,
  client: EditCapabilities,
): CodeAction[] {
  const wants = (kind: string): boolean => context.only?.some((only) => kind === only || kind.startsWith(`${only}.`)) ?? kind === CodeActionKind.QuickFix;
  const here = shown(view).filter(({ finding }) => overlaps(finding.range, range));
  return [
    ...(wants(CodeActionKind.QuickFix) ? here.flatMap((judged) => quickFixes(view, judged, context, target, client)) : []),
    ...(wants(FIX_ALL) ? fixAll(view, target, client) : []),
  ];
}

function quickFixes(
  view: DocumentView,
  { finding }: Judged,
  context: CodeActionContext,
  target: EditTarget,
  client: EditCapabilities,
): CodeAction[] {
  const diagnostics = context.diagnostics.filter(({ data }) => data === finding.id);
  const action = (title: string, more: Partial<CodeAction>): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    ...more,
  });
  const fixes = finding.fixes.flatMap((fix) => {
    const edit = fixEdit(fix, target, client);
    return edit ? [action(fix.title, { edit, isPreferred: fix.kind === 'safe' })] : [];
  });
  if (view.rule(finding.rule) === undefined) return fixes;
  const title = titleOf(view, finding);
  return [
    ...fixes,
    commandAction(action, `Suppress “${title}” with a reason`, 'performanceEngineer.dismissFinding', [view.uri, finding.id]),
    commandAction(action, `Open the rule page of “${title}”`, 'performanceEngineer.openRule', [finding.rule]),
  ];
}

function commandAction<Name extends keyof Commands>(
  action: (title: string, more: Partial<CodeAction>) => CodeAction,
  title: string,
  name: Name,
  args: Commands[Name],
): CodeAction {
  return action(title, { command: { title, command: name, arguments: args } });
}

/** One edit with every safe fix of the document; of two that overlap the first is taken. */
function fixAll(view: DocumentView, target: EditTarget, client: EditCapabilities): CodeAction[] {
  const taken: FindingFix['edits'][number][] = [];
  for (const { finding } of shown(view)) {
    const fix = finding.fixes.find(({ kind }) => kind === 'safe');
    if (fix === undefined || fix.create || fix.edits.some(({ file }) => file !== view.file)) continue;
    if (!fix.edits.some(({ range }) => taken.some((other) => overlaps(range, other.range)))) taken.push(...fix.edits);
  }
  if (taken.length === 0) return [];
  const title = 'Apply all safe performance fixes';
  const edit = fixEdit({ title, kind: 'safe', edits: taken }, target, client);
  return edit ? [{ title, kind: FIX_ALL, edit }] : [];
}

function overlaps(a: Range, b: Range): boolean {
  return comparePositions(a.start, b.end) <= 0 && comparePositions(b.start, a.end) <= 0;
}
