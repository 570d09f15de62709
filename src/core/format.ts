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

/** Milliseconds as people say them: "0.27 ms", "120 ms", "4.8 s", "50 min". */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${formatCount(milliseconds)} ms`;
  if (milliseconds < 120_000) return `${formatCount(milliseconds / 1000)} s`;
  return `${formatCount(milliseconds / 60_000)} min`;
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
