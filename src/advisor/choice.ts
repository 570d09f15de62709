/** Takes one of several by its label, as a model names it. */
export function chooseByLabel<Choice extends { readonly label: string }>(
  choices: readonly Choice[],
  /** Without one the first is taken, which is the best, unless there has to be only one. */
  label: string | undefined,
  { none, mayGuess }: { readonly none: string; readonly mayGuess: boolean },
): { readonly choice: Choice } | { readonly why: string } {
  const [first] = choices;
  if (first === undefined) return { why: none };
  if (label === undefined && (mayGuess || choices.length === 1)) return { choice: first };
  const choice = choices.find((each) => each.label === label);
  if (choice !== undefined) return { choice };
  const labels = choices.map((each) => each.label).join('; ');
  return { why: label === undefined ? `There are several: ${labels}. Name one.` : `There is no "${label.slice(0, 100)}". There are: ${labels}.` };
}
