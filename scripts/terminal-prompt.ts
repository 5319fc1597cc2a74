import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

interface Asker {
  ask(prompt: string): Promise<string>;
  close(): void;
}

/**
 * Asks one question after the other. Lines that come before they are asked for, as when several are pasted, are kept for
 * the next questions. Throws an AbortError when the input ends first.
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
  /** What an empty line means; undefined where there must be an answer. */
  usual: string | undefined;
  /** What is wrong with an answer, if anything. */
  check: (answer: string) => string | undefined;
}

/** Asks until nothing is wrong; what is wrong is said before the question is put again. */
export async function askUntilValid(asker: Asker, { prompt, usual, check }: Question, print: (words: string) => void) {
  for (;;) {
    const answer = (await asker.ask(prompt)).trim() || usual;
    const wrong = answer === undefined ? 'This one is needed.' : check(answer);
    if (answer !== undefined && !wrong) return answer;
    print(`  ${wrong}`);
  }
}
