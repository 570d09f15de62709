const MILLISECONDS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, min: 60_000, h: 3_600_000 };
const SECONDS: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600 };
const POWERS = ['', 'K', 'M', 'G', 'T'];

/** "200ms", "1.5s", "2min" or a number of milliseconds -> milliseconds. */
export function parseDuration(value: string | number): number {
  const { amount, unit } = split(value);
  return amount * (unit === '' ? 1 : MILLISECONDS[unit]!);
}

/** "100/s", "6000/min" or a number per second -> per second. */
export function parseRate(value: string | number): number {
  const { amount, unit } = split(value);
  return amount / (unit === '' ? 1 : SECONDS[unit.replace(/^\/\s*/, '')]!);
}

/** "512MB" (powers of 1,000), "512MiB" (powers of 1,024) or a number of bytes -> bytes. */
export function parseSize(value: string | number): number {
  const { amount, unit } = split(value);
  const power = POWERS.indexOf(unit.replace(/i?B$/, '').toUpperCase());
  return Math.round(amount * (unit.endsWith('iB') ? 1024 : 1000) ** power);
}

/** The schema has already been asked, so the value is a number or a number and a known unit. */
function split(value: string | number): { amount: number; unit: string } {
  if (typeof value === 'number') return { amount: value, unit: '' };
  const [, amount, unit] = /^([\d.]+)\s*(.*)$/.exec(value)!;
  return { amount: Number(amount), unit: unit! };
}
