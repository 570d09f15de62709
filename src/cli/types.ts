import { join } from 'node:path';
import type { Detector } from '../detect/detector';
import { readSource } from '../workspace/files';

/** Has the compiler confirm or withdraw what the detector could only guess, in this process and file by file. */
export async function confirmTypes(detector: Detector, workspace: string): Promise<void> {
  const asking = detector.facts().flatMap(({ file }) => {
    const { questions } = detector.questions(file);
    return questions.length > 0 ? [{ file, questions }] : [];
  });
  if (asking.length === 0) return;
  const { TypeService } = await import('../types/typeService');
  const root = forwardSlashes(workspace);
  const service = new TypeService(root);
  for (const { file, questions } of asking) {
    const reading = await readSource(workspace, file);
    if (reading.kind !== 'source') continue;
    const kinds = service.ask({ file: forwardSlashes(join(workspace, file)), text: reading.text, spans: questions.map(({ span }) => span) });
    detector.answer(file, new Map(questions.map(({ key }, index) => [key, kinds[index]])));
  }
}

/** The compiler knows no other. */
function forwardSlashes(path: string): string {
  return path.replaceAll('\\', '/');
}
