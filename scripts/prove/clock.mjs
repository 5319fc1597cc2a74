// Loaded into a server by NODE_OPTIONS: puts its clock ahead by CLOCK_AHEAD_MS, so that what ends in a year ends now.
const ahead = Number(process.env.CLOCK_AHEAD_MS);
const now = Date.now.bind(Date);
Date.now = () => now() + ahead;
globalThis.Date = new Proxy(Date, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length > 0 ? args : [now() + ahead], newTarget),
});
