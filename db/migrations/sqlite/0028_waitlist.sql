CREATE TABLE `freed_times` (
	`id` text PRIMARY KEY NOT NULL,
	`therapist_id` text NOT NULL,
	`start_at` integer NOT NULL,
	`end_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`leased_until` integer,
	`leased_by` text,
	FOREIGN KEY (`therapist_id`) REFERENCES `therapists`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "freed_times_span" CHECK("freed_times"."end_at" > "freed_times"."start_at"),
	CONSTRAINT "freed_times_lease" CHECK(("freed_times"."leased_until" is null) = ("freed_times"."leased_by" is null))
);
--> statement-breakpoint
CREATE INDEX `freed_times_due` ON `freed_times` (`due_at`);--> statement-breakpoint
CREATE INDEX `freed_times_therapist` ON `freed_times` (`therapist_id`);--> statement-breakpoint
CREATE TABLE `waitlist_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`client_id` text,
	`pending_name` text,
	`pending_email` text,
	`pending_phone` text,
	`service_id` text NOT NULL,
	`minutes` integer NOT NULL,
	`therapist_id` text,
	`cadence` text NOT NULL,
	`sessions` integer NOT NULL,
	`from_on` text NOT NULL,
	`until_on` text NOT NULL,
	`day_parts` integer NOT NULL,
	`at_time` text,
	`swap_appointment_id` text,
	`is_urgent` integer NOT NULL,
	`source` text NOT NULL,
	`created_at` integer NOT NULL,
	`confirmed_at` integer,
	`ended_at` integer,
	`ended_as` text,
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`service_id`) REFERENCES `services`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`therapist_id`) REFERENCES `therapists`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`swap_appointment_id`) REFERENCES `appointments`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "waitlist_entries_cadence" CHECK("waitlist_entries"."cadence" in ('once', 'weekly', 'biweekly')),
	CONSTRAINT "waitlist_entries_sessions" CHECK("waitlist_entries"."sessions" >= 1 and ("waitlist_entries"."cadence" <> 'once' or "waitlist_entries"."sessions" = 1)),
	CONSTRAINT "waitlist_entries_days" CHECK("waitlist_entries"."until_on" >= "waitlist_entries"."from_on" and "waitlist_entries"."day_parts" between 1 and 2097151),
	CONSTRAINT "waitlist_entries_swap" CHECK("waitlist_entries"."swap_appointment_id" is null or "waitlist_entries"."cadence" = 'once'),
	CONSTRAINT "waitlist_entries_who" CHECK(("waitlist_entries"."client_id" is null) = ("waitlist_entries"."pending_email" is not null) and ("waitlist_entries"."confirmed_at" is null or "waitlist_entries"."client_id" is not null)),
	CONSTRAINT "waitlist_entries_source" CHECK("waitlist_entries"."source" in ('online', 'desk')),
	CONSTRAINT "waitlist_entries_end" CHECK(("waitlist_entries"."ended_at" is null) = ("waitlist_entries"."ended_as" is null) and ("waitlist_entries"."ended_as" is null or "waitlist_entries"."ended_as" in ('booked', 'left', 'removed')))
);
--> statement-breakpoint
CREATE INDEX `waitlist_entries_client` ON `waitlist_entries` (`client_id`);--> statement-breakpoint
CREATE INDEX `waitlist_entries_pending` ON `waitlist_entries` (`pending_email`);--> statement-breakpoint
CREATE INDEX `waitlist_entries_waiting` ON `waitlist_entries` (`ended_at`,`until_on`);--> statement-breakpoint
CREATE TABLE `waitlist_offers` (
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
	`series_id` text,
	FOREIGN KEY (`entry_id`) REFERENCES `waitlist_entries`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`skip_series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`service_id`) REFERENCES `services`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`therapist_id`) REFERENCES `therapists`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "waitlist_offers_whose" CHECK(("waitlist_offers"."entry_id" is null) = ("waitlist_offers"."skip_series_id" is not null)),
	CONSTRAINT "waitlist_offers_skip" CHECK(("waitlist_offers"."skip_series_id" is null) = ("waitlist_offers"."skip_position" is null)),
	CONSTRAINT "waitlist_offers_source" CHECK("waitlist_offers"."source" in ('worker', 'desk')),
	CONSTRAINT "waitlist_offers_answer_known" CHECK(("waitlist_offers"."answered_at" is null) = ("waitlist_offers"."answer" is null) and ("waitlist_offers"."answer" is null or "waitlist_offers"."answer" in ('accepted', 'declined', 'expired', 'lost', 'withdrawn'))),
	CONSTRAINT "waitlist_offers_booked" CHECK("waitlist_offers"."series_id" is null or "waitlist_offers"."answer" = 'accepted')
);
--> statement-breakpoint
CREATE UNIQUE INDEX `waitlist_offers_open` ON `waitlist_offers` (`entry_id`) WHERE "waitlist_offers"."answered_at" is null and "waitlist_offers"."entry_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `waitlist_offers_open_skip` ON `waitlist_offers` (`skip_series_id`) WHERE "waitlist_offers"."answered_at" is null and "waitlist_offers"."skip_series_id" is not null;--> statement-breakpoint
CREATE INDEX `waitlist_offers_entry` ON `waitlist_offers` (`entry_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `waitlist_offers_skip_date` ON `waitlist_offers` (`skip_series_id`,`skip_position`);--> statement-breakpoint
CREATE INDEX `waitlist_offers_series` ON `waitlist_offers` (`series_id`);--> statement-breakpoint
CREATE INDEX `waitlist_offers_answer` ON `waitlist_offers` (`answer`,`answered_at`);--> statement-breakpoint
ALTER TABLE `practices` ADD `offer_minutes` integer DEFAULT 30 NOT NULL;