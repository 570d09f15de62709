import type { Run } from '../../core/evidence';
import { clean, nameText } from '../statement';
import { counted } from '../words';
import type { ChartOf } from './model';

/** What stands above a chart of a run. */
export const chartOf = (run: Run): ChartOf => ({
  runId: run.id,
  startedAt: run.startedAt,
  subject: subjectOf(run),
  machine: machineText(run),
  caveats: run.caveats.map((caveat) => clean(caveat)),
});

/** The function that was meant, or else what was driven. */
export const subjectOf = ({ target, driver }: Run): string => nameText(target?.functionName ?? driver.label);

/** "AMD EPYC, 2 processors, linux". */
export const machineText = ({ machine }: Run): string => nameText(`${machine.cpuModel}, ${counted(machine.cpus, 'processor')}, ${machine.platform}`);
