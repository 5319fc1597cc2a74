CREATE TABLE `consents` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`series_id` text,
	`asked_id` text,
	`words` text NOT NULL,
	`version` text NOT NULL,
	`way` text NOT NULL,
	`given_at` integer NOT NULL,
	`hash` text NOT NULL,
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`asked_id`) REFERENCES `asked_questions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "consents_kind" CHECK("consents"."kind" in ('booking', 'question')),
	CONSTRAINT "consents_way" CHECK("consents"."way" in ('page', 'api')),
	CONSTRAINT "consents_subject" CHECK(("consents"."series_id" is null) <> ("consents"."asked_id" is null))
);
--> statement-breakpoint
CREATE INDEX `consents_series` ON `consents` (`series_id`);--> statement-breakpoint
CREATE INDEX `consents_asked` ON `consents` (`asked_id`);