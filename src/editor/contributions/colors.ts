/** How a share of the time is shown, hottest first. A line gets the first level whose `from` it reaches. */
export const HEAT_LEVELS = [
  { id: 'performanceEngineer.heat.extreme', from: 0.25, name: 'a quarter of the time and more' },
  { id: 'performanceEngineer.heat.high', from: 0.1, name: 'a tenth of the time and more' },
  { id: 'performanceEngineer.heat.medium', from: 0.05, name: 'a twentieth of the time and more' },
  { id: 'performanceEngineer.heat.low', from: 0.01, name: 'one percent of the time and more' },
  { id: 'performanceEngineer.heat.minimal', from: 0, name: 'less than one percent of the time' },
] as const;

/** Faint enough that the figure on them keeps a contrast of 4.5 to 1, in high contrast of 7 to 1. */
const TINTS = [
  { dark: '#f14c4c80', light: '#e5140066', contrast: '#a01e1e' },
  { dark: '#f1774c66', light: '#e5571f50', contrast: '#8a3c14' },
  { dark: '#e2a03f50', light: '#d98c1a45', contrast: '#6e4f14' },
  { dark: '#cca70038', light: '#bf8f0030', contrast: '#4a4212' },
  { dark: '#cca70018', light: '#bf8f0014', contrast: '#2a260c' },
] as const;

export const colors = HEAT_LEVELS.map(({ id, name }, level) => {
  const { dark, light, contrast } = TINTS[level]!;
  return {
    id,
    description: `Line heat: background of a line that took ${name}.`,
    defaults: { dark, light, highContrast: contrast, highContrastLight: light },
  };
});
