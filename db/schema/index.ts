// All tables, by subject: access, practice, hours, people, booking, messages, questions, consents, intake, scores,
// money, notes, reminders, texts, follow-ups, calendars, waitlist. Each refers only to subjects listed before it.

export * from './access';
export * from './asked-questions';
export * from './booking';
export * from './calendars';
export * from './clients';
export * from './consents';
export * from './follow-ups';
export * from './hours';
export * from './intake';
export * from './messages';
export * from './money';
export * from './notes';
export * from './practice';
export * from './reminders';
export * from './scores';
export * from './text-consents';
export * from './waitlist';
