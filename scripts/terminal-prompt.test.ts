import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { askUntilValid, openTerminalPrompt } from './terminal-prompt';

function terminal() {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let said = '';
  output.on('data', (chunk) => (said += chunk));
  const asker = openTerminalPrompt(input, output);
  return { input, asker, say: (words: string) => output.write(`${words}\n`), said: () => said };
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

it('asks again at once where an answer cannot be, and says why', async () => {
  const { input, asker, say, said } = terminal();
  const check = (answer: string) => (/^\d+$/.test(answer) ? undefined : 'Give a number.');
  const asked = askUntilValid(asker, { prompt: 'Minutes [15]: ', usual: '15', check }, say);
  input.write('many\n20\n');
  expect(await asked).toBe('20');
  expect(said()).toContain('Minutes [15]:   Give a number.\nMinutes [15]: ');
  asker.close();
});

it('takes the usual for an empty line, and insists where there is none', async () => {
  const { input, asker, say, said } = terminal();
  const check = () => undefined;
  input.write('\n\nRuth\n');
  expect(await askUntilValid(asker, { prompt: 'Room: ', usual: 'Treatment room', check }, say)).toBe('Treatment room');
  expect(await askUntilValid(asker, { prompt: 'Name: ', usual: undefined, check }, say)).toBe('Ruth');
  expect(said()).toContain('This one is needed.');
  asker.close();
});

it('stops where the input ends before the answer', async () => {
  const { input, asker } = terminal();
  const asked = asker.ask('Name: ');
  input.end();
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  await expect(asker.ask('Name: ')).rejects.toMatchObject({ name: 'AbortError' });
});
