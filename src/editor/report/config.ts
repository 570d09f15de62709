import * as vscode from 'vscode';
import { FailureError, failures } from '../../core/failures';
import { CONFIG_PATTERN } from '../names';

/** Every key with nothing in it, so that completion and the schema's explanations show what each is for. */
const SKELETON = `{
  "requirements": [],
  "scale": {
    "tables": {},
    "collections": {}
  },
  "paths": {
    "hot": [],
    "cold": []
  },
  "rules": {}
}
`;

/** Opens performance.json of a folder. Where there is none it is begun, unsaved: nothing is declared by looking. */
export async function openConfig(folder: vscode.Uri | undefined): Promise<void> {
  if (folder === undefined) throw new FailureError(failures.noFolder());
  const uri = vscode.Uri.joinPath(folder, CONFIG_PATTERN);
  const exists = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  if (exists) {
    await vscode.window.showTextDocument(uri);
    return;
  }
  const editor = await vscode.window.showTextDocument(uri.with({ scheme: 'untitled' }));
  await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), SKELETON));
  const inRequirements = editor.document.positionAt(SKELETON.indexOf('[') + 1);
  editor.selection = new vscode.Selection(inRequirements, inRequirements);
}
