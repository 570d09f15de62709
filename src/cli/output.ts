import { styleText } from 'node:util';

export type Colour = 'bold' | 'dim' | 'red' | 'yellow' | 'cyan' | 'gray';

/** Marks a text for the eye, or leaves it as it is where nobody would see the mark. */
export type Style = (colour: Colour, text: string) => string;

/** Where a command prints. What is no result goes to the standard error stream, so that it never spoils JSON. */
export interface Output {
  print(text: string | Uint8Array): void;
  /** A line about the work itself. */
  warn(text: string): void;
  /** The output of a program that was started, as it comes. */
  stream(text: string): void;
  readonly style: Style;
}

/** https://no-color.org: any value that is not empty switches colours off. */
function hasColours(): boolean {
  if (process.env.NO_COLOR) return false;
  return process.env.FORCE_COLOR === undefined ? process.stdout.isTTY === true : process.env.FORCE_COLOR !== '0';
}

export function terminalOutput(): Output {
  const coloured = hasColours();
  return {
    print: (text) => void process.stdout.write(text),
    warn: (text) => void process.stderr.write(`${text}\n`),
    stream: (text) => void process.stderr.write(text),
    style: (colour, text) => (coloured ? styleText(colour, text) : text),
  };
}
