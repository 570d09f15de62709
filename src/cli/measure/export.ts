import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { FailureError, failures } from '../../core/failures';
import { formatBytes } from '../../core/format';
import { exportRun } from '../../evidence/export/export';
import { EvidenceStore } from '../../evidence/store';
import type { Output } from '../output';
import type { RunsArguments } from './arguments';

/** Carries out `runs export`: writes a run of the current folder to a file, or to the standard output. */
export async function exportStored({ run: id, as, output: file }: NonNullable<RunsArguments['exported']>, output: Output): Promise<number> {
  const store = new EvidenceStore(resolve('.'));
  const { runs } = await store.list();
  const run = runs.find((each) => each.id === id);
  if (run === undefined) throw new FailureError(failures.unknownRun(id));
  const bytes = await exportRun(store.folder, run, as);
  if (file === undefined) {
    output.print(bytes);
    return 0;
  }
  await writeFile(file, bytes).catch((error: unknown) => {
    throw new FailureError(failures.exportNotWritten(file, error));
  });
  output.warn(`Wrote ${formatBytes(bytes.length)} to ${file}`);
  return 0;
}
