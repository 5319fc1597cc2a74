CREATE TABLE `booking_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`waits_for` text NOT NULL,
	`request_key` text NOT NULL,
	`body_hash` text NOT NULL,
	`sender` text NOT NULL,
	`email` text NOT NULL,
	`sealed` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	CONSTRAINT "booking_requests_waits_for" CHECK("booking_requests"."waits_for" in ('confirm', 'approve'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `booking_requests_key` ON `booking_requests` (`request_key`);--> statement-breakpoint
CREATE INDEX `booking_requests_email` ON `booking_requests` (`email`);--> statement-breakpoint
CREATE INDEX `booking_requests_expiry` ON `booking_requests` (`expires_at`);--> statement-breakpoint
CREATE TABLE `confirmed_addresses` (
	`email` text PRIMARY KEY NOT NULL,
	`way` text NOT NULL,
	`confirmed_at` integer NOT NULL,
	CONSTRAINT "confirmed_addresses_way" CHECK("confirmed_addresses"."way" in ('link', 'staff'))
);
--> statement-breakpoint
ALTER TABLE `practices` ADD `new_clients` text DEFAULT 'book' NOT NULL;--> statement-breakpoint
ALTER TABLE `practices` ADD `unconfirmed_per_sender` integer DEFAULT 12 NOT NULL;--> statement-breakpoint
ALTER TABLE `practices` ADD `unconfirmed_per_email` integer DEFAULT 26 NOT NULL;--> statement-breakpoint
ALTER TABLE `practices` ADD `unconfirmed_week_percent` integer DEFAULT 20 NOT NULL;--> statement-breakpoint
ALTER TABLE `practices` ADD `held_minutes_per_sender` integer DEFAULT 420 NOT NULL;--> statement-breakpoint
ALTER TABLE `practices` ADD `held_day_percent` integer DEFAULT 50 NOT NULL;--> statement-breakpoint
ALTER TABLE `series` ADD `sender` text;--> statement-breakpoint
ALTER TABLE `series` ADD `confirmed_at` integer;--> statement-breakpoint
CREATE INDEX `series_unconfirmed` ON `series` (`sender`,`created_at`) WHERE "series"."confirmed_at" is null;