/**
 * Like `Promise.all`, for queries within a transaction. PostgreSQL gets all queries at once and answers in order;
 * SQLite runs one after the other. All queries have ended when this settles, also if one fails, so none still runs
 * after the transaction. It rejects with the first failure: later ones only say that the transaction has failed.
 */
export async function sendTogether<T extends readonly unknown[] | []>(
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  // A query of drizzle runs once for each time that it is awaited.
  const begun = work.map((each) => Promise.resolve(each));
  const all = Promise.all(begun);
  await Promise.allSettled([all, ...begun]);
  return all as Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }>;
}
