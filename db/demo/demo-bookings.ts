import type { StartingServiceId } from '@/db/practice/new-practice-defaults';
import type { Cadence } from '@/scheduling/cadence';
import type { MailLanguage } from '@/scheduling/mail-language';
import { DEMO_CLIENT } from './demo-practice';

/** A series of the demo, placed relative to the Monday of this week. All names are made up. */
export interface DemoSeries {
  client: string;
  therapist: string;
  /** Weeks from this one to that of the first appointment. */
  week: number;
  weekday: number;
  time: string;
  minutes: number;
  cadence: Cadence;
  /** The steps of the plan: a massage each, with its number of sessions. */
  steps: [StartingServiceId, number][];
  note?: string;
  /** The language of their e-mail, where it differs from the practice's. */
  language?: MailLanguage;
  question?: string;
}

const weekly = (
  client: string,
  therapist: string,
  week: number,
  weekday: number,
  time: string,
  steps: [StartingServiceId, number][],
  more: Partial<DemoSeries> = {},
): DemoSeries => ({ client, therapist, week, weekday, time, minutes: 60, cadence: 'weekly', steps, ...more });

const [MON, TUE, WED, THU, FRI, SAT] = [1, 2, 3, 4, 5, 6] as const;
const HAMSTRING = 'hamstring-tendinopathy';
const SCIATICA = 'sciatica';
const BACK = 'low-back-pain';

// Tuesday evenings are left free, so that the first time a visitor tries there can usually be booked.
export const DEMO_SERIES: DemoSeries[] = [
  weekly(
    DEMO_CLIENT.name,
    'mira',
    -2,
    THU,
    '17:30',
    [
      ['swedish', 4],
      ['sports', 4],
    ],
    { question: HAMSTRING, note: 'Left side, hurts on long drives. No hard pressure on the sit bone, please.' },
  ),
  weekly('Paul Reid', 'mira', -1, MON, '12:00', [['sports', 4]]),
  weekly('Sam Adeyemi', 'mira', -4, MON, '16:00', [['swedish', 6]], {
    question: BACK,
    note: 'Desk all day. Lying face down for long is hard on my neck.',
  }),
  weekly('Nia Walsh', 'mira', 0, MON, '17:15', [['swedish', 8]]),
  weekly(
    'Hugh Lacey',
    'mira',
    -4,
    MON,
    '18:30',
    [
      ['swedish', 1],
      ['sports', 2],
      ['deep-tissue', 3],
    ],
    { cadence: 'biweekly', minutes: 90 },
  ),
  weekly('Orla Dunne', 'mira', -2, TUE, '12:30', [['swedish', 8]]),
  weekly('Ravi Shah', 'mira', -5, TUE, '14:00', [['sports', 10]], { question: SCIATICA }),
  weekly('Ben Hale', 'mira', -1, WED, '12:00', [['swedish', 4]], { minutes: 30 }),
  weekly('Ines Prado', 'mira', -3, WED, '13:00', [['sports', 8]]),
  weekly('Kate Moran', 'mira', -2, WED, '19:00', [['sports', 8]], { note: 'Training for the Cork half in June.' }),
  weekly('Mary Quill', 'mira', -6, THU, '12:15', [['swedish', 10]]),
  weekly('Owen Tighe', 'mira', -1, THU, '14:00', [['sports', 6]]),
  weekly('Niall Byrne', 'mira', 0, THU, '18:45', [['sports', 6]], { question: HAMSTRING }),

  weekly('Declan Fay', 'tom', -6, TUE, '08:00', [['sports', 12]]),
  weekly('Marta Lind', 'tom', -4, TUE, '10:00', [['deep-tissue', 6]], { cadence: 'biweekly' }),
  weekly('Cian Doyle', 'tom', -2, WED, '09:15', [['sports', 6]], { minutes: 90 }),
  weekly('Priya Nair', 'tom', 0, THU, '17:45', [['sports', 6]], { question: SCIATICA }),
  weekly('João Reis', 'tom', -3, FRI, '08:00', [['sports', 8]]),
  weekly('Síle Breen', 'tom', -5, FRI, '13:00', [['deep-tissue', 6]], {
    cadence: 'biweekly',
    question: BACK,
    note: 'Firm is fine. Please go easy around the old scar on my right side.',
  }),
  weekly('Alan Groom', 'tom', -4, SAT, '09:00', [['sports', 8]]),
  weekly('Fern Oakes', 'tom', -2, SAT, '10:30', [['deep-tissue', 5]], { cadence: 'biweekly', minutes: 90 }),

  weekly('Grace Molloy', 'aoife', -3, MON, '10:00', [['swedish', 8]]),
  weekly('Tara Quinn', 'aoife', -4, MON, '14:30', [['swedish', 6]], { cadence: 'biweekly', question: BACK }),
  weekly('Yusuf Demir', 'aoife', -1, WED, '11:30', [['swedish', 6]]),
  weekly('Helen Frost', 'aoife', -4, WED, '17:30', [['swedish', 6]], { note: 'Nut allergy: no almond oil, please.' }),
  weekly('Petra Novak', 'aoife', -2, FRI, '10:00', [['swedish', 6]], { minutes: 90, language: 'de' }),
  weekly('Leo Marsh', 'aoife', 0, FRI, '16:00', [
    ['swedish', 4],
    ['sports', 4],
  ]),
  weekly('Maeve Tully', 'aoife', -3, MON, '16:00', [['swedish', 8]]),
  weekly('Edith Kerr', 'aoife', -6, SAT, '09:00', [['swedish', 10]], { minutes: 30 }),

  weekly('Omar Haddad', 'jun', -4, TUE, '11:00', [['deep-tissue', 8]]),
  weekly('Gus Arden', 'jun', 0, TUE, '13:00', [['deep-tissue', 8]]),
  weekly('Rosa Lima', 'jun', -1, WED, '15:30', [['swedish', 6]]),
  weekly('Finn Daly', 'jun', -6, THU, '12:00', [['sports', 6]], { cadence: 'biweekly' }),
  weekly(
    'Noor Aziz',
    'jun',
    -3,
    THU,
    '16:45',
    [
      ['swedish', 2],
      ['sports', 2],
      ['deep-tissue', 2],
    ],
    { question: SCIATICA, note: 'Right leg. Pins and needles if I sit for more than an hour.' },
  ),
  weekly('Clara Voss', 'jun', -2, FRI, '17:00', [['swedish', 8]]),
  weekly('Eoin Walsh', 'jun', -3, SAT, '10:00', [['sports', 6]]),
  weekly('Ruairí Boyle', 'jun', -2, SAT, '13:30', [['sports', 6]]),
];

/** Clients who came, or will come, once. */
export const DEMO_ONE_TIME_CLIENTS = [
  'Lena Vogt',
  'Dara Flood',
  'Bríd Coyle',
  'Ken Osei',
  'Moira Hand',
  'Stefan Ilić',
  'Aya Kimura',
  'Colm Reddy',
  'Una Sheil',
  'Viktor Braun',
  'Wren Ashby',
  'Zoe Tallon',
  'Hana Dvořák',
  'Luis Ferro',
  'Peig Lally',
  'Ned Corrigan',
  'Isla Boyd',
  'Tadhg Power',
];
