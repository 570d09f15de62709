/** How a share of the time is shown, hottest first. A line gets the first level whose `from` it reaches. */
export const HEAT_LEVELS = [
  { id: 'performanceEngineer.heat.extreme', from: 0.25, name: 'a quarter of the time and more' },
  { id: 'performanceEngineer.heat.high', from: 0.1, name: 'a tenth of the time and more' },
  { id: 'performanceEngineer.heat.medium', from: 0.05, name: 'a twentieth of the time and more' },
  { id: 'performanceEngineer.heat.low', from: 0.01, name: 'one percent of the time and more' },
  { id: 'performanceEngineer.heat.minimal', from: 0, name: 'less than one percent of the time' },
] as const;

/** Behind dark and behind light text: the same hue, ever fainter. High contrast marks levels by a stronger tint. */
const TINTS = [
  { dark: '#f14c4caa', light: '#e5140066', contrast: '#ff5d5dcc' },
  { dark: '#f1774c88', light: '#e5571f50', contrast: '#ff8a5dbb' },
  { dark: '#e2a03f66', light: '#d98c1a45', contrast: '#ffb84daa' },
  { dark: '#cca70040', light: '#bf8f0030', contrast: '#ffd75d88' },
  { dark: '#cca70018', light: '#bf8f0014', contrast: '#ffd75d44' },
] as const;

export const colors = HEAT_LEVELS.map(({ id, name }, level) => {
  const { dark, light, contrast } = TINTS[level]!;
  return {
    id,
    description: `Line heat: background of a line that took ${name}.`,
    defaults: { dark, light, highContrast: contrast, highContrastLight: light },
  };
});
