// All tables, by subject: access, practice, hours, clients, series, booking requests, appointments, hand-over requests,
// claims, messages, questions, consents, intake, scores, money, notes, reminders, text consents, follow-ups, calendars,
// waitlist. Each refers only to subjects listed before it.

export * from './access';
export * from './appointments';
export * from './asked-questions';
export * from './booking-requests';
export * from './calendars';
export * from './claims';
export * from './clients';
export * from './consents';
export * from './follow-ups';
export * from './hand-over-requests';
export * from './hours';
export * from './intake';
export * from './messages';
export * from './money';
export * from './notes';
export * from './practice';
export * from './reminders';
export * from './scores';
export * from './series';
export * from './text-consents';
export * from './waitlist';
