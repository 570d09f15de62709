import { randomBytes } from 'node:crypto';

/** A run's id: its UTC start to the second and six random digits, so ids sort by time and two runs at once differ. */
export function newRunId(startedAt: Date): string {
  const stamp = startedAt.toISOString().slice(0, 19).replace(/[-:]/g, '');
  return `${stamp}-${randomBytes(3).toString('hex')}`;
}

export const RUN_ID = /^\d{8}T\d{6}-[0-9a-f]{6}$/;
