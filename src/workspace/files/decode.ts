import type { SourceLanguage } from '../../core/language';

/** PEP 263: the encoding that one of the first two lines of a Python file declares. */
const PYTHON_CODING = /^(?:[ \t\f]*#[^\r\n]*\r?\n|[ \t\f]*\r?\n)?[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)/;

/** The text of a source file without its byte order mark; undefined where the bytes are no text. */
export function decodeSource(bytes: Uint8Array, language: SourceLanguage | undefined): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decode(bytes, 'utf-16be');
  if (bytes.includes(0)) return undefined;
  const declared = language === 'python' ? declaredEncoding(bytes) : undefined;
  // Old sources that are not UTF-8 are nearly always Windows-1252, and its ASCII half is right in any case.
  return (declared && decode(bytes, declared)) ?? decode(bytes, 'utf-8') ?? decode(bytes, 'windows-1252');
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 400));
  const name = PYTHON_CODING.exec(head)?.[1]?.toLowerCase().replace(/_/g, '-');
  return name?.replace(/^latin-(?=\d)/, 'latin').replace(/^utf-8-sig$/, 'utf-8');
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // A RangeError for an encoding that is not known, a TypeError for bytes that are not of it.
    return undefined;
  }
}
