/** PostgreSQL counts bytes of UTF-8, editors count UTF-16 units: turns an offset of the first into the second. */
export function utf16Offsets(text: string): (byteOffset: number) => number {
  // Almost all SQL is plain ASCII, where both counts agree.
  if (!/[^\0-\x7f]/.test(text)) return (byteOffset) => byteOffset;
  const bytes = Buffer.from(text, 'utf8');
  return (byteOffset) => bytes.toString('utf8', 0, byteOffset).length;
}
