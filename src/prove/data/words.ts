import { noise, skewed } from './randomness';

const ONSETS = ['b', 'br', 'd', 'dr', 'f', 'fl', 'g', 'gr', 'h', 'k', 'kl', 'l', 'm', 'n', 'p', 'pl', 'r', 's', 'st', 't', 'tr', 'v', 'w', 'z'];
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'ou'];
const ENDS = ['', '', 'n', 'r', 's', 'l', 'm', 'nd', 'rt', 'x'];

/** As many different words as a catalogue of products or a collection of titles has. */
const VOCABULARY = 4_000;
/** Roughly the skew of words in a natural text: the first hundred make up a third of it. */
const WORD_SKEW = 2.5;

const known: string[] = [];

/** The n-th word of the made-up language: two or three syllables, five letters or more. */
function word(n: number): string {
  return (known[n] ??= makeWord(n));
}

function makeWord(n: number): string {
  const part = (list: readonly string[], salt: number): string => list[Math.floor(noise(7, salt, n) * list.length)]!;
  const syllables = 2 + (noise(7, 0, n) > 0.6 ? 1 : 0);
  let text = '';
  for (let i = 0; i < syllables; i++) text += part(ONSETS, 10 + i) + part(VOWELS, 20 + i);
  return (text + part(ENDS, 30)).padEnd(5, 'o');
}

/** `count` words for a value; the same arguments give the same words. */
export function wordsFor(seed: number, k: number, count: number): string {
  let text = word(skewed(noise(seed, 100, k), VOCABULARY, WORD_SKEW));
  for (let i = 1; i < count; i++) text += ` ${word(skewed(noise(seed, 100 + i, k), VOCABULARY, WORD_SKEW))}`;
  return text;
}
