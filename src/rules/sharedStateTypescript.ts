import type { TypeScriptFile } from '../syntax/typescript/file';
import { functionNameAround } from '../syntax/typescript/functions';
import { isLookedUp } from '../syntax/typescript/sharedLookups';
import type { SharedCollection } from '../syntax/typescript/sharedState';
import type { Addition } from '../syntax/typescript/sharedUses';
import { valueSource } from '../syntax/typescript/values';
import { combined, domainOfName, stateKept, type KeyDomain } from './sharedState';

/** What a shared collection is for: each is the business of one rule. */
export type SharedUse = { readonly kind: 'state'; readonly what: string } | { readonly kind: 'cache'; readonly lookup: Addition } | { readonly kind: 'collection' };

/** Functions that the program calls while it is set up. */
const REGISTERING = /(?:^|\.)(?:register|define|declare|install|setup|init|configure|bootstrap|constructor)[A-Z]?\w*$/;

export function useOf(collection: SharedCollection): SharedUse {
  const isRegistry = writersOf(collection).every((name) => REGISTERING.test(name));
  const what = isRegistry ? undefined : stateKept(collection.name);
  if (what !== undefined) return { kind: 'state', what };
  const lookup = isRegistry ? undefined : collection.additions.find((addition) => isLookedUp(collection, addition));
  return lookup ? { kind: 'cache', lookup } : { kind: 'collection' };
}

/** Whether keys come from a set that somebody has written down, or from outside. */
export function keyDomain({ key }: Addition, file: TypeScriptFile): KeyDomain {
  if (key === undefined) return 'open';
  const source = valueSource(key, file);
  if (source.kind === 'fixed') return 'fixed';
  return source.names.length === 0 ? 'unknown' : combined(source.names.map(domainOfName));
}

/** The functions that add to a collection, by the names the workspace knows them under. */
export function writersOf(collection: SharedCollection): readonly string[] {
  return [...new Set(collection.additions.map(({ node }) => functionNameAround(node)))];
}

const CLIENT_MODULES = /^(?:react(?:-dom)?|preact|vue|svelte|solid-js|@angular\/core|jquery|next\/(?:link|navigation|image))(?:\/|$)/;
const CLIENT_GLOBALS = /\b(?:window|document|localStorage)\s*\./;

/** Code that runs in one person's browser keeps state for that person, until the page is closed. */
export function isClientCode(file: TypeScriptFile): boolean {
  return /\.[jt]sx$/.test(file.path) || /^\s*['"]use client['"]/.test(file.text) || file.importsFrom(CLIENT_MODULES) || CLIENT_GLOBALS.test(file.text);
}
