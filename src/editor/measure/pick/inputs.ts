/** Looks at what was typed into a box. Each gives what is wrong with it, or undefined. */

/** ":id" of Express, "{id}" of FastAPI, "<int:id>" of Flask and Django, "[id]" and "*" of routers by file. */
const PARAMETER = /:[A-Za-z_]\w*|[{}<>[\]*]/;

/** Whether a route has parts that stand for values. */
export function hasParameters(route: string): boolean {
  return PARAMETER.test(route);
}

export function problemOfRoute(text: string): string | undefined {
  return /^[A-Za-z]+ \/\S*$/.test(text.trim()) ? undefined : 'A route is a method and a path, such as "GET /orders".';
}

export function problemOfPath(text: string): string | undefined {
  if (!/^\/\S*$/.test(text)) return 'A path begins with "/" and has no spaces.';
  return hasParameters(text.replace(/\?.*$/, '')) ? 'Put a value in the place of each parameter, such as /orders/42.' : undefined;
}

/** A whole number from 1 to `most`. */
export function problemOfNumber(text: string, most: number): string | undefined {
  const value = Number(text);
  return Number.isInteger(value) && value >= 1 && value <= most ? undefined : `A whole number from 1 to ${most.toLocaleString('en')}.`;
}
