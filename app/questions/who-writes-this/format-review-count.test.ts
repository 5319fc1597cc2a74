import { describe, expect, it } from 'vitest';
import { formatReviewCount } from './format-review-count';

const page = { reviewer: null };
const reviewed = { reviewer: { name: 'A Name' } };

describe('who has reviewed the pages', () => {
  it('is nobody while no page names a reviewer', () => {
    expect(formatReviewCount([page, page])).toBe(
      'No clinician has reviewed these pages yet. Each page says so, until one has. Then it gives their name.',
    );
  });

  it('is counted once some name one, and the others are not passed over', () => {
    expect(formatReviewCount([page, reviewed, page])).toBe(
      'Of these 3 pages, 1 names who reviewed it, and on which day. No clinician has reviewed the others yet.',
    );
    expect(formatReviewCount([reviewed, reviewed, page])).toContain('Of these 3 pages, 2 name who reviewed them');
  });

  it('is said of every page once all name one', () => {
    expect(formatReviewCount([reviewed, reviewed])).toBe('Each page names who reviewed it, and on which day.');
  });
});
