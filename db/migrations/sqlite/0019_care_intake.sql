CREATE TABLE `__new_consents` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`series_id` text,
	`asked_id` text,
	`words` text NOT NULL,
	`version` text NOT NULL,
	`way` text NOT NULL,
	`given_at` integer NOT NULL,
	`hash` text NOT NULL,
	`appointment_id` text,
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`asked_id`) REFERENCES `asked_questions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`appointment_id`) REFERENCES `appointments`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "consents_kind" CHECK("__new_consents"."kind" in ('booking', 'question', 'treated', 'health_kept', 'written_to', 'sensitive_area')),
	CONSTRAINT "consents_way" CHECK("__new_consents"."way" in ('page', 'api', 'staff')),
	CONSTRAINT "consents_subject" CHECK(("__new_consents"."series_id" is null) <> ("__new_consents"."asked_id" is null)),
	CONSTRAINT "consents_one_session" CHECK(("__new_consents"."kind" = 'sensitive_area') = ("__new_consents"."appointment_id" is not null))
);
--> statement-breakpoint
INSERT INTO `__new_consents`("id", "kind", "series_id", "asked_id", "words", "version", "way", "given_at", "hash") SELECT "id", "kind", "series_id", "asked_id", "words", "version", "way", "given_at", "hash" FROM `consents`;--> statement-breakpoint
DROP TABLE `consents`;--> statement-breakpoint
ALTER TABLE `__new_consents` RENAME TO `consents`;--> statement-breakpoint
CREATE INDEX `consents_series` ON `consents` (`series_id`);--> statement-breakpoint
CREATE INDEX `consents_asked` ON `consents` (`asked_id`);--> statement-breakpoint
CREATE TABLE `consent_withdrawals` (
	`consent_id` text PRIMARY KEY NOT NULL,
	`way` text NOT NULL,
	`withdrawn_at` integer NOT NULL,
	`hash` text NOT NULL,
	FOREIGN KEY (`consent_id`) REFERENCES `consents`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "consent_withdrawals_way" CHECK("consent_withdrawals"."way" in ('page', 'staff'))
);
--> statement-breakpoint
CREATE TABLE `before_lines` (
	`appointment_id` text PRIMARY KEY NOT NULL,
	`start_at` integer NOT NULL,
	`way` text NOT NULL,
	`said_at` integer NOT NULL,
	`sealed_before` text NOT NULL,
	FOREIGN KEY (`appointment_id`) REFERENCES `appointments`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "before_lines_way" CHECK("before_lines"."way" in ('link', 'staff'))
);
--> statement-breakpoint
CREATE TABLE `free_moves` (
	`appointment_id` text PRIMARY KEY NOT NULL,
	`granted_at` integer NOT NULL,
	FOREIGN KEY (`appointment_id`) REFERENCES `appointments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `intakes` (
	`id` text PRIMARY KEY NOT NULL,
	`series_id` text NOT NULL,
	`questions_version` text NOT NULL,
	`way` text NOT NULL,
	`started_at` integer NOT NULL,
	`saved_at` integer NOT NULL,
	`finished_at` integer,
	`settled_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`sealed_intake` text NOT NULL,
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "intakes_way" CHECK("intakes"."way" in ('link', 'staff'))
);
--> statement-breakpoint
CREATE INDEX `intakes_series` ON `intakes` (`series_id`,`finished_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `intakes_open` ON `intakes` (`series_id`) WHERE "intakes"."finished_at" is null;