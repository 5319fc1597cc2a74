import { createRequire } from 'node:module';
import path from 'node:path';

// Every private file of Next that we import, and what we know of the files it builds, in one place. They may move with
// any version of Next: next-internals.test.ts names the version they were read in, and fails at another.

/**
 * Runs register() of instrumentation.ts now. In production Next would do so with the first visitor, and log what goes
 * wrong instead of stopping.
 */
export async function runInstrumentationRegister(root: string, distDir: string): Promise<void> {
  await import('next/dist/server/node-environment.js');
  const { ensureInstrumentationRegistered } = await import(
    'next/dist/server/lib/router-utils/instrumentation-globals.external.js'
  );
  await ensureInstrumentationRegistered(root, distDir);
}

export type RouteHandler = (request: Request) => Promise<Response>;
export type RouteHandlers = Record<'GET' | 'POST', RouteHandler>;

interface BuiltRoute {
  routeModule: { ensureUserland(): Promise<void>; userland: RouteHandlers };
}

/**
 * The exports of the route.ts of an address without parameters, loaded from the same built file as Next loads: the same
 * functions in the same modules.
 */
export async function loadRouteHandlers(distDir: string, route: string): Promise<RouteHandlers> {
  const require = createRequire(path.join(distDir, 'package.json'));
  const { routeModule }: BuiltRoute = require(path.join(distDir, 'server', 'app', route, 'route.js'));
  await routeModule.ensureUserland();
  const { GET, POST } = routeModule.userland;
  if (typeof GET !== 'function' || typeof POST !== 'function') throw new Error(`${route} has no handlers.`);
  return { GET, POST };
}
