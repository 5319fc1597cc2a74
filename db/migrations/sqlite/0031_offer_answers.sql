CREATE TABLE `__new_waitlist_offers` (
	`id` text PRIMARY KEY NOT NULL,
	`entry_id` text,
	`skip_series_id` text,
	`skip_position` integer,
	`service_id` text NOT NULL,
	`minutes` integer NOT NULL,
	`therapist_id` text NOT NULL,
	`dates` text NOT NULL,
	`first_start_at` integer NOT NULL,
	`sessions` integer NOT NULL,
	`source` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`answered_at` integer,
	`answer` text,
	`outbox_id` text,
	`series_id` text,
	FOREIGN KEY (`entry_id`) REFERENCES `waitlist_entries`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`skip_series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`service_id`) REFERENCES `services`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`therapist_id`) REFERENCES `therapists`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "waitlist_offers_whose" CHECK(("__new_waitlist_offers"."entry_id" is null) = ("__new_waitlist_offers"."skip_series_id" is not null)),
	CONSTRAINT "waitlist_offers_skip" CHECK(("__new_waitlist_offers"."skip_series_id" is null) = ("__new_waitlist_offers"."skip_position" is null)),
	CONSTRAINT "waitlist_offers_source" CHECK("__new_waitlist_offers"."source" in ('worker', 'desk')),
	CONSTRAINT "waitlist_offers_answer_known" CHECK(("__new_waitlist_offers"."answered_at" is null) = ("__new_waitlist_offers"."answer" is null) and ("__new_waitlist_offers"."answer" is null or "__new_waitlist_offers"."answer" in ('accepted', 'declined', 'expired', 'lost', 'withdrawn', 'taken_back', 'unsent'))),
	CONSTRAINT "waitlist_offers_booked" CHECK("__new_waitlist_offers"."series_id" is null or "__new_waitlist_offers"."answer" = 'accepted')
);
--> statement-breakpoint
INSERT INTO `__new_waitlist_offers`("id", "entry_id", "skip_series_id", "skip_position", "service_id", "minutes", "therapist_id", "dates", "first_start_at", "sessions", "source", "created_at", "expires_at", "answered_at", "answer", "outbox_id", "series_id") SELECT "id", "entry_id", "skip_series_id", "skip_position", "service_id", "minutes", "therapist_id", "dates", "first_start_at", "sessions", "source", "created_at", "expires_at", "answered_at", "answer", null, "series_id" FROM `waitlist_offers`;--> statement-breakpoint
DROP TABLE `waitlist_offers`;--> statement-breakpoint
ALTER TABLE `__new_waitlist_offers` RENAME TO `waitlist_offers`;--> statement-breakpoint
CREATE UNIQUE INDEX `waitlist_offers_open` ON `waitlist_offers` (`entry_id`) WHERE "waitlist_offers"."answered_at" is null and "waitlist_offers"."entry_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `waitlist_offers_open_skip` ON `waitlist_offers` (`skip_series_id`) WHERE "waitlist_offers"."answered_at" is null and "waitlist_offers"."skip_series_id" is not null;--> statement-breakpoint
CREATE INDEX `waitlist_offers_entry` ON `waitlist_offers` (`entry_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `waitlist_offers_skip_date` ON `waitlist_offers` (`skip_series_id`,`skip_position`);--> statement-breakpoint
CREATE INDEX `waitlist_offers_series` ON `waitlist_offers` (`series_id`);--> statement-breakpoint
CREATE INDEX `waitlist_offers_answer` ON `waitlist_offers` (`answer`,`answered_at`);--> statement-breakpoint
ALTER TABLE `waitlist_entries` ADD `sender` text;--> statement-breakpoint
CREATE INDEX `waitlist_entries_sender` ON `waitlist_entries` (`sender`,`created_at`);