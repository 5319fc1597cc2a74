/**
 * As `Promise.all`, for what is asked within a transaction: on PostgreSQL the questions go out at once and are answered in
 * that order, on SQLite one runs after the other. All have ended when it does, also where one fails, so that none still
 * runs when the transaction is over. It fails with the first failure: those after it only say that the transaction has failed.
 */
export async function sendTogether<T extends readonly unknown[] | []>(
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const all = Promise.all(work);
  await Promise.allSettled([all, ...work]);
  return all;
}
