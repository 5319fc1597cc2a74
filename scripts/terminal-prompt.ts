import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

interface Asker {
  ask(prompt: string): Promise<string>;
  close(): void;
}

/**
 * Asks one question after the other. Lines that come early, as when several are pasted, are kept for the next
 * questions. Throws an AbortError when the input ends first.
 */
export function openTerminalPrompt(input: Readable, output: Writable): Asker {
  const lines = createInterface({ input, output });
  const early: string[] = [];
  let waiting: { resolve: (line: string) => void; reject: (error: Error) => void } | undefined;
  let hasEnded = false;
  const ended = () => Object.assign(new Error('The input has ended.'), { name: 'AbortError' });
  lines.on('line', (line) => {
    if (!waiting) return void early.push(line);
    const { resolve } = waiting;
    waiting = undefined;
    resolve(line);
  });
  lines.on('close', () => {
    hasEnded = true;
    waiting?.reject(ended());
  });
  return {
    ask(prompt) {
      lines.setPrompt(prompt);
      if (!hasEnded) lines.prompt();
      const [first] = early.splice(0, 1);
      if (first !== undefined) return Promise.resolve(first);
      if (hasEnded) return Promise.reject(ended());
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
      });
    },
    close: () => lines.close(),
  };
}

interface Question {
  prompt: string;
  /** The default for an empty line; undefined where an answer is required. */
  usual: string | undefined;
  /** The error of an answer, if there is one. */
  check: (answer: string) => string | undefined;
}

/** Asks until the answer is valid; the error is shown before the question is repeated. */
export async function askUntilValid(asker: Asker, { prompt, usual, check }: Question, print: (words: string) => void) {
  for (;;) {
    const answer = (await asker.ask(prompt)).trim() || usual;
    const wrong = answer === undefined ? 'This one is needed.' : check(answer);
    if (answer !== undefined && !wrong) return answer;
    print(`  ${wrong}`);
  }
}
