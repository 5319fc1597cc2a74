CREATE TABLE `__new_ledger_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`happened_at` integer NOT NULL,
	`kind` text NOT NULL,
	`client_id` text NOT NULL,
	`appointment_id` text,
	`currency` text NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`actor` text NOT NULL,
	`corrects_id` text,
	`receipt_number` integer,
	`form_key` text,
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`appointment_id`) REFERENCES `appointments`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ledger_entries_kind" CHECK("__new_ledger_entries"."kind" in ('charge', 'payment', 'tip', 'discount', 'refund', 'fee', 'waiver', 'lapse', 'correction')),
	CONSTRAINT "ledger_entries_correction" CHECK(("__new_ledger_entries"."kind" = 'correction') = ("__new_ledger_entries"."corrects_id" is not null))
);
--> statement-breakpoint
INSERT INTO `__new_ledger_entries`("id", "happened_at", "kind", "client_id", "appointment_id", "currency", "reason", "actor", "corrects_id", "receipt_number", "form_key") SELECT "id", "happened_at", "kind", "client_id", "appointment_id", "currency", "reason", "actor", "corrects_id", "receipt_number", "form_key" FROM `ledger_entries`;--> statement-breakpoint
DROP TABLE `ledger_entries`;--> statement-breakpoint
ALTER TABLE `__new_ledger_entries` RENAME TO `ledger_entries`;--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_entries_receipt` ON `ledger_entries` (`receipt_number`);--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_entries_corrects` ON `ledger_entries` (`corrects_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_entries_form` ON `ledger_entries` (`form_key`);--> statement-breakpoint
CREATE INDEX `ledger_entries_appointment` ON `ledger_entries` (`appointment_id`);--> statement-breakpoint
CREATE INDEX `ledger_entries_client` ON `ledger_entries` (`client_id`,`happened_at`);--> statement-breakpoint
CREATE INDEX `ledger_entries_time` ON `ledger_entries` (`happened_at`);--> statement-breakpoint
INSERT INTO `ledger_entries` (`id`, `happened_at`, `kind`, `client_id`, `appointment_id`, `currency`, `reason`, `actor`) SELECT 'lapse-' || a.id, max(e.happened_at), 'lapse', a.client_id, a.id, a.currency, 'The date was cancelled or missed', 'update' FROM appointments a JOIN ledger_entries e ON e.appointment_id = a.id JOIN ledger_lines l ON l.entry_id = e.id WHERE a.status IN ('cancelled', 'no_show') GROUP BY a.id, a.client_id, a.currency HAVING sum(CASE WHEN l.account IN ('owed', 'fees') THEN l.amount_cents ELSE 0 END) > 0;--> statement-breakpoint
INSERT INTO `ledger_lines` (`entry_id`, `account`, `amount_cents`) SELECT 'lapse-' || e.appointment_id, 'sales', sum(CASE WHEN l.account IN ('owed', 'fees', 'discounts') THEN l.amount_cents ELSE 0 END) FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id WHERE 'lapse-' || e.appointment_id IN (SELECT id FROM ledger_entries WHERE kind = 'lapse') GROUP BY e.appointment_id;--> statement-breakpoint
INSERT INTO `ledger_lines` (`entry_id`, `account`, `amount_cents`) SELECT 'lapse-' || e.appointment_id, 'discounts', -sum(CASE WHEN l.account = 'discounts' THEN l.amount_cents ELSE 0 END) FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id WHERE 'lapse-' || e.appointment_id IN (SELECT id FROM ledger_entries WHERE kind = 'lapse') GROUP BY e.appointment_id HAVING sum(CASE WHEN l.account = 'discounts' THEN l.amount_cents ELSE 0 END) <> 0;--> statement-breakpoint
INSERT INTO `ledger_lines` (`entry_id`, `account`, `amount_cents`) SELECT entry_id, 'owed', -sum(amount_cents) FROM ledger_lines WHERE entry_id IN (SELECT id FROM ledger_entries WHERE kind = 'lapse') GROUP BY entry_id;
