import type { Match } from '../../core/rule';
import { calleeOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { simpleAssignment } from '../../syntax/python/statements';
import type { PythonMatcher } from '../matchers';
import { isInstrument, namesMeasuring } from './instrumentation';
import { timeRequests } from './pythonFix';
import type { Facts } from './rule';

const OTEL = "Add OpenTelemetry's instrumentation or a histogram of durations by route and status";
const STARTS = /\buvicorn\.run\(|\brun_app\(|\bserve\(|\.run\(/;
const FRAMEWORKS: Readonly<Record<string, Omit<Facts, 'isStarted'>>> = {
  'fastapi.FastAPI': { framework: 'FastAPI', instead: 'Add prometheus-fastapi-instrumentator or OpenTelemetry' },
  'starlette.applications.Starlette': { framework: 'Starlette', instead: OTEL },
  'flask.Flask': { framework: 'Flask', instead: 'Add prometheus-flask-exporter or OpenTelemetry' },
  'quart.Quart': { framework: 'Quart', instead: OTEL },
  'sanic.Sanic': { framework: 'Sanic', instead: OTEL },
  'aiohttp.web.Application': { framework: 'aiohttp', instead: OTEL },
  'litestar.Litestar': { framework: 'Litestar', instead: 'Add its Prometheus or OpenTelemetry plugin' },
};
const DJANGO: Omit<Facts, 'isStarted'> = { framework: 'Django', instead: 'Add django-prometheus or OpenTelemetry to the middleware' };

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression', 'AssignStatement'],
  names: ['FastAPI', 'Starlette', 'Flask', 'Quart', 'Sanic', 'Application', 'Litestar'],

  find(node, file): Match<Facts> | undefined {
    return node.kind === 'CallExpression' ? application(node, file) : djangoSettings(node, file);
  },

  fix: (match, node, file) => (node.kind === 'CallExpression' ? timeRequests(match.facts.framework, node, file) : undefined),
};

/** `app = FastAPI()`: the first of a file, because others are mounted into it. */
function application(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const qualified = file.names.qualified(calleeOf(call)) ?? '';
  const facts = Object.hasOwn(FRAMEWORKS, qualified) ? FRAMEWORKS[qualified] : undefined;
  if (facts === undefined || call.parent?.kind !== 'AssignStatement') return undefined;
  const isFirst = file.root.descendants('CallExpression').find((other) => Object.hasOwn(FRAMEWORKS, file.names.qualified(calleeOf(other)) ?? '')) === call;
  return isFirst ? { span: call, facts: { ...facts, isStarted: STARTS.test(file.text) } } : undefined;
}

/** `MIDDLEWARE = [...]` of a Django project's settings, in which nothing measures. */
function djangoSettings(statement: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const assigned = simpleAssignment(statement);
  if (assigned?.target.text !== 'MIDDLEWARE' || assigned.value.kind !== 'ArrayExpression' || statement.parent?.kind !== 'Script') return undefined;
  if (!/\bROOT_URLCONF\b/.test(file.text)) return undefined;
  const entries = file.root.descendants('String').map(({ text }) => text.replace(/^\w*["']|["']$/g, ''));
  const middleware = assigned.value.descendants('String').map(({ text }) => text);
  if (entries.some((entry) => /^[\w.]+$/.test(entry) && isInstrument(entry)) || middleware.some(namesMeasuring)) return undefined;
  return { span: assigned.target, facts: { ...DJANGO, isStarted: false } };
}
