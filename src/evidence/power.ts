import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '../core/evidence';

const SUPPLIES = '/sys/class/power_supply';
const GOVERNOR = '/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor';
const ASK_MS = 2000;

/** What may slow a processor down, as far as the system says it: Linux and macOS do. */
export function powerState(system: NodeJS.Platform = process.platform): Pick<Machine, 'power'> {
  const power = system === 'linux' ? linuxPower() : system === 'darwin' ? macPower() : {};
  return Object.keys(power).length > 0 ? { power } : {};
}

type Power = NonNullable<Machine['power']>;

/** @param root a test's own copy of the system's files */
export function linuxPower(root = ''): Power {
  const governor = line(join(root, GOVERNOR));
  const source = linuxSource(join(root, SUPPLIES));
  return { ...(source && { source }), ...(governor && { governor }) };
}

/** A machine without a battery runs on mains, but only a machine that lists its supplies can be known to have none. */
function linuxSource(folder: string): Power['source'] {
  const supplies = namesIn(folder).map((name) => (key: string) => line(join(folder, name, key)));
  if (supplies.some((of) => of('type') === 'Mains' && of('online') === '1')) return 'mains';
  const statuses = supplies.flatMap((of) => (of('type') === 'Battery' && of('scope') !== 'Device' ? [of('status')] : []));
  if (statuses.length === 0) return undefined;
  return statuses.includes('Discharging') ? 'battery' : 'mains';
}

function macPower(): Power {
  try {
    return macPowerOf(pmset('-g', 'batt'), pmset('-g'));
  } catch {
    // A measurement does not fail for want of this.
    return {};
  }
}

function pmset(...argv: string[]): string {
  return execFileSync('pmset', argv, { encoding: 'utf8', timeout: ASK_MS, stdio: ['ignore', 'pipe', 'ignore'] });
}

/** Reads what `pmset -g batt` and `pmset -g` print. */
export function macPowerOf(battery: string, settings: string): Power {
  const drawing = /Now drawing from '(AC|Battery) Power'/.exec(battery)?.[1];
  const isLow = /^\s*(?:lowpowermode|powermode)\s+1\b/m.test(settings);
  return {
    ...(drawing && { source: drawing === 'AC' ? 'mains' : 'battery' }),
    ...(isLow && { governor: 'low power mode' }),
  };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function line(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}
