/**
 * How many people in ten feel sore or unwell after hands-on work, according to the two reviews that the question pages
 * cite.
 */
export const SORENESS_PER_TEN = { least: 1, most: 4, sources: ['cambron-2007', 'carnes-2010'] } as const;

/** '1 to 4 in 10'. */
export const sorenessShare = `${SORENESS_PER_TEN.least} to ${SORENESS_PER_TEN.most} in 10`;
