CREATE TABLE `ledger_entries` (
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
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`appointment_id`) REFERENCES `appointments`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ledger_entries_kind" CHECK("ledger_entries"."kind" in ('charge', 'payment', 'tip', 'discount', 'refund', 'fee', 'waiver', 'correction')),
	CONSTRAINT "ledger_entries_correction" CHECK(("ledger_entries"."kind" = 'correction') = ("ledger_entries"."corrects_id" is not null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_entries_receipt` ON `ledger_entries` (`receipt_number`);--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_entries_corrects` ON `ledger_entries` (`corrects_id`);--> statement-breakpoint
CREATE INDEX `ledger_entries_appointment` ON `ledger_entries` (`appointment_id`);--> statement-breakpoint
CREATE INDEX `ledger_entries_client` ON `ledger_entries` (`client_id`,`happened_at`);--> statement-breakpoint
CREATE INDEX `ledger_entries_time` ON `ledger_entries` (`happened_at`);--> statement-breakpoint
CREATE TABLE `ledger_lines` (
	`entry_id` text NOT NULL,
	`account` text NOT NULL,
	`amount_cents` integer NOT NULL,
	PRIMARY KEY(`entry_id`, `account`),
	FOREIGN KEY (`entry_id`) REFERENCES `ledger_entries`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ledger_lines_amount" CHECK("ledger_lines"."amount_cents" <> 0),
	CONSTRAINT "ledger_lines_account" CHECK("ledger_lines"."account" in ('owed', 'cash', 'card', 'transfer', 'other', 'sales', 'tips', 'discounts', 'fees'))
);
--> statement-breakpoint
CREATE TABLE `setup_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`answers` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `therapist_prices` (
	`therapist_id` text NOT NULL,
	`service_id` text NOT NULL,
	`minutes` integer NOT NULL,
	`price_cents` integer NOT NULL,
	PRIMARY KEY(`therapist_id`, `service_id`, `minutes`),
	FOREIGN KEY (`therapist_id`) REFERENCES `therapists`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`service_id`) REFERENCES `services`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "therapist_prices_price" CHECK("therapist_prices"."price_cents" >= 0)
);
--> statement-breakpoint
CREATE TABLE `weekly_hours_changes` (
	`therapist_id` text NOT NULL,
	`valid_from` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`therapist_id`, `valid_from`),
	FOREIGN KEY (`therapist_id`) REFERENCES `therapists`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `__new_users` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text,
	`email` text NOT NULL,
	`email_verified_at` integer,
	`image` text,
	`role` text DEFAULT 'client' NOT NULL,
	CONSTRAINT "users_role" CHECK("__new_users"."role" in ('owner', 'therapist', 'front_desk', 'client'))
);
--> statement-breakpoint
INSERT INTO `__new_users`("id", "name", "email", "email_verified_at", "image", "role") SELECT "id", "name", "email", "email_verified_at", "image", "role" FROM `users`;--> statement-breakpoint
DROP TABLE `users`;--> statement-breakpoint
ALTER TABLE `__new_users` RENAME TO `users`;--> statement-breakpoint
CREATE UNIQUE INDEX `users_email` ON `users` (`email`);--> statement-breakpoint
ALTER TABLE `clients` ADD `search_text` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `clients` ADD `language` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `clients` ADD `sealed_alerts` text;--> statement-breakpoint
ALTER TABLE `clients` ADD `extra_minutes` integer DEFAULT 0 NOT NULL CONSTRAINT "clients_extra" CHECK("extra_minutes" between 0 and 120);--> statement-breakpoint
ALTER TABLE `clients` ADD `favourite_therapist_id` text REFERENCES therapists(id);--> statement-breakpoint
ALTER TABLE `clients` ADD `tags` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `clients` ADD `booking` text DEFAULT 'online' NOT NULL CONSTRAINT "clients_booking" CHECK("booking" in ('online', 'approval', 'blocked'));--> statement-breakpoint
ALTER TABLE `clients` ADD `version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
UPDATE `clients` SET `search_text` = lower(`name` || ' ' || `email` || ' ' || coalesce(`phone`, ''));--> statement-breakpoint
DROP INDEX `clients_email_name`;--> statement-breakpoint
CREATE UNIQUE INDEX `clients_email_name` ON `clients` (`email`,`name`) WHERE "clients"."email" <> '';--> statement-breakpoint
CREATE TABLE `__new_working_hours` (
	`therapist_id` text NOT NULL,
	`valid_from` text DEFAULT '0001-01-01' NOT NULL,
	`weekday` integer NOT NULL,
	`from_time` text NOT NULL,
	`until_time` text NOT NULL,
	`time_zone` text NOT NULL,
	PRIMARY KEY(`therapist_id`, `valid_from`, `weekday`, `from_time`),
	FOREIGN KEY (`therapist_id`) REFERENCES `therapists`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "working_hours_weekday" CHECK("__new_working_hours"."weekday" between 0 and 6),
	CONSTRAINT "working_hours_forward" CHECK("__new_working_hours"."from_time" < "__new_working_hours"."until_time")
);
--> statement-breakpoint
INSERT INTO `__new_working_hours`("therapist_id", "weekday", "from_time", "until_time", "time_zone") SELECT "therapist_id", "weekday", "from_time", "until_time", "time_zone" FROM `working_hours`;--> statement-breakpoint
DROP TABLE `working_hours`;--> statement-breakpoint
ALTER TABLE `__new_working_hours` RENAME TO `working_hours`;--> statement-breakpoint
ALTER TABLE `appointments` ADD `arrived_at` integer;--> statement-breakpoint
ALTER TABLE `appointments` ADD `begun_at` integer;--> statement-breakpoint
ALTER TABLE `appointments` ADD `is_late_cancel` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `appointments` ADD `moves_by_client` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `practices` ADD `country` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `practices` ADD `moves_per_date` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `practices` ADD `grace_minutes` integer DEFAULT 10 NOT NULL;--> statement-breakpoint
ALTER TABLE `practices` ADD `no_show_words` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `rooms` ADD `is_active` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `series` ADD `source` text DEFAULT 'online' NOT NULL CONSTRAINT "series_source" CHECK("source" in ('online', 'desk'));--> statement-breakpoint
ALTER TABLE `services` ADD `booking` text DEFAULT 'online' NOT NULL CONSTRAINT "services_booking" CHECK("booking" in ('online', 'approval', 'known', 'phone'));--> statement-breakpoint
ALTER TABLE `services` ADD `notice_minutes` integer;--> statement-breakpoint
ALTER TABLE `services` ADD `window_days` integer;--> statement-breakpoint
ALTER TABLE `services` ADD `latest_start` text;--> statement-breakpoint
ALTER TABLE `therapists` ADD `cap_day_minutes` integer;--> statement-breakpoint
ALTER TABLE `therapists` ADD `cap_week_minutes` integer;--> statement-breakpoint
ALTER TABLE `therapists` ADD `cap_deep_day_minutes` integer;--> statement-breakpoint
ALTER TABLE `therapists` ADD `cap_deep_week_minutes` integer;