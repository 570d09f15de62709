/** Making a formatter costs a hundred times what using one does. */
const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 });

/** 1234 -> "1,234"; 0.5 -> "0.5". Numbers in sentences always use this form. */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return 'unbounded';
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  return COUNT.format(rounded);
}

/** "n = 1,000 (assumed)": a size never stands without where it came from. */
export function formatSize({ n, basis }: { readonly n: number; readonly basis: 'literal' | 'declared' | 'assumed' }): string {
  return `n = ${formatCount(n)}${basis === 'literal' ? '' : ` (${basis})`}`;
}

/** The largest value of each unit; two of the next one are said in it. */
const DURATIONS = [
  ['ms', 1, 1000],
  ['s', 1000, 120_000],
  ['min', 60_000, 2 * 3_600_000],
  ['h', 3_600_000, 2 * 86_400_000],
  ['days', 86_400_000, 2 * 365 * 86_400_000],
  ['years', 365 * 86_400_000, Infinity],
] as const;

/** Milliseconds as people say them: "0.27 ms", "120 ms", "4.8 s", "50 min", "3 days". */
export function formatDuration(milliseconds: number): string {
  const [unit, size] = DURATIONS.find(([, , limit]) => milliseconds < limit) ?? DURATIONS.at(-1)!;
  const value = milliseconds / size;
  return value > 1e6 ? `more than 1,000,000 ${unit}` : `${formatCount(value)} ${unit}`;
}

export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${formatCount(value)} ${units[unit]}`;
}

/** A share of 0 to 1 as "96 %"; below one percent it says so instead of rounding to nothing. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 1) return 'under 1 %';
  return `${formatCount(Math.round(percent * 10) / 10)} %`;
}
