import { z } from 'zod';
import { emailAddressSchema, personNameSchema } from '@/db/input/field-schemas';
import * as schemas from './api-schemas';
import { PROBLEMS, type ProblemCode } from './problem-responses';

// Builds openapi.json from the schemas that the handlers check requests with.

interface Call {
  method: 'get' | 'post';
  path: string;
  id: string;
  summary: string;
  query?: z.ZodType;
  headers?: z.ZodType;
  body?: z.ZodType;
  uid?: string;
  needsToken?: boolean;
  answer: z.ZodType;
  status?: number;
  /** The schema of an answer with status 202, where nothing is done yet. */
  notYet?: z.ZodType;
  problems?: ProblemCode[];
}

const CALLS: Call[] = [
  {
    method: 'get',
    path: '/services',
    id: 'listServices',
    summary: 'What is offered, in which lengths, at what price and by whom.',
    answer: schemas.servicesAnswerSchema,
  },
  {
    method: 'get',
    path: '/therapists',
    id: 'listTherapists',
    summary: 'Who works here and what they give.',
    answer: schemas.therapistsAnswerSchema,
  },
  {
    method: 'get',
    path: '/openings',
    id: 'listOpenings',
    summary: 'Every start that could be booked now, ascending, and with whom.',
    query: schemas.openingsQuerySchema,
    answer: schemas.openingsAnswerSchema,
    problems: ['invalid'],
  },
  {
    method: 'get',
    path: '/standing-times',
    id: 'listStandingTimes',
    summary:
      'Weekday and time for a whole series: how many of its sessions are open, which clash, what could stand in.',
    query: schemas.standingTimesQuerySchema,
    answer: schemas.standingTimesAnswerSchema,
    problems: ['invalid'],
  },
  {
    method: 'post',
    path: '/series',
    id: 'bookSeries',
    summary:
      'Books every appointment named, or none. The same key and body replays the first answer. Beyond what addresses that nobody has confirmed may hold, it is kept until its client confirms it: 202.',
    headers: schemas.seriesHeadersSchema,
    body: schemas.seriesBodySchema,
    answer: schemas.bookedAnswerSchema,
    status: 201,
    notYet: schemas.pendingBookingAnswerSchema,
    problems: ['invalid', 'taken', 'idempotency_mismatch'],
  },
  {
    method: 'get',
    path: '/series/{uid}',
    id: 'getSeries',
    summary: 'One series, as it is now.',
    uid: 'Of the series.',
    needsToken: true,
    answer: schemas.seriesAnswerSchema,
  },
  {
    method: 'post',
    path: '/appointments/{uid}/cancel',
    id: 'cancelAppointments',
    summary: 'Cancels this appointment, this and the following, or all upcoming ones.',
    uid: 'Of the appointment.',
    needsToken: true,
    body: schemas.cancelBodySchema,
    answer: schemas.seriesAnswerSchema,
    problems: ['invalid', 'cutoff', 'conflict'],
  },
  {
    method: 'post',
    path: '/appointments/{uid}/move',
    id: 'moveAppointments',
    summary: 'Moves this appointment, this and the following, or all upcoming ones, and to another therapist if named.',
    uid: 'Of the appointment.',
    needsToken: true,
    body: schemas.moveBodySchema,
    answer: schemas.seriesAnswerSchema,
    problems: ['invalid', 'taken', 'cutoff', 'conflict', 'held_back', 'unconfirmed'],
  },
  {
    method: 'get',
    path: '/health',
    id: 'getHealth',
    summary: 'Whether the database is there and takes writes.',
    answer: schemas.healthAnswerSchema,
  },
];

const DESCRIPTION = `Times are ISO 8601 with an offset; days are local days of the practice. Fields that are not \
described are left unread: prices, states and roles are never taken from a request. Calls take no cookie. Pages of \
other sites may not call them: there are no CORS headers, and a change sent with a foreign Origin is refused. Limits \
count by address: 20 bookings a minute and 100 an hour, 60 changes and 600 reads a minute, where a search for times counts as two.`;

type Json = Record<string, unknown>;

