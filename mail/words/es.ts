import { boldText } from '@/mail/layout';
import { getLocaleDateConventions } from '@/scheduling/locale-date-conventions';
import type { ChangeCount, Contact, Words } from './en';
import { makeDates } from './make-dates';

// Spanish, to people who are addressed as "usted". Names of pages stay in English, as the pages do.

const dates = makeDates({
  language: 'es',
  weekdays: ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'],
  shortWeekdays: ['dom', 'lun', 'mar', 'mié', 'jue', 'vie', 'sáb'],
  months: [
    ...['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio'],
    ...['julio', 'agosto', 'septiembre', 'octubre', 'noviembre', 'diciembre'],
  ],
  shortMonths: [...['ene', 'feb', 'mar', 'abr', 'may', 'jun'], ...['jul', 'ago', 'sept', 'oct', 'nov', 'dic']],
  date: (day, month, year) =>
    month.length > 4 || month === 'mayo'
      ? `${day} de ${month}${year === null ? '' : ` de ${year}`}`
      : `${day} ${month}${year === null ? '' : ` ${year}`}`,
  weekdayAndDate: (weekday, date) => `${weekday} ${date}`,
  everyWeekday: (weekday) => `los ${weekday}${weekday.endsWith('s') ? '' : 's'}`,
  // The 12-hour clock where it is usual, as in the United States.
  clock: (hour, minute, locale) =>
    getLocaleDateConventions(locale).halves
      ? `${hour % 12 || 12}:${minute}\u00a0${hour % 24 < 12 ? 'a.' : 'p.'}\u00a0m.`
      : `${hour}:${minute}`,
  repeated: { first: 'antes del cambio de hora', second: 'después del cambio de hora' },
  dayAtTime: (day, time) => `${day} ${at(time)}`,
  dayAtTimeInText: (day, time) => `${day} ${time}`,
  range: (from, to) => `del ${from} al ${to}`,
  onOneDay: (day) => `el ${day}`,
  fromTo: (from, to) => `del ${from} al ${to}`,
  numbers: ['dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez', 'once', 'doce'],
  cadences: { once: 'una vez', weekly: 'cada semana', biweekly: 'cada 2 semanas' },
  units: {
    minute: { one: 'minuto', other: 'minutos' },
    hour: { one: 'hora', other: 'horas' },
    day: { one: 'día', other: 'días' },
  },
  zone: 'hora del centro',
  parts: { morning: 'por la mañana', afternoon: 'a primera hora de la tarde', evening: 'a última hora de la tarde' },
  and: 'y',
  betweenDays: '; ',
  anyTime: 'cualquier día y a cualquier hora',
});

const { number } = dates;
/** Ends a sentence that asks for contact. */
const reach = ({ name, phone }: Contact) => (phone ? `llámenos al ${phone}` : `póngase en contacto con ${name}`);
const begin = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const massages = (many: number) => (many === 1 ? 'un masaje' : `${number(many)} masajes`);
const appointments = (many: number) => (many === 1 ? 'una cita' : `${number(many)} citas`);
/** "su masaje", or that of the person the reader booked for. */
const massageOf = (whose: string) => (whose ? `el masaje de ${whose}` : 'su masaje');
const massagesOf = (whose: string) => (whose ? `los masajes de ${whose}` : 'sus masajes');
const dateOf = (whose: string) => (whose ? `la cita de ${whose}` : 'su cita');
const datesOf = (whose: string) => (whose ? `las citas de ${whose}` : 'sus citas');
/** After a number, or "algunas". */
const ofTheirs = (noun: string, whose: string) => (whose ? `${noun} de ${whose}` : `de sus ${noun}`);
const withTherapist = (therapist: string | null) => (therapist ? ` con ${therapist}` : '');
const lengthChange = ({ minutes, was }: { minutes: number; was: number }) =>
  `dura ahora ${minutes} minutos en lugar de ${was}`;
const these = (many: number, one: string, other: string) =>
  many === 1 ? `Esta cita ${one}.` : `Estas citas ${other}.`;

