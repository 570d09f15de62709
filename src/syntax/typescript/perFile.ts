import type { TypeScriptFile } from './file';

/**
 * A question about a whole file, answered once while that file is looked at: its calls ask one after the other,
 * and comparing with the last file costs less than any table.
 */
export function perFile<Answer>(ask: (file: TypeScriptFile) => Answer): (file: TypeScriptFile) => Answer {
  let last: { readonly file: TypeScriptFile; readonly answer: Answer } | undefined;
  return (file) => {
    if (last?.file !== file) last = { file, answer: ask(file) };
    return last.answer;
  };
}
