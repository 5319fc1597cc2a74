import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { askUntilValid, openTerminalPrompt } from './terminal-prompt';

function terminal() {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let printed = '';
  output.on('data', (chunk) => (printed += chunk));
  const asker = openTerminalPrompt(input, output);
  return { input, asker, print: (words: string) => output.write(`${words}\n`), output: () => printed };
}

it('drops none of several lines that are pasted at once', async () => {
  const { input, asker } = terminal();
  input.write('Harbour Massage\nRuth Keane\nruth@harbour.example\n');
  const answers = [];
  for (const prompt of ['Name: ', 'Owner: ', 'E-mail: ']) {
    answers.push(await asker.ask(prompt));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(answers).toEqual(['Harbour Massage', 'Ruth Keane', 'ruth@harbour.example']);
  asker.close();
});

it('repeats the question after an invalid answer, and says why', async () => {
  const { input, asker, print, output } = terminal();
  const check = (answer: string) => (/^\d+$/.test(answer) ? undefined : 'Give a number.');
  const pending = askUntilValid(asker, { prompt: 'Minutes [15]: ', usual: '15', check }, print);
  input.write('many\n20\n');
  expect(await pending).toBe('20');
  expect(output()).toContain('Minutes [15]:   Give a number.\nMinutes [15]: ');
  asker.close();
});

it('takes the default for an empty line, and repeats the question where there is none', async () => {
  const { input, asker, print, output } = terminal();
  const check = () => undefined;
  input.write('\n\nRuth\n');
  expect(await askUntilValid(asker, { prompt: 'Room: ', usual: 'Treatment room', check }, print)).toBe(
    'Treatment room',
  );
  expect(await askUntilValid(asker, { prompt: 'Name: ', usual: undefined, check }, print)).toBe('Ruth');
  expect(output()).toContain('This one is needed.');
  asker.close();
});

it('stops where the input ends before the answer', async () => {
  const { input, asker } = terminal();
  const answer = asker.ask('Name: ');
  input.end();
  await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
  await expect(asker.ask('Name: ')).rejects.toMatchObject({ name: 'AbortError' });
});
