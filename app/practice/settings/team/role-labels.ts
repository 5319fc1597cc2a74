import type { TeamRole } from '@/db/offer/team-member-schema';

export const ROLE_OPTIONS: { value: TeamRole; title: string; hint: string }[] = [
  {
    value: 'therapist',
    title: 'Therapist',
    hint: 'Gives massages. Their own calendar and their own clients; of their colleagues, only when they are booked.',
  },
  { value: 'front_desk', title: 'Front desk', hint: 'Everybody’s calendar and clients. Nothing on anybody’s health.' },
  { value: 'owner', title: 'Owner', hint: 'Everything, these settings too. May give massages or not.' },
];

export function formatRole(role: TeamRole | null): string {
  return ROLE_OPTIONS.find(({ value }) => value === role)?.title ?? 'Left';
}
