// Which massage a series starts with and where it may go: gentle first, firmer later, one step at a time.
// A ladder is one service id a session, in order.

/** How a series may begin: the same massage each time, one step up to it, or every step there is. */
export type PressureProgression = 'same' | 'two' | 'all';

/** A massage as the ladder sees it; a higher `pressure` is firmer. */
export interface MassageWithPressure {
  id: string;
  pressure: number;
}

/**
 * Lists the rungs that a preset climbs, gentlest first, around the chosen massage: one for each pressure, the first
 * listed where several have the same and none of them is the chosen one. `two` is the chosen one after the next gentler;
 * the gentlest of all is followed by the next firmer instead. A massage that is not among `services` stands alone.
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
 * Lists the presets that make a difference: a series shorter than its steps cannot climb them, and there are no steps
 * from a massage that is not among `services`.
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
 * Gives each session its service id by a preset. With fewer sessions than `listUsefulPressureProgressions` wants, the firmest are left out.
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
 * Tells a ladder as stretches of one massage, in order; a massage that comes back later has a stretch for each time.
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

/** What a client says of a session two days later. Null: they were not asked, or left it out. */
export interface PressureFeedback {
  pressure: 'too_light' | 'right' | 'too_hard' | null;
  /** Whether they are still sore from it then. */
  isSore: boolean | null;
}

/** What to do with the pressure next: go one rung down, stay, or offer the next one up. */
export type PressureStepAdvice = 'step_down' | 'stay' | 'offer_next';

/**
 * Says what the feedback of some sessions, the oldest first, asks of the next one. Too hard asks for a step down, and being
 * sore for two days to stay. The next rung is offered after two sessions in a row that were right, or too light, without
 * soreness: offered, never taken by itself. Anything new since last time (`hasNews`) holds it.
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
 * The rung one step from a massage, among those that are given: the nearest pressure above it or below it, the first listed
 * where several have it. Null where there is none, or the massage is not among them.
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
