CREATE TABLE `text_consents` (
	`client_id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`way` text NOT NULL,
	`words` text NOT NULL,
	`agreed_at` integer NOT NULL,
	`ended_at` integer,
	`ended_as` text,
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "text_consents_way" CHECK("text_consents"."way" in ('link', 'text')),
	CONSTRAINT "text_consents_end" CHECK(("text_consents"."ended_at" is null) = ("text_consents"."ended_as" is null) and ("text_consents"."ended_as" is null or "text_consents"."ended_as" in ('client', 'stop', 'unreachable')))
);
--> statement-breakpoint
CREATE INDEX `text_consents_number` ON `text_consents` (`number`);--> statement-breakpoint
ALTER TABLE `reminder_rules` ADD `channels` text;--> statement-breakpoint
ALTER TABLE `reminders` ADD `token_hash` text;--> statement-breakpoint
CREATE INDEX `reminders_token` ON `reminders` (`token_hash`);