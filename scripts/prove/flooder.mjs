// One sender who requests one address over many connections, without pause, until it is told to stop. It is a process
// of its own, so that it does not slow the process that measures. At its end it prints how often each status came.
import process from 'node:process';
import autocannon from 'autocannon';

const { url, connections, ...request } = JSON.parse(process.argv[2]);
const answers = {};
const run = autocannon({ url, connections, duration: 600, timeout: 60, ...request });
run.on('response', (_client, status) => {
  answers[status] = (answers[status] ?? 0) + 1;
});
process.once('SIGTERM', () => {
  process.stdout.write(JSON.stringify(answers), () => process.exit(0));
});
process.stdout.write('\n'); // says that the flood has begun
