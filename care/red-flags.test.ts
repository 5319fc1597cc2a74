import { describe, expect, it } from 'vitest';
import { groupRedFlags, type RedFlag, type RedFlagId, redFlags } from './red-flags';
import { listRedFlagsForTopics, redFlagsByTopic } from './red-flags-by-topic';

const redFlagIds = Object.keys(redFlags) as RedFlagId[];

describe('the list of red flags', () => {
  it('says for each flag what the reader notices, what to do, and when it was checked', () => {
    for (const [id, flag] of Object.entries<RedFlag>(redFlags)) {
      expect(id).toMatch(/^[a-z0-9]+(_[a-z0-9]+)*$/);
      expect(flag.sign.length, id).toBeGreaterThan(10);
      expect(flag.action, id).toMatch(/\.$/);
      // A flag without sources was not read against any.
      if (flag.sources.length === 0) expect(flag.checkedOn, id).toBeNull();
      else expect(flag.checkedOn, id).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });

  it('lists no sign twice', () => {
    const signs = redFlagIds.map((id) => redFlags[id].sign);
    expect(new Set(signs).size).toBe(signs.length);
  });

  it('says to call or go now in every emergency', () => {
    for (const id of redFlagIds.filter((redFlagId) => redFlags[redFlagId].tier === 'emergency')) {
      expect(redFlags[id].action, id).toMatch(/\bcall\b|\bgo to (?:hospital|the emergency department) now\b/i);
    }
  });

  // The headings say "today" and "before you book". An action that named another time would contradict them.
  it('gives in each action the same time as its heading', () => {
    for (const id of redFlagIds) {
      const { tier, action } = redFlags[id] as RedFlag;
      if (tier === 'doctor_today') expect(action, id).toMatch(/\btoday\b/);
      if (tier === 'ask_first') expect(action, id).not.toMatch(/\btoday\b|\bnow\b|within a day/);
    }
  });

  // The flag without a source is no warning itself: it links to the page on safety, where each warning has its own
  // source.
  it('names a source for every flag but the link to the page on safety', () => {
    const unsourced = redFlagIds.filter((id) => redFlags[id].sources.length === 0);
    expect(unsourced).toEqual(['safety_page']);
    expect(redFlags.safety_page.action).toContain('/questions/is-massage-safe');
  });

  // Any one of these signs means "see a doctor today", so no milder warning may repeat one. Failing sight cannot wait a
  // day.
  it('has one flag for a new headache over 50, and sends blurred sight to hospital everywhere', () => {
    const over50 = redFlagIds.filter((id) => /over 50/.test(redFlags[id].sign) && /headache/.test(redFlags[id].sign));
    expect(over50).toEqual(['temporal']);
    const blurred = redFlagIds.filter((id) => /blur|trouble seeing/.test(redFlags[id].sign));
    expect(blurred.length).toBeGreaterThan(2);
    for (const id of blurred) {
      const { tier, action } = redFlags[id];
      expect(tier === 'emergency' || /If your sight is blurred, go to hospital/.test(action), id).toBe(true);
    }
  });

  it('asks for any one sign of a clot, never for several at once', () => {
    expect(redFlags.leg_clot.sign).toContain('any one of these');
    expect(redFlags.leg_clot.sign).not.toMatch(/\band\b/);
  });

  // The page on whiplash offers a massage three months after a crash: its readers should not call an ambulance by then.
  it('calls an accident an emergency only while it is new, and sends an older, unchecked one to a doctor', () => {
    const { sign, action, tier } = redFlags.serious_accident;
    expect(tier).toBe('emergency');
    expect(sign).toMatch(/serious accident in the last 3 days$/);
    expect(action).toMatch(/^Call now\. Keep still\. If earlier and not checked, see a doctor today\.$/);
  });

  // The neck page sends pain that shoots down an arm to a doctor before booking. The same pain cannot also be an
  // emergency.
  it('counts a sore arm as an emergency of the heart only together with sweat or short breath', () => {
    expect(redFlags.heart.sign).toMatch(/^Your chest hurts or is tight, /);
    expect(redFlags.heart.sign).toMatch(/arm or jaw hurts and you sweat or are short of breath$/);
  });
});

describe('the red flags of a topic', () => {
  it('are listed once each', () => {
    for (const [kind, ids] of Object.entries(redFlagsByTopic)) expect(new Set(ids).size, kind).toBe(ids.length);
  });

  it('include those of each area that is worked on; an area without flags of its own adds none', () => {
    const alone = listRedFlagsForTopics(['course']);
    expect(listRedFlagsForTopics(['course'], ['hip'])).toEqual(alone);
    expect(listRedFlagsForTopics(['course'], ['calf', 'heel', 'hip'])).toEqual([
      ...alone,
      'lung_clot',
      'leg_clot',
      'diabetic_foot',
    ]);
    expect(listRedFlagsForTopics(['knee'], ['calf'])).toEqual(listRedFlagsForTopics(['knee']));
  });

  it('stand where the first topic puts them when two topics need the same flag', () => {
    expect(listRedFlagsForTopics(['running', 'race']).filter((id) => id === 'bone_stress')).toEqual(['bone_stress']);
    expect(listRedFlagsForTopics(['running', 'race'])[0]).toBe('bone_stress');
    expect(listRedFlagsForTopics([])).toEqual([]);
  });
});

describe('red flags in groups', () => {
  it('go from the most urgent to the least, and keep the given order within a tier', () => {
    const groups = groupRedFlags(['climbs', 'leg_clot', 'saddle', 'allergy']);
    expect(groups.map(({ tier }) => tier)).toEqual(['emergency', 'doctor_today', 'ask_first']);
    expect(groups[2]!.flags).toEqual([redFlags.climbs, redFlags.allergy]);
  });

  it('leave out tiers without any flag', () => expect(groupRedFlags([])).toEqual([]));
});
