import * as vscode from 'vscode';
import type { Range } from '../core/text';

/** A range of ours as one of VS Code's; both count lines and UTF-16 columns from zero. */
export function rangeOf({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
