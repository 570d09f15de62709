/** Tells the person at the terminal, in one line, what is being done or why it did not work. */
export type Say = (line: string) => void;
