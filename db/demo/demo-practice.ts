import type { Db } from '@/db/connection/connection';
import { STARTING_POLICIES, STARTING_SERVICES, type StartingServiceId } from '@/db/practice/new-practice-defaults';
import {
  practices,
  roomServices,
  rooms,
  serviceLengths,
  services,
  therapistServices,
  therapists,
  users,
  type WallRange,
  workingHours,
} from '@/db/schema';

// The people and rooms of the demo, which the tests use too. All of it is made up.

export const PRACTICE = {
  id: 'fortnight',
  name: 'Fortnight Massage',
  timeZone: 'Europe/Dublin',
  currency: 'EUR',
  locale: 'en-IE',
  address: '12 Camden Row, Dublin 8',
  phone: '01 555 0142',
  email: 'hello@fortnight.example',
};

export const ROOMS: { id: string; name: string; suits: StartingServiceId[] }[] = [
  { id: 'garden', name: 'Garden room', suits: ['swedish', 'sports', 'deep-tissue'] },
  { id: 'street', name: 'Street room', suits: ['swedish', 'sports', 'deep-tissue'] },
  // Its table stands under the slope of the roof, so nobody can lean in for deep tissue.
  { id: 'loft', name: 'Loft', suits: ['swedish', 'sports'] },
];

export interface DemoTherapist {
  id: string;
  name: string;
  email: string;
  about: string;
  colour: string;
  /** The room they work in unless it is taken. */
  room: string;
  services: StartingServiceId[];
  hours: { weekdays: number[]; ranges: WallRange[] }[];
}

export const THERAPISTS: DemoTherapist[] = [
  {
    id: 'mira',
    name: 'Mira Kovač',
    email: 'mira@fortnight.example',
    about: 'Patient with tendons and slow to press. Afternoons and evenings.',
    colour: '#2C6E5B',
    room: 'garden',
    services: ['swedish', 'sports', 'deep-tissue'],
    hours: [
      {
        weekdays: [1, 2, 3, 4],
        ranges: [
          ['12:00', '15:30'],
          ['16:00', '20:00'],
        ],
      },
    ],
  },
  {
    id: 'tom',
    name: 'Tom Nolan',
    email: 'tom@fortnight.example',
    about: 'Ran marathons, now treats those who do. Early in the day.',
    colour: '#4F6391',
    room: 'street',
    services: ['sports', 'deep-tissue'],
    hours: [
      {
        weekdays: [2, 3, 5, 6],
        ranges: [
          ['08:00', '12:30'],
          ['13:00', '17:00'],
        ],
      },
      {
        weekdays: [4],
        ranges: [
          ['11:00', '15:00'],
          ['15:30', '20:00'],
        ],
      },
    ],
  },
  {
    id: 'aoife',
    name: 'Aoife Byrne',
    email: 'aoife@fortnight.example',
    about: 'Quiet, unhurried work for people who sleep badly or sit a lot.',
    colour: '#84671F',
    room: 'loft',
    services: ['swedish', 'sports'],
    hours: [
      {
        weekdays: [1, 3, 5],
        ranges: [
          ['10:00', '14:00'],
          ['14:30', '19:30'],
        ],
      },
      { weekdays: [6], ranges: [['09:00', '13:00']] },
    ],
  },
  {
    id: 'jun',
    name: 'Jun Sato',
    email: 'jun@fortnight.example',
    about: 'Firm where it helps, never where it does not. Late most days.',
    colour: '#7A4E7E',
    room: 'loft',
    services: ['swedish', 'sports', 'deep-tissue'],
    hours: [
      {
        weekdays: [2, 3, 4, 5],
        ranges: [
          ['11:00', '15:00'],
          ['15:30', '20:00'],
        ],
      },
      {
        weekdays: [6],
        ranges: [
          ['10:00', '13:00'],
          ['13:30', '16:00'],
        ],
      },
    ],
  },
];

export const OWNER = { id: 'ruth', name: 'Ruth Keane', email: 'owner@fortnight.example' };
const DESK = { id: 'nora', name: 'Nora Daly', email: 'desk@fortnight.example' };
export const DEMO_CLIENT = { id: 'ana', name: 'Ana Costa', email: 'ana@example.org', phone: '01 555 0177' };

/** Inserts the practice and its team, with hours and rooms, and no bookings. */
export async function insertDemoPractice(tx: Db, now: number, practice: Partial<typeof practices.$inferInsert> = {}) {
  await tx.insert(practices).values({ ...PRACTICE, ...STARTING_POLICIES, isDemo: true, createdAt: now, ...practice });
  await tx
    .insert(users)
    .values([
      { id: OWNER.id, name: OWNER.name, email: OWNER.email, role: 'owner' as const },
      { id: DESK.id, name: DESK.name, email: DESK.email, role: 'front_desk' as const },
      { id: DEMO_CLIENT.id, name: DEMO_CLIENT.name, email: DEMO_CLIENT.email, role: 'client' as const },
      ...THERAPISTS.map(({ id, name, email }) => ({ id, name, email, role: 'therapist' as const })),
    ]);
  await tx.insert(therapists).values(
    THERAPISTS.map(({ id, name, about, colour }, position) => ({
      id,
      userId: id,
      name,
      about,
      colour,
      isActive: true,
      position,
      trainedForPregnancy: id === 'mira',
    })),
  );
  await tx.insert(services).values(
    STARTING_SERVICES.map(({ prices: _, ...service }, position) => ({
      ...service,
      setupMinutes: 0,
      cleanupMinutes: 15,
      isActive: true,
      position,
    })),
  );
  await tx.insert(serviceLengths).values(
    STARTING_SERVICES.flatMap(({ id, prices }) =>
      Object.entries(prices).map(([minutes, priceCents]) => ({
        serviceId: id,
        minutes: Number(minutes),
        priceCents,
      })),
    ),
  );
  await tx
    .insert(therapistServices)
    .values(THERAPISTS.flatMap(({ id, services }) => services.map((serviceId) => ({ therapistId: id, serviceId }))));
  await tx.insert(rooms).values(ROOMS.map(({ id, name }, position) => ({ id, name, position })));
  await tx
    .insert(roomServices)
    .values(ROOMS.flatMap(({ id, suits }) => suits.map((serviceId) => ({ roomId: id, serviceId }))));
  await tx.insert(workingHours).values(
    THERAPISTS.flatMap(({ id, hours }) =>
      hours.flatMap(({ weekdays, ranges }) =>
        weekdays.flatMap((weekday) =>
          ranges.map(([from, until]) => ({
            therapistId: id,
            weekday,
            from,
            until,
            timeZone: practice.timeZone ?? PRACTICE.timeZone,
          })),
        ),
      ),
    ),
  );
}