export const es: Words = {
  dates,

  hello: ({ firstName }) => (firstName ? `Hola, ${firstName}:` : 'Hola:'),
  aboutDatesOf: (name) => `Este mensaje trata de las citas de ${name}.`,
  subjectFor: (subject, name) => `${subject} (para ${name})`,
  aboutDatesOfAnother: 'Este mensaje trata de citas reservadas para otra persona.',
  subjectForAnother: (subject) => `${subject} (para otra persona)`,
  otherPerson: 'la otra persona',
  demo: 'Este es un centro de demostración: todos los nombres y fechas son inventados.',
  allTimes: (zone) => `Todas las horas son las de la ${zone}.`,
  doNotForward: 'Los enlaces abren estas citas; por favor, no reenvíe este correo.',

  colon: ':',
  asLine: begin,
  appointment: ({ day, from, until, service, therapist }) => [
    boldText(`${begin(day)}, ${fromUntil(from, until)}`),
    `: ${service} con ${therapist}`,
  ],
  itWas: ({ when, minutes, therapist }) => {
    const before = [when, minutes === undefined ? undefined : `${minutes} minutos`, therapist && `con ${therapist}`];
    return ` (antes: ${before.filter(Boolean).join(', ')})`;
  },
  noDates: 'ninguna cita',
  oneDate: ({ when, therapist }) => `${when}${withTherapist(therapist)}`,
  standingDates: ({ when, isBiweekly, therapist, range }) =>
    `${when}${withTherapist(therapist)}${isBiweekly ? ', cada 2 semanas' : ''}, ${range}`,
  otherDates: ({ many, therapist, range }) => `${number(many)} citas${withTherapist(therapist)}, ${range}`,
  bookableDate: ({ when, therapist }) => `${begin(when)} con ${therapist}`,
  bookableSeries: ({ weekdayAndTime, therapist, isBiweekly, many, first }) =>
    `${begin(weekdayAndTime)} con ${therapist}${isBiweekly ? ', cada 2 semanas' : ''}, ${number(many)} citas a partir del ${first}`,

  series: {
    changed: (counts) => {
      const what: Record<ChangeCount['change'], (many: number) => string> = {
        moved: (many) => (many === 1 ? 'cambiada' : 'cambiadas'),
        resized: () => 'de otra duración',
        cancelled: (many) => (many === 1 ? 'cancelada' : 'canceladas'),
        added: (many) => (many === 1 ? 'añadida' : 'añadidas'),
        takenOver: (many) => (many === 1 ? 'que pasa a usted' : 'que pasan a usted'),
        givenOver: (many) => (many === 1 ? 'que pasa a otra persona' : 'que pasan a otra persona'),
      };
      return counts
        .map(({ change, many }, at) => {
          const dates = at === 0 ? appointments(many) : many === 1 ? 'una' : number(many);
          return `${dates} ${what[change](many)}`;
        })
        .join(', ');
    },
    newTimes: (many) => (many === 1 ? 'Este es el nuevo horario.' : 'Estos son los nuevos horarios.'),
    otherLength: (many) => these(many, 'dura más o menos tiempo', 'duran más o menos tiempo'),
    cancelledOnes: (many) => these(many, 'está cancelada', 'están canceladas'),
    bookedOnes: (many) => these(many, 'también está reservada', 'también están reservadas'),
    cancelledHeading: 'Canceladas',
    noOtherDates: 'No hay más citas en esta reserva.',
    beside: ({ name, therapists, isOwnEmail, isReader }) => {
      const own = isOwnEmail ? ' Para esas citas recibirá otro correo, con su propio enlace.' : '';
      return `${isReader ? 'Usted' : name || 'Otra persona'} viene a la misma hora, con ${therapists.join(' o ')}.${own}`;
    },
  },

  toClient: {
    subjectChanged: ({ changed, next }) => `Cambios: ${changed}${next === null ? '' : `; próxima, ${next}`}`,
    subjectCancelled: (shortDates) => `Cancelado: ${shortDates}`,
    subjectAdded: (shortDates) => `Añadido: ${shortDates}`,
    subjectBooked: (shortDates) => `Reservado: ${shortDates}`,
    subjectLength: (minutes, shortDates) => `Ahora ${minutes} minutos: ${shortDates}`,
    subjectLengths: (shortDates) => `Otra duración: ${shortDates}`,
    subjectReplaced: ({ from, to, when }) => `${to} en lugar de ${from}: ${when}`,
    subjectMovedOne: (shortDates) => `Cita cambiada: ahora ${shortDates}`,
    subjectMoved: (shortDates) => `Citas cambiadas: ${shortDates}`,
    preheaderNext: (when, place) => `Próxima cita: ${when}, ${place}`,
    preheaderNothing: 'No hay nada más reservado.',

    someChanged: (whose) => `Algunas ${ofTheirs('citas', whose)} han cambiado.`,
    moreBooked: ({ many, practice, whose }) => {
      const who = whose ? `${begin(whose)} tiene` : 'Tiene';
      return many === 1
        ? `${who} una cita más reservada en ${practice}.`
        : `${who} ${number(many)} citas más reservadas en ${practice}.`;
    },
    booked: ({ many, practice, whose }) =>
      many === 1
        ? `${begin(massageOf(whose))} en ${practice} está reservado.`
        : `${whose ? `Los ${number(many)} masajes de ${whose}` : `Sus ${number(many)} masajes`} en ${practice} están reservados.`,
    lengthOfOne: (length, whose) => `${begin(massageOf(whose))} ${lengthChange(length)}.`,
    lengths: (whose) => `Algunos ${ofTheirs('masajes', whose)} duran ahora más o menos tiempo.`,
    replaced: ({ from, to, many, areTimesUnchanged, whose }) => {
      const times = areTimesUnchanged
        ? 'El día y la hora siguen igual.'
        : `Fíjese también en ${many === 1 ? 'la hora, que ha cambiado' : 'las horas: algunas han cambiado'}.`;
      return [boldText(to), ` dará ${many === 1 ? massageOf(whose) : massagesOf(whose)} en lugar de ${from}. ${times}`];
    },
    otherTherapists: (many, whose) =>
      `${begin(number(many))} ${ofTheirs('masajes', whose)} son ahora con otra persona. Los días y las horas siguen igual.`,
    movedOne: ({ from, to, whose }) => [`${begin(massageOf(whose))} pasa del ${from} al `, boldText(to), '.'],
    changedOne: (whose) => `${begin(massageOf(whose))} ha cambiado.`,
    changed: (many, whose) => `${begin(number(many))} ${ofTheirs('citas', whose)} han cambiado.`,
    moved: (many, whose) => `${begin(number(many))} ${ofTheirs('citas', whose)} han cambiado de hora.`,
    weCancelOne: ({ when, therapist, whose }) => [
      `Lo sentimos: tenemos que cancelar ${massageOf(whose)} del `,
      boldText(when),
      ` con ${therapist}.`,
    ],
    weCancel: ({ many, whose }) => `Lo sentimos: tenemos que cancelar ${number(many)} ${ofTheirs('citas', whose)}.`,
    cancelledOne: ({ when, therapist, onRequest, whose }) => [
      `${begin(massageOf(whose))} del `,
      boldText(when),
      ` con ${therapist} está cancelado${onRequest ? ', como usted pidió' : ''}.`,
    ],
    cancelled: ({ many, onRequest, whose }) =>
      `${begin(number(many))} ${ofTheirs('citas', whose)} están canceladas${onRequest ? ', como usted pidió' : ''}.`,

    nextDate: (whose) => (whose ? `Próxima cita de ${whose}` : 'Su próxima cita'),
    seeDates: (whose) => `Ver, cambiar o cancelar ${whose ? datesOf(whose) : 'mis citas'}`,
    seeBookingOrBookAgain: 'Ver mi reserva o reservar de nuevo',
    freeInstead: 'Estas horas están libres. Abra un enlace para reservar:',
    addedHeading: 'Añadidas',
    allDatesHeading: (whose) => `Todas ${datesOf(whose)}`,
    datesNowHeading: (whose) => `${begin(datesOf(whose))} ahora`,
    skipped: (whens) => `Omitidas y no reservadas: ${whens.join('; ')}.`,
    nowCosts: (many, total) => (many === 1 ? `Ahora cuesta ${total}.` : `Ahora cuestan ${total}.`),
    newOnesCost: (many, total) =>
      many === 1 ? `La nueva cita cuesta ${total}.` : `Las nuevas citas cuestan ${total} en total.`,
    costs: (many, total) =>
      many === 1 ? `Precio: ${total}.` : `En total cuestan ${total}. Puede dejarlo después de cualquier sesión.`,
    pleaseConfirm: (whose) =>
      `Por favor, confirme que esta dirección de correo es suya. ${whose ? 'Las' : 'Sus'} citas se mantienen en cualquier caso.`,
    confirmAddress: 'Confirmar mi dirección de correo',
    healthForm: (whose) => `Rellenar o revisar ${whose ? `la ficha de salud de ${whose}` : 'mi ficha de salud'}`,
    cutoffs: ({ toCancel, toMove, contact }) => {
      const until =
        toCancel === toMove
          ? `Puede cancelar o cambiar una cita hasta ${toCancel} antes de que empiece`
          : `Puede cancelar una cita hasta ${toCancel} antes de que empiece, y cambiarla hasta ${toMove} antes`;
      return `${until}. Después, por favor, ${reach(contact)}.`;
    },
    houseRules: ({ movesPerDate, graceMinutes }) => {
      const often = movesPerDate === 1 ? 'una vez' : `${number(movesPerDate)} veces`;
      const moves = movesPerDate > 0 ? [`Cada cita se puede cambiar por internet ${often}.`] : [];
      const late = `Si llega tarde, le esperamos ${dates.duration(graceMinutes)}.`;
      return [...moves, ...(graceMinutes > 0 ? [late] : [])].join(' ');
    },
    where: 'Dirección',
    phone: 'Teléfono',
  },

  toTherapist: {
    subjectChanged: (client, changed) => `Cambios: ${client}, ${changed}`,
    subjectAdded: (client, shortDates) => `Añadido: ${client}, ${shortDates}`,
    subjectNew: (client, shortDates) => `Nuevo: ${client}, ${shortDates}`,
    subjectTakenOver: (client, shortDates) => `Ahora con usted: ${client}, ${shortDates}`,
    subjectGivenOver: (client, shortDates, to) => `Ahora con ${to ?? 'otras personas'}: ${client}, ${shortDates}`,
    subjectCancelled: (client, shortDates) => `Cancelado: ${client}, ${shortDates}`,
    subjectLength: (client, shortDates, minutes) => `Ahora ${minutes} minutos: ${client}, ${shortDates}`,
    subjectLengths: (client, shortDates) => `Otra duración: ${client}, ${shortDates}`,
    subjectMovedOne: (client, when) => `Cita cambiada: ${client}, ahora ${when}`,
    subjectMoved: (client, shortDates) => `Citas cambiadas: ${client}, ${shortDates}`,
    preheaderNext: (client, when) => `Próxima cita con ${client}: ${when}`,
    preheaderNothing: (client) => `No tiene más citas con ${client}.`,

    booked: (client, many) => `${client} ha reservado ${massages(many)} con usted.`,
    moreBooked: (client, many) => `${client} ha reservado ${massages(many)} más con usted.`,
    takenOver: (client, many, from) =>
      from === null
        ? `Usted se encarga ahora de ${massages(many)} con ${client}.`
        : `Usted se encarga ahora de ${massages(many)} con ${client}, en lugar de ${from}.`,
    givenOver: (client, many, to) =>
      `${to ?? 'Otra persona'} se encarga ahora de ${massages(many)} con ${client}, en lugar de usted.`,
    cancelled: (client, many, who) => {
      const why = {
        client: ' Lo pidió el cliente o la clienta. La hora vuelve a estar libre.',
        practice: ' Lo canceló el centro.',
        none: '',
      }[who ?? 'none'];
      const what = many === 1 ? `Una cita con ${client} está cancelada.` : `Citas con ${client} están canceladas.`;
      return `${what}${why}`;
    },
    lengthOfOne: (client, length) => `El masaje con ${client} ${lengthChange(length)}.`,
    lengths: (client) => `Algunos masajes con ${client} duran ahora más o menos tiempo.`,
    moved: (client, many) =>
      many === 1 ? `Una cita con ${client} ha cambiado de hora.` : `Citas con ${client} han cambiado de hora.`,
    changed: (client) => `Algunas citas con ${client} han cambiado.`,

    nextWith: (client) => `Próxima cita con ${client}`,
    openCalendar: 'Abrir la agenda',
    newHeading: 'Citas nuevas',
    givenOverHeading: 'Ya no con usted',
    takenOverOnes: (many) =>
      these(many, 'es ahora suya, y antes era de otra persona', 'son ahora suyas, y antes eran de otra persona'),
    givenOverOnes: (many) => these(many, 'es ahora de otra persona', 'son ahora de otra persona'),
    allDatesHeading: 'Todas las citas',
    nowHeading: 'Ahora con usted',
    stillHeading: 'Siguen con usted',
  },

  reminder: {
    subjectOne: (when, therapist) => `Recordatorio: ${when} con ${therapist}`,
    subjectWeek: ({ many, first, whose }) =>
      `${whose ? 'Las' : 'Sus'} próximas ${number(many)} citas, a partir del ${first}`,
    preheader: (when, place) => `${begin(when)}, ${place}`,
    lookForward: (practice, whose) => (whose ? `Esperamos a ${whose} en ${practice}.` : `Le esperamos en ${practice}.`),
    comingWeek: ({ many, practice, whose }) =>
      many === 1
        ? `En los próximos siete días ${whose ? `${whose} tiene` : 'tiene'} un masaje en ${practice}.`
        : `Estos son ${massagesOf(whose)} en ${practice} de los próximos siete días.`,
    yourDates: (many, whose) => begin(many === 1 ? dateOf(whose) : datesOf(whose)),
    coming: (whose) => (whose ? `Sí, ${whose} viene` : 'Sí, voy'),
    comingOn: (when, whose) => `${whose ? `Sí, ${whose} viene` : 'Sí, voy'} el ${when}`,
    fillInForm: 'Por favor, rellene un breve formulario antes del masaje. Se tarda unos tres minutos.',
    form: 'Rellenar el formulario',
    sayWhatIsNew: 'Decir si hay algo nuevo',
    tooLate: ({ many, contact, whose }) =>
      `Ya es tarde para cambiar ${many === 1 ? 'esta cita' : 'estas citas'} por internet. Si ${whose && `${whose} `}no puede venir, por favor, ${reach(contact)}.`,
    seeDates: (whose) => `Ver ${whose ? datesOf(whose) : 'mis citas'}`,
    afterThat: (contact) => `Después, por favor, ${reach(contact)}.`,
    changeUntil: (when, until) =>
      when === null
        ? `Puede cambiarla o cancelarla por internet hasta el ${until}.`
        : `Puede cambiar o cancelar por internet la cita del ${when} hasta el ${until}.`,
    cancelAndMoveUntil: (when, { cancel, move }) =>
      when === null
        ? `Puede cancelarla por internet hasta el ${cancel}, y cambiarla hasta el ${move}.`
        : `Puede cancelar por internet la cita del ${when} hasta el ${cancel}, y cambiarla hasta el ${move}.`,
    cancelUntil: (when, until) =>
      when === null
        ? `Puede cancelarla por internet hasta el ${until}.`
        : `Puede cancelar por internet la cita del ${when} hasta el ${until}.`,
    moveUntil: (when, until) =>
      when === null
        ? `Puede cambiarla por internet hasta el ${until}.`
        : `Puede cambiar por internet la cita del ${when} hasta el ${until}.`,
    fewer:
      'Para recibir menos recordatorios, o ninguno, abra las citas con el enlace de arriba y busque «Reminders» (recordatorios).',
  },

  text: {
    subject: 'SMS',
    reminder: ({ when, therapist, url, hearsReplies }) => {
      const end = hearsReplies ? 'Baja: STOP' : 'Baja: en el enlace';
      return `: ${when} con ${therapist}. ¿Viene o cambia? ${url ? `${url} ` : ''}${end}`;
    },
  },

  followUp: {
    subjectAgain: (therapist) => `¿Otra vez con ${therapist}?`,
    subjectMissed: (when, whose) => `${whose ? `Esperábamos a ${whose}` : 'Le esperábamos'} el ${when}`,
    once: 'Esto lo enviamos una sola vez. Si no quiere recibir correos como este, abra el enlace de abajo y busque «After your dates» (después de las citas).',
    thanks: (practice, whose) =>
      whose
        ? `Gracias. La última cita reservada para ${whose} en ${practice} ya ha pasado.`
        : `Gracias por su visita a ${practice}. Era la última cita que tenía reservada.`,
    same: ({ service, minutes, therapist, when }) =>
      `${service}, ${minutes} minutos con ${therapist}, ${when ?? 'una semana más tarde a la misma hora'}`,
    otherTimes: 'Ver otras horas',
    bookAgain: 'Reservar de nuevo',
    continueFree: (same) =>
      `¿Le gustaría continuar? El enlace de abajo ofrece lo mismo que hasta ahora: ${same}. No le guardamos nada, y verá cada fecha antes de reservar.`,
    continueHeld: ({ same, many, areAll, until }) => {
      const held =
        many === 1 ? 'esta cita' : areAll ? `estas ${number(many)} citas` : `las primeras ${number(many)} citas`;
      return `¿Le gustaría continuar con ${same}? Le guardamos ${held} hasta el ${until}.`;
    },
    bookHeld: (many) =>
      `${many === 1 ? 'Resérvela' : 'Resérvelas'} con el enlace de abajo. Verá cada fecha antes de que se reserve nada.`,
    continueTaken: (same) => `¿Le gustaría continuar? Lo mismo que hasta ahora, ${same}, no está libre.`,
    freeNearIt: 'Estas horas cercanas están libres. Abra un enlace para reservar:',
    missed: ({ practice, when, therapist, whose }) =>
      `${whose ? `Esperábamos a ${whose}` : 'Le esperábamos'} el ${when} con ${therapist} (${practice}), y deseamos que todo vaya bien.`,
    ifSomethingCameUp: (contact) => `Si surgió algo, o si el error fue nuestro, por favor, ${reach(contact)}.`,
    bookAnother: 'Reservar otra hora',
  },

  score: {
    subjectBefore: (weekday) => `Dos preguntas breves antes de la cita del ${weekday}`,
    subjectAfter: (weekday) => `Dos preguntas breves sobre el masaje del ${weekday}`,
    subjectCheckIn: 'Cuatro sesiones: ¿seguir, cambiar o dejarlo?',
    before: ({ practice, when, whose }) =>
      `${whose ? `${begin(whose)} tiene` : 'Tiene'} cita con nosotros el ${when} (${practice}). Con dos toques ahora podrá ver más adelante si algo ha cambiado.`,
    whyThreeDays:
      'Preguntamos hasta tres días distintos antes del primer masaje, porque un solo día puede ser bueno o malo.',
    session: ({ practice, when, whose }) =>
      `${whose ? `${begin(whose)} tiene` : 'Tiene'} cita con nosotros el ${when} (${practice}). Por favor, responda antes: bastan dos toques.`,
    after: ({ practice, when, whose }) =>
      `${whose ? `${begin(whose)} tuvo` : 'Tuvo'} cita con nosotros el ${when} (${practice}). ¿Cómo está${whose && ` ${whose}`} ahora?`,
    checkIn: (practice, whose) =>
      `${whose ? `${begin(whose)} ha` : 'Ha'} venido cuatro veces (${practice}). Es un buen momento para mirar atrás, y para seguir, cambiar algo, hacer una pausa o dejarlo. Cualquier decisión está bien.`,
    answer: 'Responder con dos toques',
    progress: 'Ver cómo va',
    needNotAnswer:
      'No tiene que responder. Si no quiere más preguntas como estas, abra sus respuestas con ese enlace y pulse «Do not ask me again» (no volver a preguntarme).',
  },

  waitlist: {
    subjectConfirm: (practice) => `Por confirmar: lista de espera, ${practice}`,
    somebodyAsked: (practice) =>
      `Alguien (esperamos que usted) ha pedido con esta dirección entrar en la lista de espera: ${practice}.`,
    yes: 'Sí, apúntenme',
    ignore: 'Si no ha sido usted, no haga caso de este correo: nadie entra en la lista sin pulsar ese enlace.',
    subjectJoined: (practice) => `En la lista de espera: ${practice}`,
    weHoldIt: 'Cuando quede libre una hora que le convenga, se la guardamos y le escribimos.',
    untilWhen: 'El correo dirá hasta cuándo se la guardamos. No se reserva nada antes de que usted diga que sí.',
    seeOrLeave: 'Verlo, o salir de la lista',
    waitingFor: 'Su petición',
    massage: ({ service, minutes, therapist, cadence, sessions }) => {
      const many = cadence === 'once' ? '' : `, ${number(sessions)} citas, una ${dates.cadence(cadence)}`;
      return `${service}, ${minutes} minutos, con ${therapist ?? 'cualquiera'}${many}`;
    },
    what: ({ service, minutes, therapist }) => `${service}, ${minutes} minutos, con ${therapist}`,
    preheader: (what, until) => `${what}. Se la guardamos hasta el ${until}.`,
    subjectOffer: (many, first) =>
      many === 1 ? `Guardado para usted: ${first}` : `Guardado para usted: ${many} citas a partir del ${first}`,
    skippedFree: ({ first, what, whose }) =>
      `Se saltó una cita${whose && ` de ${whose}`}: el ${first}. Vuelve a estar libre, y se lo guardamos: ${what}.`,
    seriesFree: (many, what) => `Ha quedado libre una hora fija, y le guardamos las ${number(many)} citas: ${what}.`,
    oneFree: (first, what) => `Ha quedado libre una hora, y se la guardamos: ${first}, ${what}.`,
    replaces: (when, whose) => `Si dice que sí, sustituye a ${dateOf(whose)} del ${when}.`,
    heldUntil: (until) => `Se la guardamos hasta el ${until}. Después se la ofrecemos a la siguiente persona.`,
    answer: 'Responder sí o no',
    nothingBooked: 'No se reserva nada antes de que usted diga que sí.',
    where: (place) => `Dirección: ${place}.`,
  },

  handOver: {
    subjectAsk: ({ from, to, many, whose }) =>
      `${begin(many === 1 ? dateOf(whose) : datesOf(whose))} con ${from}: ¿le parece bien con ${to}?`,
    ask: ({ from, to, many, whose }) =>
      many === 1
        ? `Todavía no ha cambiado nada: ${dateOf(whose)} es con ${from}. Si dice que sí, será con ${to}:`
        : `Todavía no ha cambiado nada: ${datesOf(whose)} son con ${from}. Si dice que sí, estas ${number(many)} serán con ${to}:`,
    answerBy: (until) => `Por favor, responda hasta el ${until}. El precio no cambia.`,
    answer: 'Responder sí o no',
    ifNo: ({ from, to, many }) =>
      many === 1
        ? `Si dice que no, o no responde, sigue con ${from} hasta que le escribamos. No le guardamos ninguna hora con ${to}: si se ocupa antes de su respuesta, la cita sigue con ${from}.`
        : `Si dice que no, o no responde, siguen con ${from} hasta que le escribamos. No le guardamos ninguna hora con ${to}: si una hora nueva se ocupa antes de su respuesta, esa cita sigue con ${from}.`,
    questions: (zone, contact) =>
      `Todas las horas son las de la ${zone}. ¿Alguna pregunta? Por favor, ${reach(contact)}.`,
    aClientOf: (therapist) => `una persona que viene con ${therapist}`,
    subjectAsked: ({ client, many, from, to }) => `Pregunta a ${client}: ${appointments(many)} de ${from} a ${to}`,
    asked: ({ client, many, from, to, until }) =>
      `Preguntamos a ${client} si ${appointments(many)} ${many === 1 ? 'puede' : 'pueden'} pasar de ${from} a ${to}. Puede responder hasta el ${until}. Todavía no ha cambiado nada, y no se guarda ninguna hora con ${to}.`,
    subjectDeclined: ({ client, many, from }) =>
      `${begin(client)} dijo que no: ${appointments(many)} ${many === 1 ? 'sigue' : 'siguen'} con ${from}`,
    declined: ({ client, many, from, to }) =>
      `Preguntamos a ${client} si ${appointments(many)} ${many === 1 ? 'podía' : 'podían'} pasar de ${from} a ${to}, y dijo que no. ${many === 1 ? 'La cita sigue' : 'Las citas siguen'} con ${from}.`,
    subjectWithdrawn: ({ client, many, from }) => `Ya no preguntamos a ${client}: ${appointments(many)} con ${from}`,
    withdrawn: ({ client, many, from, to }) =>
      `Ya no preguntamos a ${client} si ${appointments(many)} ${many === 1 ? 'puede' : 'pueden'} pasar de ${from} a ${to}. ${many === 1 ? 'La cita sigue' : 'Las citas siguen'} por ahora con ${from}.`,
    otherHour: (when, time) => `${when}, que sería ${at(time)}`,
    otherDay: (when, to) => `${when}, que sería el ${to}`,
  },

  request: {
    date: ({ day, from, until, service, therapist }) =>
      `${begin(day)}, ${fromUntil(from, until)}: ${service}${withTherapist(therapist)}`,
    questions: (contact) => `¿Alguna pregunta? ${begin(reach(contact))}.`,
    subjectConfirm: (time) => `Aún sin reservar: confirme antes de ${at(time).replace(/^a /, '')}`,
    confirm: (practice, until, many) =>
      `Todavía no hay nada reservado. Alguien (esperamos que usted) ha pedido con esta dirección ${many === 1 ? 'la cita' : 'las citas'} de abajo: ${practice}. Pulse el enlace antes del ${until} y ${many === 1 ? 'quedará reservada, si sigue libre' : 'quedarán reservadas, si siguen libres'}. Hasta entonces no se guarda ninguna hora.`,
    confirmAndBook: () => 'Confirmar y reservar',
    notYou: 'Si no ha sido usted, no tiene que hacer nada: sin el enlace no se reserva nada.',
    subjectApprove: (first) => `Aún sin reservar: ${first}. Le responderemos.`,
    approve: ({ practice, many, until, contact }) =>
      `Todavía no hay nada reservado. Cada primera reserva la miramos nosotros (${practice}). Le escribiremos cuando ${many === 1 ? 'la cita esté reservada' : 'las citas estén reservadas'}. Si el ${until} no sabe nada de nosotros, no hay nada reservado: por favor, ${reach(contact)}.`,
    subjectDeclined: (first) => `No reservado: ${first}`,
    declined: (practice) =>
      `Lo sentimos: no hemos podido aceptar su reserva (${practice}). No hay nada reservado ni nada que pagar.`,
    subjectTaken: (first) => `No reservado, una hora ya estaba ocupada: ${first}`,
    taken: (practice, many) =>
      `Dijimos que sí (${practice}), pero entretanto se ocupó ${many === 1 ? 'esta hora' : 'una de estas horas'}, y no se reservó nada. Por favor, elija de nuevo: esta vez se reserva al momento.`,
    bookAnother: 'Reservar otra hora',
    subjectNew: (first, many) => `Por aprobar: una primera reserva, ${many === 1 ? 'el' : 'a partir del'} ${first}`,
    isNew: (until, many) =>
      `Una persona que nunca ha venido pide ${many === 1 ? 'la cita' : 'las citas'} de abajo. No se reserva ni se guarda nada sin su aprobación, antes del ${until}.`,
    look: 'Verlo',
  },

  signIn: {
    subject: (practice) => `Entrar: ${practice}`,
    somebodyAsked: (practice) => `Alguien (esperamos que usted) ha pedido entrar con esta dirección: ${practice}.`,
    press: 'Entrar',
    worksUntil: (until, zone) => `El enlace sirve una vez, hasta el ${until} (${zone}).`,
    notYou: 'Si no ha sido usted, no tiene que hacer nada: sin el enlace no entra nadie.',
  },

  newAddress: {
    subject: (practice) => `Confirme su nueva dirección de correo: ${practice}`,
    somebodyAsked: (practice) =>
      `Alguien (esperamos que usted) ha pedido entrar a partir de ahora con esta dirección: ${practice}. Abra el enlace donde haya entrado.`,
    press: 'Usar esta dirección',
    notYou: 'Si no ha sido usted, no tiene que hacer nada: sin el enlace no cambia nada.',
  },

  addressChanged: {
    subject: (practice) => `Su dirección de correo ha cambiado: ${practice}`,
    changed: (practice) =>
      `Ahora entra con otra dirección de correo (${practice}). Los enlaces para entrar llegan allí, y ya no aquí.`,
    notYou: (until) =>
      `Si no ha sido usted, abra este enlace hasta el ${until}: volverá a entrar con esta dirección, y quien haya entrado en su nombre saldrá.`,
    press: 'No he sido yo',
  },

  answered: {
    subjectQuestion: (practice) => `Respuesta a su pregunta: ${practice}`,
    subjectReport: (practice) => `Página corregida: ${practice}`,
    question: (practice, isInWords) =>
      `Nos hizo una pregunta (${practice}), y la hemos respondido${isInWords ? '.' : ' en una página.'}`,
    report: (practice) => `Nos avisó de un error (${practice}), y hemos corregido la página. Gracias.`,
    readAnswer: 'Leer la respuesta',
    readPage: 'Leer la página',
    doNotForward: 'El enlace muestra también su pregunta; por favor, no reenvíe este correo.',
    nothingToDo: 'No tiene que hacer nada.',
  },

  asked: {
    subject: (many) => (many === 1 ? 'Hay una pregunta o aviso en espera' : `Hay ${many} preguntas y avisos en espera`),
    waiting: (many, practice) =>
      many === 1
        ? `Una pregunta o aviso espera respuesta: ${practice}.`
        : `${many} preguntas y avisos esperan respuesta: ${practice}.`,
    press: 'Leer y responder',
    atMost: 'Hay como mucho un correo de este tipo por hora. Lo que se ha escrito no aparece nunca en él.',
  },

  clientWrote: {
    subject: (client, many) =>
      `${many === 1 ? 'Un mensaje' : `${many} mensajes`}${client ? ` de ${client}` : ' sobre unas citas'}`,
    wrote: (client, many, practice) =>
      `${client || 'Alguien'} ha enviado ${many === 1 ? 'un mensaje' : `${many} mensajes`} sobre sus citas: ${practice}.`,
    press: 'Leer y responder',
    neverHere:
      'Lo que escriben sus clientes no aparece nunca en un correo. Cuando haya respondido, márquelo en la agenda.',
  },

  links: {
    subject: (practice) => `Sus reservas: ${practice}`,
    somebodyAsked: (isOne) =>
      `Alguien (esperamos que usted) ha pedido ${isOne ? 'el enlace' : 'los enlaces'} a lo reservado con esta dirección.`,
    allDates: 'Ver todas mis citas',
    plan: ({ service, therapist, client }) => `${service} con ${therapist}${client && `, para ${client}`}`,
    nextOn: (plan, when) => `${plan}, próxima cita el ${when}`,
    lastOn: (plan, when) => `${plan}, última cita el ${when}`,
    cancelled: (plan, when, many) =>
      many === 1 ? `${plan}, cita cancelada del ${when}` : `${plan}, hasta el ${when}, todas las citas canceladas`,
    upcoming: (many) => (many === 1 ? 'Una cita próxima.' : `${many} citas próximas.`),
    noneUpcoming: (isOnce) => `No hay citas próximas. Puede ${isOnce ? '' : 'añadir más, o '}reservar de nuevo.`,
    see: 'Ver, cambiar o cancelar',
    seeOrBookAgain: 'Verla o reservar de nuevo',
    doNotForward: (isOne) =>
      isOne
        ? 'Quien tenga este enlace puede ver y cambiar estas reservas; por favor, no reenvíe este correo.'
        : 'Quien tenga uno de estos enlaces puede ver y cambiar esa reserva; por favor, no reenvíe este correo.',
  },

  linkRenewed: {
    subject: (practice) => `Su enlace a una reserva: ${practice}`,
    newLink: ({ practice, service, many, first }) =>
      `Hemos hecho un enlace nuevo a su reserva (${practice}): ${service}, ${many === 1 ? `el ${first}` : `${many} citas a partir del ${first}`}.`,
    press: 'Ver la reserva',
    worksUntil: (until) => `Sirve hasta el ${until}. El enlace que tenía antes ya no funciona.`,
    doNotForward: 'Quien tenga este enlace puede ver y cambiar la reserva; por favor, no reenvíe este correo.',
  },

  freed: {
    subject: (when) => `Libre de nuevo: ${when}`,
    free: ({ when, therapist, whose }) =>
      `Se saltó una cita${whose && ` de ${whose}`}: el ${when} con ${therapist}. Acaba de quedar libre.`,
    press: 'Reservarla después de todo',
    firstCome: 'Es para quien la reserve primero. Si no la quiere, las otras citas quedan como están.',
  },

  ownMessage: {
    subject: (practice) => `Un mensaje: ${practice}`,
    youCanAnswer: (contact) =>
      contact.phone
        ? `${contact.name} le ha escrito esto. Puede responder a este correo, o llamarnos al ${contact.phone}.`
        : `${contact.name} le ha escrito esto. Puede responder a este correo.`,
  },

  test: {
    subject: (practice) => `Un correo de prueba: ${practice}`,
    works: 'Este correo se envió desde los ajustes de su página de reservas. Si lo está leyendo, el envío funciona.',
  },

  calendar: {
    massageWith: (therapist, client) => `Masaje${client === null ? '' : ` para ${client}`} con ${therapist}`,
    massage: 'Masaje',
    place: (position, sessions) => `${position} de ${sessions}`,
    see: (url) => `Ver, cambiar o cancelar: ${url}`,
    busy: 'Ocupado',
    cancelled: (title) => `Cancelado: ${title}`,
  },

  sample: {
    ownLink: '[el enlace personal]',
    calendar: '[su agenda]',
    book: '[la manera de reservar]',
    form: '[el formulario]',
    coming: '[la manera de decirlo]',
    reason: 'Aquí aparece el motivo que usted dé.',
  },
};

/** "a las 18:00", "a la 1:00". */
function at(time: string): string {
  return `${/^1:/.test(time) ? 'a la' : 'a las'} ${time}`;
}

function fromUntil(from: string, until: string): string {
  return `de ${from} a ${until}`;
}
