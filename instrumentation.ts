// Next calls this once, before the first request.
export async function register() {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { prepareDatabase } = await import('@/db/start');
    await prepareDatabase();
    const { startOutboxWorker } = await import('@/app/outbox-worker');
    startOutboxWorker();
    const { startHourlyBackup } = await import('@/app/hourly-backup');
    startHourlyBackup();
  }
}
