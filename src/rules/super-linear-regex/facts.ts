import type { SuperLinear } from '../../syntax/regex/analysis';
import type { Facts } from './rule';

const LONGEST_TEXT = 60;

export function factsOf(pattern: string, { part, growth, character }: SuperLinear): Facts {
  return { pattern: shortened(pattern), part: shortened(part), growth, character: JSON.stringify(character) };
}

function shortened(text: string): string {
  const folded = text.replace(/\s+/g, ' ');
  return folded.length <= LONGEST_TEXT ? folded : `${folded.slice(0, LONGEST_TEXT - 1)}…`;
}
