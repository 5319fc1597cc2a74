// Prints one JSON line a figure. `npm run bench -- free standing` runs those whose group begins so; all, when none is
// named. A group is a generator of figures: to add one, write it in bench/ and name it here.

const groups = {
  'free-starts': async () => (await import('./bench/free-starts.mjs')).freeStartsFigures(),
  'standing-times': async () => (await import('./bench/standing-times.mjs')).standingTimesFigures(),
  database: async () => (await import('./bench/database.mjs')).databaseFigures(),
  clients: async () => (await import('./bench/clients.mjs')).clientsFigures(),
  http: async () => (await import('./bench/http.mjs')).httpFigures(),
  stall: async () => (await import('./bench/stall.mjs')).stallFigures(),
  steady: async () => (await import('./bench/steady.mjs')).steadyFigures(),
};

const wanted = process.argv.slice(2);
for (const [name, load] of Object.entries(groups)) {
  if (wanted.length > 0 && !wanted.some((start) => name.startsWith(start))) continue;
  for await (const figure of await load()) console.log(JSON.stringify(figure));
}