export function buildOpenApiDescription(): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Fortnight',
      version: '1',
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1' }],
    paths: pathsOf(CALLS),
    components: {
      schemas: {
        Problem: jsonSchemaOf(schemas.problemAnswerSchema, 'output'),
        Series: jsonSchemaOf(schemas.seriesAnswerSchema, 'output'),
        ...Object.fromEntries(Object.keys(PROBLEMS).map((code) => [code, problemSchemaOf(code as ProblemCode)])),
      },
      securitySchemes: {
        manageToken: { type: 'http', scheme: 'bearer', description: 'The manageToken a booking was answered with.' },
      },
    },
  };
}

function pathsOf(calls: Call[]): Json {
  const paths: Record<string, Json> = {};
  for (const call of calls) paths[call.path] = { ...paths[call.path], [call.method]: operationOf(call) };
  return paths;
}

function operationOf(call: Call): Json {
  const answer =
    call.answer === schemas.seriesAnswerSchema
      ? { $ref: '#/components/schemas/Series' }
      : jsonSchemaOf(call.answer, 'output');
  return {
    operationId: call.id,
    summary: call.summary,
    security: call.needsToken ? [{ manageToken: [] }] : [],
    parameters: [
      ...(call.uid
        ? [{ name: 'uid', in: 'path', required: true, description: call.uid, schema: { type: 'string' } }]
        : []),
      ...parametersOf(call.query, 'query'),
      ...parametersOf(call.headers, 'header'),
    ],
    ...(call.body && {
      requestBody: { required: true, content: { 'application/json': { schema: jsonSchemaOf(call.body, 'input') } } },
    }),
    responses: {
      [call.status ?? 200]: { description: 'Done.', content: { 'application/json': { schema: answer } } },
      ...(call.notYet && {
        202: {
          description: 'Not booked yet.',
          content: { 'application/json': { schema: jsonSchemaOf(call.notYet, 'output') } },
        },
      }),
      ...refusalsOf(call),
    },
  };
}

function parametersOf(schema: z.ZodType | undefined, place: 'query' | 'header'): Json[] {
  if (!schema) return [];
  const { properties, required } = jsonSchemaOf(schema, 'input') as { properties: Json; required?: string[] };
  return Object.entries(properties).map(([name, type]) => ({
    name,
    in: place,
    required: required?.includes(name) ?? false,
    schema: type,
  }));
}

/** One answer for each status, as OpenAPI requires. Its `code` tells apart the problems that share a status. */
function refusalsOf({ id, problems = [], needsToken, body }: Call): Json {
  const codes: ProblemCode[] = [
    ...problems,
    ...(needsToken ? (['unauthenticated', 'not_found'] as const) : []),
    ...(body ? (['cross_site', 'too_large', 'unsupported_media_type'] as const) : []),
    'method_not_allowed',
    'rate_limited',
    'internal',
    'busy',
    ...(id === 'getHealth' ? [] : (['not_set_up'] as const)),
  ];
  const byStatus = new Map<number, ProblemCode[]>(body ? [[400, ['invalid']]] : []);
  for (const code of codes) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries([...byStatus].map(([status, same]) => [status, refusalOf(status, same)]));
}

function refusalOf(status: number, codes: ProblemCode[]): Json {
  const headers = { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } };
  const schemas = codes.map((code) => ({ $ref: `#/components/schemas/${code}` }));
  return {
    description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('; '),
    ...((status === 429 || status === 503) && { headers }),
    content: { 'application/problem+json': { schema: schemas.length > 1 ? { oneOf: schemas } : schemas[0] } },
  };
}

/** The schema of a problem: its `type` leads to the description of its code. */
function problemSchemaOf(code: ProblemCode): Json {
  return {
    description: `\`${code}\`: ${PROBLEMS[code].title}`,
    allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { const: code } } }],
  };
}

function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io, override: describeSchemaPlainly });
  return described;
}

/**
 * A pattern is left out where a format says the same. The format also fits e-mail addresses better: they are put into
 * lower case before the pattern is tested.
 */
function describeSchemaPlainly({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: unknown;
  jsonSchema: z.core.JSONSchema.BaseSchema;
}) {
  if (zodSchema === emailAddressSchema) Object.assign(jsonSchema, { format: 'email', maxLength: 254 });
  if (zodSchema === personNameSchema)
    Object.assign(jsonSchema, { description: 'At most 120 letters, as a reader counts them.' });
  if (jsonSchema.format) delete jsonSchema.pattern;
}
