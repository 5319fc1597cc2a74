import type { ManagedSeries } from '@/app/manage/[token]/managed-series';
import { formatAppointmentTime, formatShortDay } from '@/app/manage/[token]/series-wording';
import type { AppointmentView } from '@/db/appointments/series';
import type { UnmovedDate } from '@/db/booking/plan-move';
import { formatNumberInWords } from '@/scheduling/count-wording';
import { formatDuration, formatTime } from '@/scheduling/formatting';
import type { EditScope } from '@/scheduling/plan-series-edit';

/**
 * 'Move Thursday 3 December at 17:30 and the three later dates'. `moving` are the dates that move, `inScope` all
 * upcoming ones of the scope.
 */
export function formatMoveHeading(
  appointment: AppointmentView,
  { scope, moving, inScope }: { scope: EditScope; moving: { uid: string }[]; inScope: { uid: string }[] },
  locale: string,
): string {
  if (!moving.some(({ uid }) => uid === appointment.uid))
    return `Move ${formatNumberInWords(moving.length)} ${moving.length === 1 ? 'date' : 'dates'}`;
  const chosen = `Move ${formatAppointmentTime(appointment, locale)}`;
  const [others, possible] = [moving.length - 1, inScope.length - 1];
  if (others === 0) return chosen;
  const whose = scope === 'following' ? 'the' : 'your';
  const which = `${scope === 'following' ? 'later' : 'other upcoming'} ${possible === 1 ? 'date' : 'dates'}`;
  if (others < possible)
    return `${chosen} and ${formatNumberInWords(others)} of ${whose} ${formatNumberInWords(possible)} ${which}`;
  return `${chosen} and ${whose} ${others === 1 ? '' : `${formatNumberInWords(others)} `}${which}`;
}

/** 'Wed 9 Dec stays at 17:30: you moved it there on its own.' */
export function describeStayingDate(
  date: AppointmentView,
  because: UnmovedDate['because'],
  { practice, lastMoves }: Pick<ManagedSeries, 'practice' | 'lastMoves'>,
  names: Record<string, string>,
): string {
  const day = formatShortDay(date, practice);
  const time = formatTime(date.timeZone, date.startsAt, practice.locale);
  switch (because) {
    case 'cutoff':
      return `${day} stays: it is less than ${formatDuration(practice.moveCutoffMinutes)} away.`;
    case 'no_moves_left':
      return `${day} stays: it has been moved as often as it can be here.`;
    case 'past':
      return `${day} stays: its new time would be in the past.`;
    case 'unchanged':
      return `${day} stays at ${time}: it is at that day and hour already.`;
    case 'exception':
      return `${day} stays at ${time}: ${describeException(date, lastMoves[date.uid]?.isByClient, names)}.`;
  }
}

function describeException(
  { isMoved, movedAt, therapist, nominalTherapistId }: AppointmentView,
  isByClient: boolean | undefined,
  names: Record<string, string>,
): string {
  if (!isMoved) {
    const planned = names[nominalTherapistId ?? ''];
    return `it is with ${names[therapist.id] ?? therapist.name}${planned ? ` instead of ${planned}` : ', unlike the others'}`;
  }
  if (isByClient) return 'you moved it there on its own';
  return movedAt === null ? 'it has a time of its own' : 'it was moved there on its own';
}
