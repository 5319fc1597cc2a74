// A worker that runs patterns on texts which make a badly written pattern backtrack. It reports each pattern before
// trying it, so that the parent thread can end a worker that is stuck and name the pattern. At the end it reports that
// it is done.
import { parentPort, workerData } from 'node:worker_threads';

/** The length of a text: a pattern with quadratic time needs a tenth of a second, one with cubic time an hour. */
const LENGTH = 10_000;
const PAIRS = 'a@|a.|0.|a | a|0 |-a|//|://a|&a|=?|<a|a:|\r\n|1-|(a|[a|**|a*|`|http://a'.split('|');
const UNITS = [...'aA0 @.-/<>&\n\r\t%+é😀:;,"\'=?#()[{_\\\u0000\u0300', ...PAIRS];

parentPort.on('message', (first) => {
  for (const [index, { pattern, flags }] of workerData.entries()) {
    if (index < first) continue;
    parentPort.postMessage({ at: index });
    for (const unit of unitsFor(pattern)) {
      for (const end of ['', '!', '\u0001']) tryOn(new RegExp(pattern, flags), unit, end);
    }
  }
  parentPort.postMessage({ at: workerData.length });
});

function tryOn(regExp, unit, end) {
  const text = unit.repeat(Math.ceil(LENGTH / unit.length)) + end;
  if (regExp.global || regExp.sticky) text.replace(regExp, '');
  else regExp.test(text);
}

/** The usual units, and the characters of the pattern itself, alone and in pairs. */
function unitsFor(pattern) {
  const own = [...new Set(pattern.match(/\w|[^\\\w]/g) ?? [])];
  const pairs = own.slice(0, 8).flatMap((a) => own.slice(0, 8).map((b) => a + b));
  return new Set([...UNITS, ...own, ...pairs]);
}
