// Which massage a series starts with and where it may go: gentle first, firmer later, one step at a time.
// A ladder is one service id a session, in order.

/** How a series may begin: the same massage each time, one step up to it, or every step there is. */
export type PressureProgression = 'same' | 'two' | 'all';

/** The fields of a massage that the ladder needs; a higher `pressure` is firmer. */
export interface MassageWithPressure {
  id: string;
  pressure: number;
}

/**
 * Lists the rungs that a preset climbs, gentlest first, around the chosen massage. Each pressure has one rung: the
 * chosen massage at its own pressure, else the first listed. `two` is the next gentler massage and then the chosen one;
 * if the chosen one is the gentlest, it is followed by the next firmer. A massage that is not among `services` stands
 * alone.
 *
 * @example
 * listMassagesOfProgression('two', 'sports', services) //=> ['swedish', 'sports']
 */
export function listMassagesOfProgression(
  preset: PressureProgression,
  chosen: string,
  services: MassageWithPressure[],
): string[] {
  const chosenService = services.find(({ id }) => id === chosen);
  if (preset === 'same' || !chosenService) return [chosen];
  const others = services.filter(({ pressure }, i) => {
    return pressure !== chosenService.pressure && services.findIndex((other) => other.pressure === pressure) === i;
  });
  const steps = [...others, chosenService].sort((a, b) => a.pressure - b.pressure).map(({ id }) => id);
  const at = steps.indexOf(chosen);
  if (preset === 'all') return steps;
  return at === 0 ? steps.slice(0, 2) : steps.slice(at - 1, at + 1);
}

/**
 * Lists the presets that make a difference. A series shorter than a preset's steps cannot climb them, and a massage
 * that is not among `services` has no steps.
 *
 * @example
 * listUsefulPressureProgressions('swedish', 2, services) //=> ['same', 'two']
 */
export function listUsefulPressureProgressions(
  chosen: string,
  sessions: number,
  services: MassageWithPressure[],
): PressureProgression[] {
  const steps = new Set(services.map(({ pressure }) => pressure)).size;
  const presets: PressureProgression[] = ['same'];
  if (!services.some(({ id }) => id === chosen)) return presets;
  if (steps >= 2 && sessions >= 2) presets.push('two');
  if (steps >= 3 && sessions >= 3) presets.push('all');
  return presets;
}

/**
 * Gives each session its service id: equal stretches of each rung, the gentler stretch longer when they do not divide.
 *
 * @example
 * divideSessionsAmongMassages(['swedish', 'sports'], 5) //=> ['swedish', 'swedish', 'swedish', 'sports', 'sports']
 */
export function divideSessionsAmongMassages(rungs: string[], sessions: number): string[] {
  const stretch = Math.floor(sessions / rungs.length);
  const longer = sessions % rungs.length;
  return rungs.flatMap((rung, index) => Array<string>(stretch + (index < longer ? 1 : 0)).fill(rung));
}

/**
 * Assigns each session its service id by a preset. If there are fewer sessions than steps, the firmest massages are
 * left out; `listUsefulPressureProgressions` leaves out such a preset.
 *
 * @example
 * assignMassagesToSessions('same', 'sports', 3, services) //=> ['sports', 'sports', 'sports']
 */
export function assignMassagesToSessions(
  preset: PressureProgression,
  chosen: string,
  sessions: number,
  services: MassageWithPressure[],
): string[] {
  return divideSessionsAmongMassages(listMassagesOfProgression(preset, chosen, services), sessions);
}

/**
 * Groups a ladder into stretches of one massage, in order. A massage that comes back later gets a new stretch.
 *
 * @example
 * groupEqualMassages(['swedish', 'swedish', 'sports']) //=> [{ serviceId: 'swedish', sessions: 2 }, { serviceId: 'sports', sessions: 1 }]
 */
export function groupEqualMassages(ladder: string[]): { serviceId: string; sessions: number }[] {
  const stretches: { serviceId: string; sessions: number }[] = [];
  for (const serviceId of ladder) {
    const last = stretches.at(-1);
    if (last?.serviceId === serviceId) last.sessions += 1;
    else stretches.push({ serviceId, sessions: 1 });
  }
  return stretches;
}

/** What a client says about a session two days later. Null: they were not asked, or left the answer out. */
export interface PressureFeedback {
  pressure: 'too_light' | 'right' | 'too_hard' | null;
  /** Whether the client is still sore two days later. */
  isSore: boolean | null;
}

/** What to do with the pressure next: go one rung down, stay, or offer the next one up. */
export type PressureStepAdvice = 'step_down' | 'stay' | 'offer_next';

/**
 * Advises on the pressure of the next session from the feedback on earlier ones, oldest first. "Too hard" means a step
 * down; soreness two days later means staying. The next rung is offered after two sessions in a row that were right or
 * too light, without soreness. It is only offered, never taken automatically. Anything new since the last session
 * (`hasNews`) holds it back.
 *
 * @example
 * advisePressureFromFeedback([{ pressure: 'right', isSore: false }, { pressure: 'right', isSore: null }], false) //=> 'offer_next'
 */
export function advisePressureFromFeedback(feedback: PressureFeedback[], hasNews: boolean): PressureStepAdvice {
  const rated = feedback.filter(({ pressure, isSore }) => pressure !== null || isSore !== null);
  if (rated.at(-1)?.pressure === 'too_hard') return 'step_down';
  const lastTwo = rated.slice(-2);
  const isGood = ({ pressure, isSore }: PressureFeedback) => pressure !== null && pressure !== 'too_hard' && !isSore;
  return !hasNews && lastTwo.length === 2 && lastTwo.every(isGood) ? 'offer_next' : 'stay';
}

/**
 * Finds the offered massage one rung from another: the one with the nearest pressure above or below, the first listed
 * where several share it. Null where there is none, or the massage is not among `services`.
 *
 * @example
 * findAdjacentPressureMassage('swedish', 'up', services) //=> 'sports'
 */
export function findAdjacentPressureMassage(
  id: string,
  way: 'up' | 'down',
  services: MassageWithPressure[],
): string | null {
  const chosenService = services.find((service) => service.id === id);
  if (!chosenService) return null;
  const further = services.filter(({ pressure }) =>
    way === 'up' ? pressure > chosenService.pressure : pressure < chosenService.pressure,
  );
  const nearest = further.toSorted((a, b) => (way === 'up' ? a.pressure - b.pressure : b.pressure - a.pressure));
  return nearest[0]?.id ?? null;
}
