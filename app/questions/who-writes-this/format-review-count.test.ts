import { describe, expect, it } from 'vitest';
import { formatReviewCount } from './format-review-count';

const page = { reviewer: null };
const reviewed = { reviewer: { name: 'A Name' } };

describe('the sentence about reviewers', () => {
  it('says nobody while no page names a reviewer', () => {
    expect(formatReviewCount([page, page])).toBe(
      'No clinician has reviewed these pages yet. Each page says so, until one has. Then it gives their name.',
    );
  });

  it('counts the reviewed pages, and mentions that the others have no reviewer', () => {
    expect(formatReviewCount([page, reviewed, page])).toBe(
      'Of these 3 pages, 1 names who reviewed it, and on which day. No clinician has reviewed the others yet.',
    );
    expect(formatReviewCount([reviewed, reviewed, page])).toContain('Of these 3 pages, 2 name who reviewed them');
  });

  it('says each page once all name a reviewer', () => {
    expect(formatReviewCount([reviewed, reviewed])).toBe('Each page names who reviewed it, and on which day.');
  });
});
