import * as vscode from 'vscode';
import { FailureError, failures } from '../../core/failures';
import { ANALYSED_LANGUAGES } from '../names';
import { registerCommand, runCommand, text } from '../commands';
import type { Services } from '../services';
import type { Question } from './proving';

/** "Explain This Query", "Prove" and the connection to the user's own database. */
export function registerProving({ proving, log }: Services): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand('performanceEngineer.explainQuery', log, async (uri, line, character, prove) => {
      const question = questionFrom(uri, line, character, prove) ?? questionAtCursor();
      const result = await proving.prove(question);
      if (result !== undefined) await runCommand('performanceEngineer.showReport');
      return result;
    }),
    registerCommand('performanceEngineer.proveFinding', log, async (finding) => {
      const id = text(finding);
      return id === undefined ? undefined : proving.prove({ finding: id, prove: true });
    }),
    registerCommand('performanceEngineer.setConnection', log, () => proving.connection.ask()),
    registerCommand('performanceEngineer.forgetConnection', log, () => proving.connection.forget()),
  );
}

function questionFrom(uri: unknown, line: unknown, character: unknown, prove: unknown): Question | undefined {
  const document = text(uri);
  if (document === undefined || !Number.isSafeInteger(line) || !Number.isSafeInteger(character)) return undefined;
  return { uri: document, position: { line: line as number, character: character as number }, prove: prove === true };
}

/** From the palette or the context menu, what its findings recommend is tried too: that is what the person wants to know. */
function questionAtCursor(): Question {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !ANALYSED_LANGUAGES.some((language) => language === editor.document.languageId)) throw new FailureError(failures.noEditor());
  const { line, character } = editor.selection.active;
  return { uri: editor.document.uri.toString(), position: { line, character }, prove: true };
}
