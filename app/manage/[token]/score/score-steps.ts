/** The two scores that are asked for, each with one tap. */
export type ScoreStep = 'usual' | 'worst';

export function isScoreStep(step: unknown): step is ScoreStep {
  return step === 'usual' || step === 'worst';
}

export function getNextScoreStep(step: string): 'worst' | 'more' {
  return step === 'usual' ? 'worst' : 'more';
}
